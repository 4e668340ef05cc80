"""Pages of the console that no journey leads through: axe finds nothing, and each has its picture."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot import wiring
from bot.store.store import Store
from tests.browser.console.console_page import SIZES, ConsolePage
from tests.staff import enter

pytestmark = pytest.mark.browser
PAGES = {
    "admin": ("/staff/webhooks", "/staff/dashboard", "/staff/people", "/staff/office", "/staff/audit"),
    "dispatcher": (
        "/staff/guides",
        "/staff/guides/school_entry",
        "/staff/unmet",
        "/staff/bookings/day",
        "/staff/cases/new",
    ),
}


@pytest.mark.parametrize("dark", [False, True], ids=["zh-light", "en-dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, dark: bool
) -> None:
    for role, paths in PAGES.items():
        token = enter(store, role, wiring.now(), name="王调度").token
        with ConsolePage(browser, console, width, token=token, english=dark, dark=dark) as visit:
            for path in paths:
                page = visit.open(path)
                assert page.locator("main h1").count() == 1, path
                visit.photograph(
                    screenshots / f"pages-{width}-{'dark' if dark else 'light'}{path.replace('/', '-')}.png"
                )
                assert visit.violations() == [], path
