"""Where nobody can speak or hear: the page says why in plain words, and typing is as good as ever."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.conftest import launch
from tests.browser.voice_page import IDLE, LISTENING, VoicePage
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser

NO_SECURE_HOST = "linyu.test"
"""An address that is neither https nor this machine, as the browser sees it."""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Without a microphone."""
    browser = launch(
        playwright, "--use-fake-ui-for-media-stream", f"--host-resolver-rules=MAP {NO_SECURE_HOST} 127.0.0.1"
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def strict_browser(playwright: Playwright) -> Iterator[Browser]:
    """With a microphone, and a resident who does not allow it."""
    browser = launch(playwright, "--use-fake-device-for-media-stream")
    yield browser
    browser.close()


def test_a_missing_microphone_is_told(browser: Browser, address: str, office: FakeOffice) -> None:
    with VoicePage(browser, address) as chat:
        chat.mic.click()
        chat.agree_to_record()
        expect(chat.status).to_contain_text("没有找到麦克风")
        expect(chat.mic_words).to_have_text(IDLE)
        chat.say("你好")
    assert office.voice.starts == []


def test_a_refused_microphone_is_told_with_the_way_to_allow_it(
    strict_browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(strict_browser, address) as chat:
        chat.mic.click()
        chat.agree_to_record()
        expect(chat.status).to_contain_text("把“麦克风”改成“允许”")
        expect(chat.mic_words).to_have_text(IDLE)
        chat.say("你好")
        chat.page.context.grant_permissions(["microphone"])
        chat.mic.click()
        expect(chat.mic_words).to_have_text(LISTENING)


def test_an_address_that_is_not_secure_is_told(browser: Browser, address: str) -> None:
    with VoicePage(browser, f"http://{NO_SECURE_HOST}:{urlsplit(address).port}", script="") as chat:
        chat.mic.click()
        expect(chat.status).to_contain_text("不是安全网址")
        chat.say("你好")


@pytest.mark.parametrize("missing", ["WebSocket", "AudioContext", "AudioWorkletNode", "navigator.mediaDevices"])
def test_a_browser_that_cannot_be_spoken_to_can_be_typed_to(
    browser: Browser, address: str, office: FakeOffice, missing: str
) -> None:
    owner, _, name = f"window.{missing}".rpartition(".")
    script = f"Object.defineProperty({owner}, '{name}', {{value: undefined}})"
    with VoicePage(browser, address, elder=True, script=script) as chat:
        chat.mic.click()
        expect(chat.status).to_contain_text("这个浏览器不能说话")
        chat.say("你好")
        chat.page.keyboard.press("Escape")


def test_a_computer_without_sound_still_shows_what_is_said(browser: Browser, address: str) -> None:
    never_sounds = """
        AudioContext.prototype.resume = () => new Promise(() => {});
        Object.defineProperty(AudioContext.prototype, "state", {value: "suspended"});
    """
    with VoicePage(browser, address, script=never_sounds) as chat:
        chat.say("帮我订一份明天中午的饭").get_by_role("button", name="读出来").click()
        expect(chat.replies.last.get_by_role("button", name="停")).to_be_visible()
        expect(chat.replies.last.get_by_role("button", name="读出来")).to_be_visible()
