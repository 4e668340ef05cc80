"""Proposals, points and work in the console in a real Chromium: journeys, errors, empty states, axe, phone width."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.services.jobs import applications, importing, jobs
from bot.services.jobs.applications import ApplicationRequest
from bot.services.jobs.wish import Wish
from bot.services.kernel.spreadsheets import to_csv
from bot.services.points import points, rewards
from bot.services.points.points import VolunteerRequest
from bot.services.proposals import demo, proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.services.residents import residents
from bot.settings import ROOT
from bot.store.store import Store
from tests.browser.console.console_page import SIZES, ConsolePage
from tests.staff import enter

pytestmark = pytest.mark.browser


def propose(store: Store, phone: str = "13900001234") -> str:
    request = ProposalRequest("建议楼道装扶手，打13900001234找我", phone, f"talk-{phone}", "m", "zh", "web")
    return proposals.submit(store, request, wiring.now()).number


def volunteer(store: Store) -> str:
    request = VolunteerRequest("王秀英", "13900001234", "送餐", "周末", "talk", "m", "zh", "web")
    return points.join(store, request, wiring.now()).number


def apply(store: Store) -> str:
    now = wiring.now()
    importing.load_demo(store, ROOT / "data" / "jobs" / "demo.csv", wiring.trades(), now)
    posting = jobs.search(store, Wish(), now.date()).postings[0]
    request = ApplicationRequest(posting.id, "王小明", "13900001234", "talk", "m", "zh", "web")
    return applications.apply(store, request, now).number


def test_a_proposal_is_published_moved_and_answered(browser: Browser, console: str, store: Store) -> None:
    number, boss = propose(store), enter(store, "dispatcher", wiring.now())
    with ConsolePage(browser, console, token=boss.token) as visit:
        visit.open("/staff/proposals").get_by_role("link", name=number).click()
        page = visit.page
        expect(page.locator("main")).not_to_contain_text("13900001234")
        page.get_by_label("公开的标题").fill("楼道装扶手")
        page.get_by_label("公开的内容").fill("打13812345678找我")
        page.get_by_role("button", name="公开", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("请去掉")
        page.get_by_label("公开的内容").fill("老人上楼要扶手。")
        page.get_by_role("button", name="公开", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("已公开。")
        page.get_by_label("到哪一个阶段").select_option(label="公开反馈")
        page.get_by_label("公开的答复").fill("年底前装好。")
        page.get_by_role("button", name="进入下一阶段").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("公开的答复")).to_have_value("年底前装好。")
        page.get_by_label("结果").select_option(label="已采纳")
        page.get_by_role("button", name="进入下一阶段").click()
        expect(page.locator("main")).to_contain_text("已采纳")
        expect(visit.open("/proposals").get_by_text("年底前装好。")).to_be_visible()
        adopted = visit.open("/staff/dashboard").locator(".plot", has=page.locator("#adopted"))
        expect(adopted).to_contain_text("100%")
        expect(adopted).to_contain_text("70%")


def test_what_the_resident_had_deleted_cannot_be_published(browser: Browser, console: str, store: Store) -> None:
    number, staff = propose(store), enter(store, "community_staff", wiring.now())
    residents.erase_resident(store, "13900001234", wiring.now())
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open(f"/staff/proposals/{number}")
        expect(page.get_by_text("不能再公开")).to_be_visible()
        expect(page.get_by_role("button", name="公开", exact=True)).to_have_count(0)


def test_hours_give_points_and_a_volunteer_is_honoured_with_consent(
    browser: Browser, console: str, store: Store
) -> None:
    number, staff = volunteer(store), enter(store, "community_staff", wiring.now())
    with ConsolePage(browser, console, token=staff.token) as visit:
        visit.open("/staff/points").get_by_role("link", name=number).click()
        page = visit.page
        page.get_by_label("小时").fill("2.5")
        page.get_by_label("什么活动").fill("送餐")
        page.get_by_role("button", name="确认服务时长").click()
        expect(page.get_by_role("status")).to_have_text("已记积分。")
        expect(page.locator("main")).to_contain_text("+25")
        page.get_by_label("公开的称呼").fill("王阿姨")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("alert")).to_contain_text("同意")
        expect(page.get_by_label("公开的称呼")).to_have_value("王阿姨")
        page.get_by_label("本人已同意").check()
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status")).to_contain_text("荣誉居民名单")
        expect(visit.open("/honours").get_by_text("王阿姨")).to_be_visible()


def test_a_job_is_posted_by_form_and_an_application_is_passed_on(browser: Browser, console: str, store: Store) -> None:
    number, staff = apply(store), enter(store, "community_staff", wiring.now())
    with ConsolePage(browser, console, token=staff.token) as visit:
        page = visit.open("/staff/jobs")
        expect(page.get_by_role("article")).to_contain_text(number)
        page.get_by_label("岗位", exact=True).fill("花店店员")
        page.get_by_label("单位", exact=True).fill("示例花店")
        page.get_by_label("最低工资").fill("很多")
        page.get_by_role("button", name="发布岗位").click()
        expect(page.get_by_role("alert")).to_contain_text("最低工资")
        expect(page.get_by_label("岗位", exact=True)).to_have_value("花店店员")
        page.get_by_label("最低工资").fill("3000")
        page.get_by_role("button", name="发布岗位").click()
        expect(page.get_by_role("status")).to_have_text("岗位已发布。")
        page.get_by_role("button", name="已转给单位").click()
        expect(page.get_by_role("article")).to_contain_text("已转给单位")
        expect(visit.open("/jobs?q=花店").get_by_role("heading", name="花店店员")).to_be_visible()


def test_a_wrong_spreadsheet_is_told_row_by_row(browser: Browser, console: str, store: Store) -> None:
    staff = enter(store, "community_staff", wiring.now())
    rows = [("保洁员", "乙公司", "很多"), ("", "丙公司", "3000")]
    wrong = {"name": "jobs.csv", "mimeType": "text/csv", "buffer": to_csv(("岗位", "单位", "最低工资"), rows)}
    with ConsolePage(browser, console, 320, token=staff.token) as visit:
        page = visit.open("/staff/jobs")
        page.set_input_files("#file", wrong)  # type: ignore[arg-type]
        page.get_by_role("button", name="先看看").click()
        expect(page.locator(".wrong li")).to_have_count(2)
        expect(page.locator(".wrong")).to_contain_text("第2行")
        assert visit.violations() == []


def test_an_item_is_written_by_form(browser: Browser, console: str, store: Store) -> None:
    boss = enter(store, "dispatcher", wiring.now())
    with ConsolePage(browser, console, token=boss.token) as visit:
        page = visit.open("/staff/items/residence_permit")
        page.get_by_label("窗口", exact=True).fill("大厅户籍窗口（示例）")
        page.locator("#days").fill("三天")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("alert")).to_contain_text("中文和英文要一起填")
        expect(page.get_by_label("窗口", exact=True)).to_have_value("大厅户籍窗口（示例）")
        page.locator("#days_en").fill("three days")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status")).to_have_text("事项已保存。")
        written = visit.open("/staff/items/residence_permit").locator("#days")
        expect(written).to_have_value("三天")


@pytest.mark.parametrize("dark", [False, True], ids=["zh-light", "en-dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, dark: bool
) -> None:
    boss = enter(store, "dispatcher", wiring.now(), name="王调度")
    lists = (
        "/staff/proposals",
        "/staff/points",
        "/staff/jobs",
        "/staff/items",
        "/staff/items/new",
        "/staff/items/noise",
    )
    name = f"topics-{width}-{'dark' if dark else 'light'}"
    with ConsolePage(browser, console, width, token=boss.token, english=dark, dark=dark) as visit:
        for path in lists:
            visit.open(path)
            visit.photograph(screenshots / f"{name}-empty{path.replace('/', '-')}.png")
            assert visit.violations() == [], path
        number, helper, erased = propose(store), volunteer(store), propose(store, "13900009999")
        apply(store)
        demo.load(store, wiring.now())
        rewards.load(store, wiring.now())
        residents.erase_resident(store, "13900009999", wiring.now())
        for path in (*lists, f"/staff/proposals/{number}", "/staff/proposals/79000003", f"/staff/points/{helper}"):
            visit.open(path)
            shown = path.replace("/", "-").replace(number, "new").replace(helper, "one")
            visit.photograph(screenshots / f"{name}{shown}.png")
            assert visit.violations() == [], path
        visit.open(f"/staff/proposals/{erased}")
        assert visit.violations() == []
        page = visit.open(f"/staff/proposals/{number}")
        page.locator("#text").fill("13812345678")
        page.locator("#title").fill("1")
        page.locator("form[action$=publish] button").click()
        expect(page.get_by_role("alert")).to_be_visible()
        visit.photograph(screenshots / f"{name}-error.png")
        assert visit.violations() == []
