"""Without a connection the page of emergency numbers and the hall is there; with one it can be put among a phone's programs."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.console.console_page import SIZES, ConsolePage

pytestmark = pytest.mark.browser
READY = "navigator.serviceWorker.ready.then((one) => Boolean(one.active))"


@pytest.mark.parametrize("width", SIZES)
def test_a_lost_connection_leads_to_emergency_numbers_and_back(
    browser: Browser, console: str, screenshots: Path, width: int
) -> None:
    with ConsolePage(browser, console, width) as visit:
        page = visit.open("/")
        assert page.evaluate(READY)
        page.context.set_offline(True)
        page.goto(f"{console}/mine", wait_until="commit")
        expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
        for number in ("120", "119", "110"):
            expect(page.locator(f"a[href='tel:{number}']").first).to_be_visible()
        visit.photograph(screenshots / f"offline-{width}.png")
        assert visit.violations() == []
        page.context.set_offline(False)
        page.goto(console)
        expect(page.locator("#agree")).to_be_visible()


def test_the_worker_keeps_nothing_of_a_resident(browser: Browser, console: str) -> None:
    with ConsolePage(browser, console) as visit:
        page = visit.open("/")
        page.click("#agree")
        expect(page.locator(".from-linyu")).to_have_count(1)
        assert page.evaluate(READY)
        kept = page.evaluate(
            "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
            ".then((found) => found.flat().map((one) => new URL(one.url).pathname))"
        )
        assert sorted(kept) == ["/offline", "/public/style.css"]


def test_the_manifest_says_what_a_phone_needs(console: str) -> None:
    manifest = httpx.get(f"{console}/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    about = manifest.json()
    assert (about["display"], about["start_url"], about["lang"]) == ("standalone", "/", "zh-CN")
    assert httpx.get(console + about["icons"][0]["src"]).status_code == 200
