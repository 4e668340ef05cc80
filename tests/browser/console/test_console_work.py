"""Cases, bookings, queue, takeover, figures and privacy in a real Chromium: the main journeys, axe, phone width, screenshots."""

from datetime import time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.jobs.worker import run_due
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.bookings.offerings import find_offerings, load_demo
from bot.services.cases import cases, escalation
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.handover import office
from bot.services.handover.handover import request_person
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import DueRules, due_handlers
from bot.services.residents import privacy
from bot.settings import ROOT
from bot.store.cases.tables import Case
from bot.store.store import Store
from tests.browser.chat_page import ChatPage
from tests.browser.console.console_page import SIZES, ConsolePage
from tests.browser.pictures import take_picture
from tests.staff import enter

pytestmark = pytest.mark.browser


@pytest.fixture
def store(store: Store) -> Store:
    load_demo(store, ROOT / "data" / "policy" / "offerings.csv")
    return store


def file(store: Store, talk: str, hours_ago: int = 1) -> str:
    request = ComplaintRequest(
        category="public_facility", place="东风社区3栋门口", text="路灯坏了三天没人修", anonymous=False, name="王小明",
        phone="13812345678", conversation_id=talk, client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    return cases.file_case(store, request, wiring.now() - timedelta(hours=hours_ago), targets=Targets()).number


def book(store: Store, who: str) -> str:
    day = wiring.now().date() + timedelta(days=1)
    meal = next(one for one in find_offerings(store, "meal") if day.isoweekday() in one.weekdays)
    request = BookingRequest(
        offering_id=meal.id, day=day, starts=time(17), party=1, name=who, phone="13812345678", address=None,
        beneficiary=None, note=None, conversation_id=who, client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    return bookings.join_waiting_list(store, request, wiring.now()).number


def test_a_case_is_found_on_the_board_dispatched_answered_and_merged(
    browser: Browser, console: str, store: Store
) -> None:
    late, same = file(store, "one", hours_ago=30), file(store, "two")
    boss = enter(store, "dispatcher", wiring.now())
    enter(store, "grid_worker", wiring.now(), grid="东风-03", name="李网格")
    with ConsolePage(browser, console, token=boss.token) as visit:
        page = visit.open("/staff/cases/board")
        expect(page.locator(".light-red")).to_contain_text("已超时")
        page.get_by_role("link", name=late).click()
        page.get_by_label("承办部门").fill("市政所")
        page.get_by_label("网格员").select_option(label="李网格 · 东风-03")
        page.get_by_role("button", name="派单").click()
        expect(page.get_by_role("status")).to_have_text("已派单。")
        page.get_by_role("button", name=f"并入{same}").click()
        expect(page.locator(".notice")).to_contain_text(same)
        page.get_by_role("link", name=same).first.click()
        page.get_by_label("承办部门").fill("市政所")
        page.get_by_role("button", name="派单").click()
        page.get_by_role("button", name="开始办理").click()
        page.get_by_role("textbox", name="答复").fill("路灯已经修好。")
        page.get_by_role("button", name="答复居民").click()
        expect(page.get_by_role("status")).to_have_text("已答复，居民会看到。")
        page.get_by_role("link", name="打印办理单").click()
        page.get_by_label("原因").fill("上门核实")
        page.get_by_role("button", name="带完整姓名").click()
        expect(page.locator(".sheet")).to_contain_text("王小明")
    assert cases.find_case(store, late, "5678", asker="a", now=wiring.now()).answer == "路灯已经修好。"


def test_a_late_case_waits_on_the_home_page_until_somebody_takes_care_of_it(
    browser: Browser, console: str, store: Store
) -> None:
    number, boss = late(store, "one"), enter(store, "dispatcher", wiring.now(), name="陈调度")
    with ConsolePage(browser, console, token=boss.token) as visit:
        page = visit.open("/staff")
        expect(page.get_by_role("heading", name="1条超时上报还没有人跟进")).to_be_visible()
        expect(page.locator(".menu.wide [data-pile=escalations] .count")).to_have_text("1")
        page.get_by_role("button", name=f"我来跟进诉求{number}").press("Enter")
        expect(page.get_by_role("status")).to_have_text("已记下，由您跟进。")
        expect(page.locator(".menu.wide [data-pile=escalations]")).to_be_hidden()
        page.get_by_role("link", name=number).click()
        expect(page.locator(".notice")).to_contain_text("陈调度已跟进")


def late(store: Store, talk: str) -> str:
    """A case that was escalated."""
    number = file(store, talk, hours_ago=30)
    task = tasks.Task(1, "case_response_due", wiring.now(), {"number": number}, 1)
    escalation.escalate_if_not_answered(store, task, wiring.now())
    return number


def test_seats_are_changed_and_the_day_list_is_shown_in_full_after_a_reason(
    browser: Browser, console: str, store: Store
) -> None:
    number, boss = book(store, "王小明"), enter(store, "dispatcher", wiring.now())
    tomorrow = wiring.now().date() + timedelta(days=1)
    with ConsolePage(browser, console, token=boss.token) as visit:
        page = visit.open(f"/staff/bookings?day={tomorrow}&offering=meal-dongfeng")
        page.get_by_text("改名额", exact=True).click()
        page.get_by_label("每个时段的名额").fill("12")
        page.get_by_role("button", name="保存").first.click()
        expect(page.get_by_role("status")).to_have_text("名额已改。")
        visit.open(f"/staff/bookings?day={tomorrow}&offering=meal-dongfeng")
        page.get_by_role("link", name="1/12").click()
        expect(page.get_by_role("cell", name=number)).to_be_visible()
        page.get_by_label("原因").fill("打印签到表")
        page.get_by_role("button", name="显示完整名单").click()
        expect(page.locator("table")).to_contain_text("13812345678")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1040, "height": 700})  # paper of A4, lying
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(".coming").evaluate("table => table.getBoundingClientRect().right <= innerWidth")


