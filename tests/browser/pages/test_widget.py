"""The chat on the page of another site: one line puts it there, only where the office allows it, usable by keys alone."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, expect
from pydantic import SecretStr

from api.main import create_app
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.browser.conftest import Served
from tests.browser.console.console_page import SIZES, ConsolePage

pytestmark = pytest.mark.browser


class Sites:
    """Ours, one that the office allows, and one that it does not; each an origin of its own."""

    def __init__(self, store: Store, folder: Path, stop: ExitStack) -> None:
        self._line = ""
        self.allowed, self.other = (self._serve(self._site(), stop) for _ in range(2))
        settings = Settings(
            state_dir=folder, token=SecretStr("test-token"), encoder="none", widget_origins=f"{self.allowed}, "
        )
        self.ours = self._serve(create_app(settings, store=store, rasa=ScriptedRasa()), stop)  # type: ignore[arg-type]
        self._line = f'<script src="{self.ours}/embed.js" async></script>'

    def _serve(self, app: FastAPI, stop: ExitStack) -> str:
        served = Served(app)
        stop.callback(served.stop)
        return served.address

    def _site(self) -> FastAPI:
        app = FastAPI()

        @app.get("/{language}")
        def page(language: str) -> HTMLResponse:
            head = (
                f"<title>Street</title><meta name='viewport' content='width=device-width, initial-scale=1'>{self._line}"
            )
            return HTMLResponse(
                f"<!doctype html><html lang='{language}'><head>{head}</head><body><main><h1>Street</h1></main></body></html>"
            )

        return app


@pytest.fixture
def sites(store: Store, tmp_path: Path) -> Iterator[Sites]:
    with ExitStack() as stop:
        yield Sites(store, tmp_path, stop)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", SIZES)
def test_it_opens_and_closes_by_keys_and_gives_the_focus_back(
    browser: Browser, sites: Sites, screenshots: Path, width: int, language: str
) -> None:
    english = language == "en"
    with ConsolePage(browser, sites.allowed, width, english=english) as visit:
        page = visit.open(f"/{language}")
        button = page.get_by_role("button", name="Ask Linyu" if english else "问邻语")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.focus()
        page.keyboard.press("Enter")
        chat = page.frame_locator("iframe")
        expect(chat.locator("#agree")).to_be_visible()
        chat.locator("#agree").click()
        expect(chat.locator(".from-linyu")).to_have_count(1)
        visit.photograph(screenshots / f"widget-{width}-{language}.png")
        assert visit.violations() == []
        chat.locator("#widget-close").click()
        expect(page.locator("iframe")).to_be_hidden()
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        expect(chat.locator(".from-linyu")).to_have_count(1)
        chat.locator("#message-box").press("Escape")
        expect(button).to_be_focused()


def test_a_site_that_is_not_allowed_shows_no_chat(browser: Browser, sites: Sites) -> None:
    with ConsolePage(browser, sites.other) as visit:
        page = visit.open("/zh")
        page.get_by_role("button", name="问邻语").click()
        page.wait_for_timeout(500)
        expect(page.frame_locator("iframe").locator("#agree")).to_have_count(0)
        visit.faults.clear()  # that the policy forbids it is what is wanted here


def test_the_page_itself_may_still_be_framed_by_nobody(sites: Sites) -> None:
    for path in ("/", "/kiosk", "/mine", "/staff/sign-in"):
        answer = httpx.get(sites.ours + path)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
    framed = httpx.get(f"{sites.ours}/embed")
    assert f"frame-ancestors {sites.allowed}" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
