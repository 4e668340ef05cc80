"""Talking with the chat page in a real Chromium, before a fake office: its fake microphone plays noise."""

from array import array
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.chat_page import BOX
from tests.browser.conftest import launch
from tests.browser.voice_page import HELD, IDLE, LISTENING, SPEAKING, VoicePage, fake_microphone, write_noise
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser

LONG = "帮我订一份明天中午的饭"
"""Is answered with a reply that is read for six seconds."""


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    noise = write_noise(tmp_path_factory.mktemp("sound") / "noise.wav", 60)
    browser = launch(playwright, *fake_microphone(noise))
    yield browser
    browser.close()


def test_nobody_is_recorded_before_they_have_agreed(browser: Browser, address: str, office: FakeOffice) -> None:
    with VoicePage(browser, address) as chat:
        chat.mic.click()
        notice = chat.page.get_by_role("dialog", name="说话之前，请看几句话")
        expect(notice).to_contain_text("只在街道自己的电脑上变成文字")
        expect(notice).to_contain_text("录音不保存")
        chat.page.get_by_role("button", name="我打字").click()
        expect(notice).to_be_hidden()
        expect(chat.page.locator(BOX)).to_be_focused()
        expect(chat.mic_words).to_have_text(IDLE)
        assert office.voice.starts == []
        chat.mic.click()
        expect(notice).to_be_visible()
        chat.page.keyboard.press("Escape")
        assert office.voice.starts == []
        chat.mic.click()
        chat.agree_to_record()
        expect(chat.mic_words).to_have_text(LISTENING)
        chat.page.reload()
        chat.mic.click()
        expect(chat.mic_words).to_have_text(LISTENING)