def test_from_the_queue_a_person_takes_over_and_the_resident_reads_them(
    browser: Browser, console: str, store: Store, screenshots: Path
) -> None:
    staff = enter(store, "community_staff", wiring.now(), name="王芳")
    with ChatPage(browser, console) as resident, ConsolePage(browser, console, token=staff.token) as visit:
        resident.type("你好")
        expect(resident.replies).to_have_count(2)
        talk = resident.page.evaluate("JSON.parse(localStorage['linyu.conversation']).id")
        page = visit.open("/staff/queue")
        page.get_by_role("button", name="上班").click()
        request_person(
            store, conversation_id=talk, reason="asked", phone=None, client_message_id="p", channel="web",
            language="zh", now=wiring.now(),
        )  # fmt: skip
        page.get_by_role("link", name="看对话、接管").click()  # the page found it by itself
        page.get_by_role("button", name="接管").click()
        page.get_by_label("写给居民").fill("我来帮您登记路灯。")
        page.get_by_role("button", name="发送").click()
        resident.page.clock.run_for(31_000)
        expect(resident.replies.last).to_contain_text("我来帮您登记路灯。")
        expect(resident.replies.last.locator(".speaker")).to_have_text("工作人员 王")
        resident.type("在东风社区3栋")
        expect(resident.own.last).to_contain_text("已送到")
        expect(page.locator(".log")).to_contain_text("东风社区")
        take_picture(resident.page, screenshots / "desk-resident.png")
        page.get_by_role("button", name="交回").click()
        resident.page.clock.run_for(4_000)
        expect(resident.replies.last).to_contain_text("自动助手继续")


