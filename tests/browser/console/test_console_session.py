"""Typed words outlive a session, a refusal and a colleague who was faster; the end of a session is told before."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr

from api.main import create_app
from bot import wiring
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.handover.handover import request_person
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import own_account, staff_accounts
from bot.services.staff.staff_accounts import Place
from bot.services.staff.staff_sessions import SessionRules, Signed
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.browser.conftest import Served
from tests.browser.console.console_page import ConsolePage
from tests.records import advance_case
from tests.staff import enter

pytestmark = pytest.mark.browser

PASSWORD = "tall copper lantern 77"
RULES = SessionRules(second_factor_required=False)


class Clock:
    """The server's."""

    def __init__(self) -> None:
        self.now = wiring.now()

    def __call__(self) -> datetime:
        return self.now

    def go(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def console(store: Store, tmp_path: Path, clock: Clock) -> Iterator[str]:
    settings = Settings(
        state_dir=tmp_path, token=SecretStr("test-token"), encoder="none", staff_second_factor="optional"
    )
    served = Served(create_app(settings, store=store, rasa=ScriptedRasa(), clock=clock))  # type: ignore[arg-type]
    yield served.address
    served.stop()


def colleague(store: Store, clock: Clock, login: str) -> Signed:
    """Somebody with a password, signed in."""
    place = Place("dispatcher")
    invitation = staff_accounts.invite(store, OPERATOR, login=login, name="王芳", place=place, now=clock())
    return own_account.set_first_password(store, invitation.token, PASSWORD, clock(), RULES)


def sign_in(page: Page, login: str) -> None:
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def file(store: Store, clock: Clock) -> str:
    request = ComplaintRequest(
        category="public_facility", place="东风社区3栋门口", text="路灯坏了三天没人修", anonymous=False, name="王小明",
        phone="13812345678", conversation_id="talk", client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    return cases.file_case(store, request, clock(), targets=Targets()).number


def ask_for_a_person(store: Store, clock: Clock, message: str) -> str:
    return request_person(
        store, conversation_id=message, reason="asked", phone="13812345678", client_message_id=message, channel="phone",
        language="zh", now=clock(),
    ).number  # fmt: skip


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in_again(
    browser: Browser, console: str, store: Store, clock: Clock
) -> None:
    number, staff = file(store, clock), colleague(store, clock, "wangfang")
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open(f"/staff/cases/{number}")
        page.get_by_role("textbox", name="备注").press_sequentially("已联系市政所")
        clock.go(16)
        page.get_by_role("button", name="写备注").click()
        expect(page.get_by_role("status")).to_contain_text("很久没有操作")
        sign_in(page, "wangfang")
        expect(page).to_have_url(f"{console}/staff/cases/{number}")
        expect(page.get_by_role("textbox", name="备注")).to_have_value("已联系市政所")
        expect(page.locator("[data-restored]")).to_be_visible()
        page.get_by_role("button", name="写备注").click()
        expect(page.get_by_role("status")).to_have_text("已写下备注。")
        expect(page.get_by_role("textbox", name="备注")).to_have_value("")
        expect(page.locator("[data-restored]")).to_be_hidden()


def test_another_person_at_the_same_browser_does_not_see_what_was_typed(
    browser: Browser, console: str, store: Store, clock: Clock
) -> None:
    number, staff = file(store, clock), colleague(store, clock, "wangfang")
    colleague(store, clock, "liqiang")
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open(f"/staff/cases/{number}")
        page.get_by_role("textbox", name="备注").press_sequentially("已联系市政所")
        clock.go(16)
        page.get_by_role("button", name="写备注").click()
        sign_in(page, "liqiang")
        expect(page).to_have_url(f"{console}/staff/cases/{number}")
        expect(page.get_by_role("textbox", name="备注")).to_have_value("")
        assert page.evaluate("sessionStorage.length") == 0


def test_the_end_of_the_session_is_told_before_and_can_be_put_off(
    browser: Browser, console: str, store: Store, clock: Clock
) -> None:
    number, staff = file(store, clock), colleague(store, clock, "wangfang")
    with ConsolePage(browser, console, token=staff.token) as visit:
        visit.page.clock.install()
        page = visit.open(f"/staff/cases/{number}")
        clock.go(13.5)
        page.clock.run_for(21_000)
        expect(page.get_by_role("alert")).to_contain_text("自动退出")
        assert visit.violations() == []
        page.get_by_role("button", name="继续使用").click()
        expect(page.locator("[data-ending]")).to_be_hidden()
        clock.go(13.5)
        with page.expect_response(lambda answer: answer.url.endswith("/staff/session")):
            page.get_by_role("textbox", name="备注").press_sequentially("还在写")  # typing counts
        clock.go(13.5)
        page.clock.run_for(21_000)
        expect(page.get_by_role("alert")).to_contain_text("自动退出")
        clock.go(5)
        page.clock.run_for(21_000)
        expect(page.get_by_role("status")).to_contain_text("很久没有操作")


def test_a_refused_answer_keeps_its_text(browser: Browser, console: str, store: Store, clock: Clock) -> None:
    number, staff = file(store, clock), colleague(store, clock, "wangfang")
    cases_path = f"/staff/cases/{number}"
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open(cases_path)
        page.get_by_label("承办部门").fill("市政所")
        page.get_by_role("button", name="派单").click()
        page.get_by_role("button", name="开始办理").click()
        answer = page.get_by_role("textbox", name="答复")
        answer.fill("灯" * 2001)
        page.get_by_role("button", name="答复居民").click()
        expect(page.locator(".trouble")).to_contain_text("最多2000个字")
        expect(answer).to_have_value("灯" * 2001)
        count = page.locator("[data-most]", has=answer).locator("[data-count]")
        expect(count).to_have_text("2001 / 2000")
        answer.fill("路灯已经修好。")
        expect(count).to_have_text("7 / 2000")
        advance_case(store, number, "answered", actor="colleague", note=None, answer="同事先答复了。", now=clock())
        page.get_by_role("button", name="答复居民").click()
        expect(page.locator(".trouble")).to_contain_text("按现在的状态不能这样做")
        expect(page).to_have_url(console + cases_path)
        expect(page.locator("[data-unsent]")).to_contain_text("路灯已经修好。")


def test_who_was_slower_sees_the_queue_go_on(browser: Browser, console: str, store: Store, clock: Clock) -> None:
    first, other = ask_for_a_person(store, clock, "one"), enter(store, "dispatcher", clock())
    staff = colleague(store, clock, "wangfang")
    with (
        ConsolePage(browser, console, token=staff.token) as visit,
        ConsolePage(browser, console, token=other.token) as faster,
    ):
        page = visit.open("/staff/queue")
        page.route("**/staff/queue", lambda route: route.abort())  # this page does not hear of it in time
        faster.open("/staff/queue").get_by_role("button", name="我来处理").click()
        expect(faster.page.get_by_role("status").first).to_be_visible()
        page.unroute("**/staff/queue")
        page.locator(f"[data-number='{first}'] button").first.click()
        expect(page.locator(".said")).to_contain_text("没有做成")
        expect(page).to_have_url(f"{console}/staff/queue")
        second = ask_for_a_person(store, clock, "two")
        expect(page.locator(f"[data-number='{second}']")).to_be_visible(timeout=20_000)


def test_a_focused_link_does_not_hide_who_comes_next(
    browser: Browser, console: str, store: Store, clock: Clock
) -> None:
    first, staff = ask_for_a_person(store, clock, "one"), colleague(store, clock, "wangfang")
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open("/staff/queue")
        page.get_by_label("响铃").check()
        page.locator(f"[data-number='{first}'] button").first.focus()
        second = ask_for_a_person(store, clock, "two")
        expect(page.locator(f"[data-number='{second}']")).to_be_visible(timeout=20_000)
        expect(page.locator(f"[data-number='{first}'] button").first).to_be_focused()
        page.locator(f"[data-number='{first}'] button").first.click()
        expect(page.get_by_label("响铃")).to_be_checked()


def test_the_menu_and_the_title_tell_on_every_page_how_many_wait(
    browser: Browser, console: str, store: Store, clock: Clock
) -> None:
    staff = colleague(store, clock, "wangfang")
    with ConsolePage(browser, console, token=staff.token) as visit:
        visit.page.clock.install()
        page = visit.open("/staff/cases")
        expect(page.locator(".menu.wide [data-pile=queue]")).to_be_hidden()
        ask_for_a_person(store, clock, "one")
        page.clock.run_for(21_000)
        expect(page.locator(".menu.wide [data-pile=queue] .count")).to_have_text("1")
        expect(page).to_have_title("(1) 诉求 · 邻语 · 工作台")


def test_back_leads_to_the_list_as_it_was_and_one_reason_opens_a_case_in_place(
    browser: Browser, console: str, store: Store, clock: Clock
) -> None:
    number, staff = file(store, clock), colleague(store, clock, "wangfang")
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open("/staff/cases?state=open&sort=filed")
        page.get_by_role("link", name=number).click()
        page.locator("form[action^='/staff/reveal'] [name=reason]").fill("上门核实路灯")
        page.get_by_role("button", name="查看完整信息").click()
        expect(page).to_have_url(f"{console}/staff/cases/{number}")
        expect(page.get_by_role("link", name="13812345678")).to_be_visible()
        expect(page.get_by_role("button", name="查看完整信息")).to_have_count(0)
        assert visit.violations() == []
        page.get_by_role("link", name="返回").click()
        expect(page).to_have_url(f"{console}/staff/cases?state=open&sort=filed")
        expect(page.locator("main")).not_to_contain_text("13812345678")
