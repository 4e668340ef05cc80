"""Staff work through the inbox and the review with the keyboard alone, on a wide screen and on a phone, in both languages."""

import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.services.cases import staff_cases
from bot.services.kernel.permissions import Actor
from bot.store.learning import queries as learning_queries
from bot.store.learning.tables import TurnLabel
from bot.store.store import Store
from tests.browser.console.desk import Desk, complaint, turn
from tests.staff import enter

pytestmark = pytest.mark.browser

BOSS = Actor("boss", "dispatcher")


def token(store: Store, role: str) -> str:
    return enter(store, role, wiring.now()).token


def state_of(store: Store, number: str) -> str:
    return staff_cases.open_case(store, BOSS, number, wiring.now()).state


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_and_nothing_goes_sideways(
    browser: Browser, console: str, store: Store, width: int, english: bool
) -> None:
    number, said = complaint(store, "楼下烧烤太吵"), turn(store, "帮我看看那个", "out_of_scope", 0.1)
    with Desk(browser, console, width, token(store, "dispatcher"), english) as at:
        for path in (
            "/staff/inbox",
            f"/staff/inbox?item=case:{number}",
            f"/staff/inbox?item=review:{said}",
            "/staff/review",
        ):
            at.open(path)
            at.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert at.violations() == [], path


def test_cases_are_found_claimed_and_dispatched_by_keys_and_taken_back(
    browser: Browser, console: str, store: Store
) -> None:
    first, second = complaint(store, "楼下烧烤太吵"), complaint(store, "夜里装修太吵")
    with Desk(browser, console, token=token(store, "dispatcher")) as at:
        at.open("/staff/inbox?source=case")
        at.press("j")
        expect(at.page.locator("[data-pane]")).to_contain_text(first)
        at.press("a")
        expect(at.page.locator("[data-undo]")).to_be_visible()
        expect(at.page.locator(f'[data-item="case:{first}"]')).to_contain_text("我")
        at.press("d")
        expect(at.page.locator("[data-pane]")).to_contain_text(second)  # the next comes by itself
        assert state_of(store, first) == "dispatched"
        at.press("z")
        expect(at.page.locator("[data-undo]")).to_have_count(0)
        assert state_of(store, first) == "filed"


def test_what_comes_meanwhile_stands_there_without_a_fresh_page_and_what_is_typed_stays(
    browser: Browser, console: str, store: Store
) -> None:
    number = complaint(store, "楼下烧烤太吵")
    with Desk(browser, console, token=token(store, "dispatcher")) as at:
        at.open(f"/staff/inbox?source=case&item=case:{number}")
        note = at.page.locator('[data-pane] textarea[name="note"]')
        note.fill("写到一半")
        later = complaint(store, "广场舞太吵")
        expect(at.page.locator(f'[data-item="case:{later}"]')).to_be_visible()
        expect(at.page.locator(".tabs [aria-current] .tally")).to_have_text("2")
        expect(note).to_have_value("写到一半")


def test_keys_are_shown_do_nothing_while_somebody_types_and_can_be_switched_off(
    browser: Browser, console: str, store: Store
) -> None:
    complaint(store, "楼下烧烤太吵")
    with Desk(browser, console, token=token(store, "dispatcher")) as at:
        at.open("/staff/inbox?source=case")
        at.press("j")
        expect(at.page.locator("[data-pane] h2").first).to_be_visible()
        at.press("?")
        expect(at.page.locator("[data-keys-list]")).to_contain_text("我来办")
        at.press("/")
        at.write("ad")
        expect(at.page.locator("#inbox-q")).to_have_value("ad")
        at.press("Escape")
        at.page.locator("[data-keys-on]").uncheck()
        at.page.locator("h1").click()
        at.press("a")
        expect(at.page.locator("[data-undo]")).to_have_count(0)


def test_turns_are_reviewed_one_after_the_other_each_by_one_key(browser: Browser, console: str, store: Store) -> None:
    said = [
        turn(store, text, "out_of_scope", 0.1)
        for text in ("帮我看看那个", "我要预约洗澡", "今天股票怎么样", "狗证在哪办")
    ]
    with Desk(browser, console, token=token(store, "editor")) as at:
        at.open("/staff/review")
        for number, keys in enumerate((["1"], ["2"], ["5"], ["4"])):
            expect(at.page.locator(".turn.asked")).to_contain_text(("看看那个", "洗澡", "股票", "狗证")[number])
            at.press(*keys)
            if keys == ["2"]:
                at.write("预约服务")
                at.press("Enter")
        expect(at.page.locator(".empty")).to_be_visible()
        with store.reading() as unit:
            labels = [unit.session.get(TurnLabel, one) for one in said]
            assert [(one.verdict, one.goal) for one in labels if one] == [
                ("right", None), ("wrong_goal", "book_service"), ("not_ours", None), ("should_have_known", None),
            ]  # fmt: skip
            example = learning_queries.example_of_turn(unit, said[2])
            assert example is not None
            assert example.goal == "out_of_scope"
        at.press("z")
        expect(at.page.locator(".turn.asked")).to_contain_text("狗证")