def test_the_notice_says_how_long_recordings_are_kept_and_comes_again_when_that_changes(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(browser, address) as chat:
        chat.tap()
        office.days_audio_kept = 30
        chat.page.reload()
        chat.mic.click()
        expect(chat.page.locator("#voice-consent")).to_contain_text("录音加密保存 30 天")


def test_a_tap_starts_a_conversation_that_goes_on_without_hands(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    office.voice.hears = [("今天中午有什么菜", 0.95)]
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.own).to_have_count(1)
        expect(chat.own.first).to_contain_text("您说的（听写）")
        expect(chat.own.first).to_contain_text("今天中午有什么菜")
        expect(chat.replies.last).to_contain_text("您说的是：今天中午有什么菜")
        expect(chat.mic_words).to_have_text(SPEAKING)
        chat.wait_for_sound()
        expect(chat.being_read).to_have_text(["您说的是："])
        expect(chat.being_read).to_have_text(["今天中午有什么菜"])
        expect(chat.mic_words).to_have_text(LISTENING)
        expect(chat.being_read).to_have_count(0)
        office.voice.hears = [("谢谢", 0.95)]
        expect(chat.own).to_have_count(2)
        expect(chat.mic_words).to_have_text(SPEAKING)
        expect(chat.mic_words).to_have_text(LISTENING)
        chat.mic.click()
        expect(chat.mic_words).not_to_have_text(LISTENING)
    assert len(office.voice.starts) == 1
    assert office.voice.starts[0] | {"rate": 0} == {
        "type": "start",
        "rate": 0,
        "language": "zh",
        "hands_free": True,
        "speak": True,
    }


def test_what_reaches_the_server_is_the_sound_of_the_microphone(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(browser, address) as chat:
        chat.tap()
        chat.wait_until("getComputedStyle(document.getElementById('mic')).getPropertyValue('--level') > 0.3")
        chat.page.wait_for_timeout(1000)
        samples = array("h", bytes(office.voice.sound))
    assert office.voice.starts[0]["rate"] == 16_000
    assert len(samples) > 10_000
    assert len(samples) % 640 == 0, "pieces of 40 ms"
    assert max(samples) > 1000


def test_the_words_are_shown_while_they_are_heard_and_read_out_only_once_final(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    office.voice.hears = [("到2025年养老床位有多少？", 0.9)]
    office.voice.utterance_seconds = 3
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.caption).to_contain_text("到2025年养老")
        expect(chat.caption).to_have_attribute("aria-live", "off")
        expect(chat.page.get_by_role("log").locator(".heard")).to_have_count(1)
        expect(chat.caption).to_be_hidden()


def test_held_the_button_listens_until_it_is_let_go(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.hears = [("你好", 0.95)]
    with VoicePage(browser, address) as chat:
        chat.tap()
        chat.page.keyboard.press("Escape")
        office.voice.hears = [("东风社区的路灯不亮了", 0.95)]
        before = chat.own.count()
        chat.mic.hover()
        chat.page.mouse.down()
        expect(chat.mic_words).to_have_text(HELD)
        chat.page.wait_for_timeout(1200)
        assert chat.own.count() == before
        chat.page.mouse.up()
        expect(chat.own.last).to_contain_text("东风社区的路灯不亮了")
        expect(chat.page.get_by_role("button", name="添加照片")).to_be_visible()
        expect(chat.mic_words).to_have_text(SPEAKING)
    assert [start["hands_free"] for start in office.voice.starts] == [True, False]
    assert office.voice.said("stop") == 1


def test_space_and_enter_start_and_end_and_escape_stops(browser: Browser, address: str, office: FakeOffice) -> None:
    with VoicePage(browser, address) as chat:
        chat.tap()
        chat.mic.press("Escape")
        expect(chat.mic_words).to_have_text(IDLE)
        for key in ("Space", "Enter"):
            chat.mic.press(key)
            expect(chat.mic_words).to_have_text(LISTENING)
            expect(chat.page.locator("#talk-state")).to_have_text(LISTENING)
            expect(chat.mic).to_be_focused()
            chat.mic.press(key)
            expect(chat.mic_words).not_to_have_text(LISTENING)
            expect(chat.mic_words).to_have_text(IDLE)
    assert len(office.voice.starts) == 3


@pytest.mark.parametrize(
    "stop",
    [
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))",
        "document.getElementById('message-box').dispatchEvent(new InputEvent('input', {bubbles: true}))",
        "document.getElementById('mic').click()",
        "document.getElementById('stop-reading').click()",
    ],
    ids=["Escape", "typing", "the microphone", "stop"],
)
def test_speech_stops_at_once(browser: Browser, address: str, office: FakeOffice, stop: str) -> None:
    office.voice.hears = [(LONG, 0.95)]
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.mic_words).to_have_text(SPEAKING)
        chat.wait_for_sound()
        assert chat.milliseconds_until_silent(stop) < 1500, "the reply would go on for much longer"
        expect(chat.mic_words).not_to_have_text(SPEAKING)
        expect(chat.being_read).to_have_count(0)
    assert office.voice.said("interrupt") == 1 or "Escape" in stop


def test_speaking_into_a_reply_ends_it(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.hears = [(LONG, 0.95), ("等一下我想改时间", 0.95)]
    office.voice.utterance_seconds = 3
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.mic_words).to_have_text(SPEAKING)
        chat.wait_for_sound()
        expect(chat.caption).to_contain_text("等一")
        assert chat.own.count() == 1, "the first words are enough"
        assert chat.measure("window.loudness()") < 0.01
        expect(chat.own.last).to_contain_text("等一下我想改时间")
    assert office.voice.said("interrupt") == 1


def test_a_reply_is_not_ended_by_its_own_echo(browser: Browser, address: str, office: FakeOffice) -> None:
    with VoicePage(browser, address) as chat:
        office.voice.hears = [("到2025年养老床位有多少？", 0.95), ("到2025年养老服务床位", 0.95)]
        office.voice.utterance_seconds = 4
        chat.tap()
        expect(chat.mic_words).to_have_text(SPEAKING)
        before = office.voice.said("interrupt")
        chat.page.wait_for_timeout(1500)
        expect(chat.caption).to_be_hidden()
        expect(chat.mic_words).to_have_text(SPEAKING)
        expect(chat.own).to_have_count(1)
        assert office.voice.said("interrupt") == before == 0


