"""Talking with the page is for everyone: axe, sizes, the keyboard, and pictures of every state to look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.conftest import launch
from tests.browser.pictures import take_picture
from tests.browser.test_page_accessibility import LANGUAGES, MODES, SIZES, TARGETS, WIDTHS, WORDS, violations
from tests.browser.voice_page import VoicePage, fake_microphone, write_noise
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    noise = write_noise(tmp_path_factory.mktemp("sound") / "noise.wav", 60)
    browser = launch(playwright, *fake_microphone(noise))
    yield browser
    browser.close()


def state_is(state: str) -> str:
    return f"document.getElementById('mic').dataset.state === '{state}'"


@WIDTHS
@MODES
@LANGUAGES
def test_every_state_of_talking_is_free_of_faults(
    browser: Browser, address: str, office: FakeOffice, screenshots: Path, width: int, elder: bool, english: bool
) -> None:
    name = f"voice-{width}-{'elder' if elder else 'normal'}-{'en' if english else 'zh'}"
    words = "Book a meal for tomorrow noon" if english else "帮我订一份明天中午的饭"
    with VoicePage(browser, address, width, SIZES[width], english, elder) as chat:

        def check(state: str) -> None:
            take_picture(chat.page, screenshots / f"{name}-{state}.png")
            assert violations(chat.page) == []
            seen = chat.measure(WORDS)
            assert [word for word in seen if word["size"] < (18 if elder else 16)] == []
            assert [word for word in seen if word["contrast"] < (7 if elder else 4.5)] == []
            least = 60 if elder else 44
            assert [target for target in chat.measure(TARGETS) if min(target[1:]) < least - 0.01] == []
            assert chat.measure("document.documentElement.scrollWidth") <= width

        chat.mic.click()
        chat.wait_until("document.getElementById('voice-consent').open")
        check("1-consent")
        chat.agree_to_record()
        chat.wait_until(state_is("listening"))
        office.voice.hears, office.voice.utterance_seconds = [(words, 0.5)], 1e6
        check("2-listening")
        office.voice.utterance_seconds = 12
        expect(chat.caption).to_be_visible()
        check("3-heard-so-far")
        office.voice.utterance_seconds = 1
        chat.wait_until(state_is("speaking"))
        expect(chat.being_read).not_to_have_count(0)
        check("4-speaking")
        chat.page.keyboard.press("Escape")
        chat.wait_until(state_is("idle"))
        check("5-after")
        office.voice.is_busy = True
        chat.mic.click()
        expect(chat.status).to_have_attribute("data-tone", "alert")
        check("6-busy")
        chat.page.click("#more summary")
        chat.page.locator(".menu [data-opens=voice-settings]").click()
        check("7-settings")


def test_the_button_is_large(browser: Browser, address: str) -> None:
    for elder, least in ((False, 56), (True, 68)):
        with VoicePage(browser, address, 320, 640, elder=elder) as chat:
            box = chat.mic.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= least


def test_a_conversation_by_voice_needs_no_pointer(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.hears = [("帮我订一份明天中午的饭", 0.5)]
    with VoicePage(browser, address, 1280, 800) as chat:
        keys = chat.page.keyboard
        chat.mic.focus()
        keys.press("Space")
        chat.wait_until("document.getElementById('voice-consent').open")
        expect(chat.page.locator("#voice-consent-title")).to_be_focused()
        keys.press("Tab")
        keys.press("Enter")
        expect(chat.mic).to_be_focused()
        expect(chat.replies).to_have_count(2)
        chat.wait_until(state_is("speaking"))
        keys.press("Tab")
        expect(chat.page.locator("#stop-reading")).to_be_focused()
        keys.press("Enter")
        expect(chat.page.locator("#repeat")).to_be_focused()
        keys.press("Enter")
        expect(chat.page.locator("#stop-reading")).to_be_focused()
        keys.press("Escape")
        chat.wait_until(state_is("idle"))
        keys.press("Alt+l")
        for _ in range(3):
            keys.press("Tab")
        keys.press("Tab")
        expect(chat.replies.last.get_by_role("button", name="读出来")).to_be_focused()


def test_screen_readers_hear_each_word_once(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.hears = [("到2025年养老床位有多少？", 0.9)]
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.replies).to_have_count(2)
        assert chat.measure("document.getElementById('caption').closest('[role=log], [role=status]')") is None
        expect(chat.page.get_by_role("log").locator(".heard .speaker")).to_have_text("您说的（听写）")
        # Marking what is read changes no words and adds no elements to the log, so it is not announced.
        chat.measure(
            """() => {
                window.changes = 0;
                new MutationObserver((list) => (window.changes += list.length)).observe(
                    document.querySelector(".from-linyu:last-of-type .words"),
                    {childList: true, subtree: true, characterData: true});
            }"""
        )
        expect(chat.being_read).to_have_text(["到2025年，"])
        expect(chat.being_read).not_to_have_text(["到2025年，"])
        assert chat.measure("window.changes") == 0
