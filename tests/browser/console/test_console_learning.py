"""Conversations, learning and knowledge in a real Chromium: the main journeys, axe, phone width, screenshots."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.services.learning import learning
from bot.store.store import Store
from tests.api.console.test_console_conversations import talk
from tests.browser.console.console_page import SIZES, ConsolePage
from tests.staff import enter

pytestmark = pytest.mark.browser

BAD = "<img src=x onerror=\"document.title='broken'\">"


def test_a_turn_is_found_labelled_and_approved(browser: Browser, console: str, store: Store) -> None:
    talk(store, ("屋里老人想要人送餐上门", "ask_policy", 0.5, "不清楚。"))
    talk(store, ("您好呀", "greet", 0.9, "您好。"))
    editor = enter(store, "editor", wiring.now())
    with ConsolePage(browser, console, token=editor.token) as visit:
        page = visit.open("/staff/conversations")
        page.get_by_label("居民说的话").fill("送餐")
        page.get_by_role("button", name="查找").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        page.locator("tbody a").first.click()
        page.get_by_text("标注第1句").click()
        page.get_by_label("理解错了").check()
        page.get_by_label("正确的目的").select_option("book_service")
        page.get_by_role("button", name="保存标注").click()
        expect(page.get_by_role("status")).to_contain_text("待审核")
    colleague = enter(store, "editor", wiring.now())  # whoever labelled it does not approve it
    with ConsolePage(browser, console, token=colleague.token) as visit:
        page = visit.open("/staff/learning")
        page.get_by_role("button", name="采用").click()
        expect(page.get_by_role("status")).to_have_text("已采用。")
        assert [one.state for one in learning.examples(store, editor.actor)] == ["approved"]
        page.get_by_role("button", name="训练候选模型").click()
        expect(page.get_by_text("排队中")).to_be_visible()


def test_a_page_is_written_by_one_and_made_live_by_another(browser: Browser, console: str, store: Store) -> None:
    editor, second = enter(store, "editor", wiring.now()), enter(store, "dispatcher", wiring.now())
    with ConsolePage(browser, console, token=editor.token) as visit:
        page = visit.open("/staff/knowledge/meal_points_count")
        page.get_by_role("link", name="修改").click()
        page.get_by_label("看到的（中文）").fill(f"一共8个。{BAD}")
        page.get_by_role("button", name="存为草稿").click()
        expect(page.get_by_text("需要另一位同事审核")).to_be_visible()
        expect(page.locator(".preview").first).to_contain_text("<img")
        path = page.url.removeprefix(console)
        assert "broken" not in page.title()
    with ConsolePage(browser, console, token=second.token) as visit:
        page = visit.open(path)
        page.get_by_role("button", name="审核通过").click()
        page.get_by_role("button", name="发布").click()
        expect(page.get_by_role("status")).to_have_text("已发布。")


@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing(browser: Browser, console: str, store: Store, screenshots: Path, width: int) -> None:
    opened = talk(store, ("屋里老人想要人送餐上门", "ask_policy", 0.5, "不清楚。"))
    editor = enter(store, "editor", wiring.now())
    paths = (
        "/staff/conversations", f"/staff/conversations/{opened}", "/staff/learning", "/staff/knowledge?size=25",
        "/staff/knowledge/meal_points_count", "/staff/knowledge/new",
    )  # fmt: skip
    with ConsolePage(browser, console, width, token=editor.token) as visit:
        for number, path in enumerate(paths):
            visit.open(path)
            visit.photograph(screenshots / f"learning-{width}-{number}.png")
            assert visit.violations() == [], path