def test_what_was_heard_badly_can_be_put_right(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.hears = [("我要助残", 0.4)]
    with VoicePage(browser, address) as chat:
        chat.tap()
        chat.own.first.get_by_role("button", name="改一下").click()
        expect(chat.page.locator(BOX)).to_have_value("我要助残")
        expect(chat.page.locator(BOX)).to_be_focused()
        chat.say("我要助餐")
        expect(chat.page.get_by_role("button", name="改一下")).to_have_count(0)
        chat.page.reload()
        expect(chat.own.first).to_contain_text("您说的（听写）")
        expect(chat.own.last.locator(".speaker")).to_have_text("您")


def test_long_silence_is_asked_about_and_then_listening_ends(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    office.voice.gives_up = True
    with VoicePage(browser, address) as chat:
        chat.mic.click()
        chat.agree_to_record()
        expect(chat.replies).to_have_count(3)
        expect(chat.replies.nth(1)).to_contain_text("您还在吗？")
        expect(chat.replies.last).to_contain_text("我先不听了")
        expect(chat.mic_words).to_have_text(IDLE)


def test_a_nudge_leaves_the_choices_where_they_are(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.gives_up = True
    with VoicePage(browser, address) as chat:
        chat.say("帮我订一份明天中午的饭")
        choices = chat.page.locator(".answer")
        expect(choices).to_have_text(["对", "不对", "取消"])
        chat.mic.click()
        chat.agree_to_record()
        expect(chat.replies.last).to_contain_text("我先不听了")
        expect(choices).to_have_text(["对", "不对", "取消"])


def test_listening_ends_when_the_page_is_put_away(browser: Browser, address: str) -> None:
    with VoicePage(browser, address) as chat:
        chat.tap()
        chat.measure(
            """() => {
                Object.defineProperty(document, "hidden", {value: true});
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
        expect(chat.mic_words).not_to_have_text(LISTENING)


def test_too_many_speakers_are_told_to_wait_or_type(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.is_busy = True
    with VoicePage(browser, address) as chat:
        chat.mic.click()
        chat.agree_to_record()
        expect(chat.status).to_contain_text("现在说话的人很多")
        expect(chat.mic_words).to_have_text(IDLE)
        chat.say("你好")


def test_a_line_that_breaks_is_mended_and_the_answer_still_comes(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    office.voice.hears = [("你好", 0.95)]
    office.voice.breaks = 1
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.replies.last).to_contain_text("您说的是：你好")
        expect(chat.own).to_have_count(1)
        expect(chat.mic_words).to_have_text(LISTENING)
    assert office.handled == ["你好"]
    assert office.voice.starts[1]["resume_after"] > 1


def test_a_line_that_stays_away_leaves_typing(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.hears = [("你好", 0.95)]
    office.voice.breaks = 1
    office.voice.goes_away = True
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.status).to_have_text("请稍等，正在重新连接……")
        expect(chat.status).to_contain_text("语音断了", timeout=15_000)
        expect(chat.mic_words).to_have_text(IDLE)
        expect(chat.own.first).to_contain_text("这句话还没有办")
        chat.own.first.get_by_role("button", name="改一改再发").click()
        expect(chat.page.locator(BOX)).to_have_value("你好")
        chat.page.press(BOX, "Enter")
        expect(chat.replies.last).to_contain_text("您说的是：你好")


def test_words_that_the_assistant_could_not_answer_can_be_typed_again(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    office.voice.hears = [("你好", 0.95)]
    office.voice.is_deaf = True
    with VoicePage(browser, address) as chat:
        chat.tap()
        expect(chat.status).to_have_text("请稍等。")
        expect(chat.own.first.get_by_role("button", name="改一改再发")).to_be_visible()


def test_a_new_conversation_ends_the_old_one_by_voice_too(browser: Browser, address: str, office: FakeOffice) -> None:
    with VoicePage(browser, address) as chat:
        chat.tap()
        chat.page.click("#more summary")
        chat.page.locator(".menu [data-opens=new]").click()
        chat.page.click("#start-again")
        expect(chat.status).to_have_text("新对话已开始。")
        expect(chat.mic_words).to_have_text(IDLE)