def test_the_resident_page_shows_the_announcement(browser: Browser, console: str, store: Store) -> None:
    admin = enter(store, "admin", wiring.now())
    office.announce(store, Actor(admin.actor.id, "admin"), "明天上午停水。", "", wiring.now())
    with ChatPage(browser, console, agreed=False) as resident:
        expect(resident.page.locator("#announcement")).to_have_text("通知：明天上午停水。")


def test_figures_are_seen_as_picture_and_table_and_the_report_is_saved(
    browser: Browser, console: str, store: Store
) -> None:
    file(store, "one", hours_ago=30)
    conversations.open_conversation(store, channel="web", language="zh", now=wiring.now())
    boss = enter(store, "dispatcher", wiring.now())
    with ConsolePage(browser, console, token=boss.token) as visit:
        page = visit.open("/staff/dashboard")
        plot = page.locator(".plot").filter(has=page.locator("img")).first
        plot.locator("img").scroll_into_view_if_needed()
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=plot.locator("img").element_handle()
        )
        plot.locator("summary").click()
        expect(plot.locator("table")).to_be_visible()
        with page.expect_download() as saved:
            page.locator("a[href$='.pdf']").first.click()
        assert saved.value.path().read_bytes().startswith(b"%PDF-")


def test_an_admin_gives_out_and_erases_what_is_kept_of_a_resident(browser: Browser, console: str, store: Store) -> None:
    file(store, "one")
    admin = enter(store, "admin", wiring.now())

    def name() -> str | None:
        with store.reading() as unit:
            return unit.session.query(Case).one().name

    with ConsolePage(browser, console, token=admin.token) as visit:
        page = visit.open("/staff/privacy/resident")
        page.fill("#phone", "13812345678")
        page.fill("#reason", "本人到大厅申请")
        with page.expect_download() as saved:
            page.locator("form.card button").first.click()
        assert "王小明" in saved.value.path().read_text("utf-8")
        page.get_by_role("button", name="查一查有什么").click()
        expect(page.get_by_role("status")).to_contain_text("1件工单")
        page.locator("button.danger").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert name() == "王小明"
        page.get_by_role("button", name="查一查有什么").click()
        page.check("#sure")
        page.locator("button.danger").click()
        expect(page.get_by_role("status")).to_be_visible()
    assert not name()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, dark: bool
) -> None:
    boss = enter(store, "dispatcher", wiring.now(), name="王调度")
    admin = enter(store, "admin", wiring.now())
    number, booking = late(store, "one"), book(store, "王小明")
    file(store, "two", hours_ago=20)
    request_person(
        store, conversation_id="none", reason="asked", phone="13812345678", client_message_id="p", channel="phone",
        language="zh", now=wiring.now(),
    )  # fmt: skip
    talk = conversations.open_conversation(store, channel="web", language="zh", now=wiring.now())
    privacy.ask_count(store, wiring.now())
    run_due(store, "worker", wiring.now, due_handlers(DueRules(wiring.keep(), 12)))
    paths = (
        "/staff/cases", "/staff/cases?number=none", "/staff/cases/board", "/staff/cases/spots", f"/staff/cases/{number}",
        f"/staff/cases/{number}/sheet", "/staff/bookings", "/staff/bookings?offering=meal-dongfeng",
        f"/staff/bookings/day?day={wiring.now().date() + timedelta(days=1)}", f"/staff/bookings/{booking}",
        "/staff", "/staff/escalations", "/staff/queue", "/staff/live", f"/staff/live/{talk.id}", "/staff/dashboard",
    )  # fmt: skip
    name = f"desk-{width}-{'dark' if dark else 'light'}"
    for signed, shown in (
        (boss, paths),
        (admin, ("/staff/office", "/staff/privacy", "/staff/privacy/resident")),
    ):
        with ConsolePage(browser, console, width, token=signed.token, english=dark, dark=dark) as visit:
            for path in shown:
                visit.open(path)
                visit.photograph(screenshots / f"{name}-{path.strip('/').split('?')[0].replace('/', '-')}.png")
                assert visit.violations() == [], path
