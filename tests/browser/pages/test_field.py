"""The grid worker's telephone goes offline and comes back: nothing is lost, nothing is doubled."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import wiring
from bot.services.cases import cases, staff_cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.store.cases.queries import CaseFilter
from bot.store.store import Store
from tests.browser.console.console_page import SIZES, ConsolePage
from tests.staff import enter

pytestmark = pytest.mark.browser
DISPATCHER = Actor("d", "dispatcher")
KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open("linyu-field");
  request.onsuccess = () => {
    const got = request.result.transaction("kept").objectStore("kept").get("tasks");
    got.onsuccess = () => resolve(got.result ? got.result.tasks : null);
  };
})"""


def sent_to_a_worker(store: Store) -> tuple[str, str]:
    """Token of the worker and number of their task."""
    now = wiring.now()
    signed = enter(store, "grid_worker", now, grid="东风-03", community="东风社区")
    request = ComplaintRequest(
        "public_facility", "东风社区金山路", "路灯不亮", False, "测试甲", "13900001234", "talk", "m", "zh", "web"
    )
    number = cases.file_case(store, request, now, targets=Targets()).number
    staff_cases.dispatch(store, DISPATCHER, number, worker=signed.actor.id, now=now)
    return signed.token, number


def reported(store: Store) -> int:
    lines = staff_cases.list_cases(store, DISPATCHER, CaseFilter(), wiring.now())
    return sum(line.channel == "field" for line in lines)


def write_report(page: Page, words: str) -> None:
    page.fill("#place", "金山路口")
    page.fill("#words", words)
    page.locator("#report [type=submit]").click()


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_with_a_task_and_with_a_queue(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, english: bool
) -> None:
    token, _ = sent_to_a_worker(store)
    name = f"field-{width}-{'en' if english else 'zh'}"
    with ConsolePage(browser, console, width, token=token, english=english, dark=english) as visit:
        page = visit.open(f"/staff/field?lang={'en' if english else 'zh'}")
        expect(page.locator("#tasks article")).to_have_count(1)
        visit.photograph(screenshots / f"{name}.png")
        assert visit.violations() == []
        page.context.set_offline(True)
        write_report(page, "井盖松了")
        expect(page.locator("#queue li")).to_have_count(1)
        visit.photograph(screenshots / f"{name}-queue.png")
        assert visit.violations() == []


def test_offline_work_outlives_a_reload_and_is_sent_once_in_its_order(
    browser: Browser, console: str, store: Store
) -> None:
    token, number = sent_to_a_worker(store)
    with ConsolePage(browser, console, 320, token=token) as visit:
        page = visit.open("/staff/field")
        task = page.locator("#tasks article")
        expect(task).to_have_count(1)
        expect(page.locator("html[data-kept=yes]")).to_have_count(1)
        page.context.set_offline(True)
        task.locator("button[data-deed=arrived]").click()
        expect(page.locator("#queue li")).to_have_count(1)
        task.locator("textarea").fill("灯换好了")
        task.locator("[type=submit]").click()
        expect(page.locator("#queue li")).to_have_count(2)
        write_report(page, "井盖松了")
        expect(page.locator("#queue li")).to_have_count(3)
        page.reload()
        expect(page.locator("#line")).to_contain_text("没有网络")
        expect(page.locator("#queue li")).to_have_count(3)
        assert reported(store) == 0
        page.context.set_offline(False)
        page.reload()
        expect(page.locator("#status")).to_contain_text("已经发出")
        expect(page.locator("#queue li")).to_have_count(0)
        case = cases.find_case(store, number, "1234", asker="a", now=wiring.now())
        assert (case.state, case.answer, reported(store)) == ("answered", "灯换好了", 1)


def test_tasks_outlive_a_reload_without_a_connection_and_go_when_nobody_is_signed_in(
    browser: Browser, console: str, store: Store, screenshots: Path
) -> None:
    token, number = sent_to_a_worker(store)
    with ConsolePage(browser, console, 320, token=token) as visit:
        page = visit.open("/staff/field")
        task = page.locator("#tasks article")
        expect(task).to_have_count(1)
        expect(page.locator("html[data-kept=yes]")).to_have_count(1)
        page.context.set_offline(True)
        page.reload()
        expect(task).to_contain_text("路灯不亮")
        expect(page.locator("#status")).to_contain_text("没有网络时看到的任务")
        assert visit.violations() == []
        visit.photograph(screenshots / "field-320-kept.png")
        task.locator("button[data-deed=arrived]").click()
        expect(page.locator("#queue li")).to_have_count(1)
        page.reload()
        expect(task.locator("button[data-deed=arrived]")).to_be_hidden()
        task.locator("textarea").fill("灯换好了")
        task.locator("[type=submit]").click()
        page.reload()
        expect(page.locator("#queue li")).to_have_count(2)
        expect(page.locator("#no-tasks")).to_be_visible()
        page.context.set_offline(False)
        page.reload()
        expect(page.locator("#status")).to_contain_text("已经发出")
        expect(page.locator("#queue li")).to_have_count(0)
        case = cases.find_case(store, number, "1234", asker="a", now=wiring.now())
        assert (case.state, case.answer) == ("answered", "灯换好了")
        assert page.evaluate(KEPT) == []


def test_a_task_that_is_kept_goes_with_the_session(browser: Browser, console: str, store: Store) -> None:
    token, _ = sent_to_a_worker(store)
    with ConsolePage(browser, console, token=token) as visit:
        page = visit.open("/staff/field")
        expect(page.locator("#tasks article")).to_have_count(1)
        assert len(page.evaluate(KEPT)) == 1
        page.context.clear_cookies()
        page.click("body")
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(page.locator("#line")).to_contain_text("登录")
        expect(page.locator("#tasks article")).to_have_count(0)
        assert page.evaluate(KEPT) is None


def test_an_answer_that_got_lost_doubles_nothing(browser: Browser, console: str, store: Store) -> None:
    token, _ = sent_to_a_worker(store)
    with ConsolePage(browser, console, token=token) as visit:
        page = visit.open("/staff/field")
        expect(page.locator("#tasks article")).to_have_count(1)
        lost: list[int] = []

        def lose(route) -> None:  # type: ignore[no-untyped-def]
            answer = route.fetch()
            lost.append(answer.status)
            if len(lost) == 1:
                route.abort()
            else:
                route.fulfill(response=answer)

        page.route("**/field/deeds", lose)
        write_report(page, "井盖松了")
        expect(page.locator("#queue li")).to_have_count(1)
        page.click("#send-now")
        expect(page.locator("#queue li")).to_have_count(0)
        assert lost == [200, 200]
        assert reported(store) == 1


def test_what_is_refused_stays_until_it_is_taken_off(browser: Browser, console: str, store: Store) -> None:
    token, _ = sent_to_a_worker(store)
    with ConsolePage(browser, console, token=token) as visit:
        page = visit.open("/staff/field")
        expect(page.locator("#tasks article")).to_have_count(1)
        page.locator("#photo").set_input_files(
            {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"}
        )
        write_report(page, "井盖松了")
        refused = page.locator("#queue li")
        expect(refused).to_contain_text("没有被接受")
        page.reload()
        expect(refused).to_contain_text("井盖松了")
        refused.get_by_role("button", name="删掉").click()
        expect(refused).to_have_count(0)
        assert reported(store) == 0
