"""Replies read aloud on the chat page: asked for, by themselves, again, slower and louder."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat_page import BOX
from tests.browser.voice_page import SPEAKING, VoicePage
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser

LONG = "帮我订一份明天中午的饭"


def test_a_reply_is_read_when_asked_for_with_its_words_marked(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(browser, address) as chat:
        reply = chat.say("到2025年养老床位有多少？")
        chat.page.wait_for_timeout(300)
        assert office.voice.files_fetched == []
        reply.get_by_role("button", name="读出来").click()
        chat.wait_for_sound()
        expect(chat.being_read).to_have_text(["到2025年，"])
        expect(chat.being_read).to_have_text(["养老服务床位要增加到450张，"])
        reply.get_by_role("button", name="停").click()
        chat.wait_until("window.loudness() < 0.01")
        expect(chat.being_read).to_have_count(0)
        expect(reply.get_by_role("button", name="读出来")).to_be_focused()
    assert len(office.voice.files_fetched) == 1


def test_the_end_of_a_reply_ends_the_reading(browser: Browser, address: str) -> None:
    with VoicePage(browser, address) as chat:
        reply = chat.say("你好")
        reply.get_by_role("button", name="读出来").click()
        chat.wait_for_sound()
        expect(chat.mic_words).to_have_text(SPEAKING)
        expect(chat.mic_words).not_to_have_text(SPEAKING)
        expect(reply.get_by_role("button", name="读出来")).to_be_visible()


def test_one_reading_ends_another(browser: Browser, address: str, office: FakeOffice) -> None:
    with VoicePage(browser, address) as chat:
        chat.say(LONG)
        chat.say("胸口疼")
        chat.replies.nth(1).get_by_role("button", name="读出来").click()
        chat.wait_for_sound()
        chat.replies.nth(2).get_by_role("button", name="读出来").click()
        expect(chat.replies.nth(1).get_by_role("button", name="读出来")).to_be_visible()
        expect(chat.replies.nth(2).locator(".spoken-now")).to_have_count(1)
        expect(chat.replies.nth(1).locator(".spoken-now")).to_have_count(0)


def test_writing_ends_the_reading(browser: Browser, address: str) -> None:
    with VoicePage(browser, address) as chat:
        chat.say(LONG).get_by_role("button", name="读出来").click()
        chat.wait_for_sound()
        chat.page.locator(BOX).press("a")
        chat.wait_until("window.loudness() < 0.01")


def test_elder_mode_reads_replies_by_itself_unless_told_not_to(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(browser, address, elder=True) as chat:
        chat.say("你好")
        chat.wait_for_sound()
        chat.page.click("#more summary")
        chat.page.get_by_role("button", name="声音设置").click()
        switch = chat.page.get_by_role("switch", name="回复都读出来")
        expect(switch).to_have_attribute("aria-checked", "true")
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "false")
        chat.page.get_by_role("button", name="关闭").click()
        chat.page.reload()
        chat.say("在吗")
        chat.page.wait_for_timeout(500)
    assert len(office.voice.files_fetched) == 1


def test_the_last_reply_is_said_again_slower_and_louder_in_elder_mode(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(browser, address, elder=True) as chat:
        chat.say(LONG)
        chat.wait_for_sound()
        tools = chat.page.locator("#talk-tools")
        tools.get_by_role("button", name="慢一点").click()
        expect(chat.status).to_have_text("慢")
        chat.wait_until("window.loudness() > 0.05")
        assert len(office.voice.files_fetched) == 2, "said again in the new manner"
        tools.get_by_role("button", name="停").click()
        tools.get_by_role("button", name="大声点").click()
        expect(chat.status).to_have_text("响")
        tools.get_by_role("button", name="再说一遍").click()
        expect(chat.being_read).to_have_text(["我念一遍，"])
        (manner,) = office.voice.manners.values()
        assert manner == {"rate": 0.8, "volume": 1.5, "voice": "female"}
        for _ in range(2):
            tools.get_by_role("button", name="慢一点").click()
        expect(chat.status).to_have_text("已经是最慢的了")


def test_the_voice_is_chosen_in_its_window_and_kept_by_the_conversation(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with VoicePage(browser, address) as chat:
        chat.page.click("#more summary")
        chat.page.get_by_role("button", name="声音设置").click()
        window = chat.page.get_by_role("dialog", name="声音设置")
        window.get_by_role("button", name="快一点").click()
        expect(window.locator("#rate-now")).to_have_text("快")
        window.get_by_role("button", name="小声点").click()
        expect(window.locator("#volume-now")).to_have_text("轻")
        window.get_by_label("男声").check()
        expect(chat.status).to_have_text("声音换好了")
        (manner,) = office.voice.manners.values()
        assert manner == {"rate": 1.2, "volume": 0.75, "voice": "male"}
        manner["rate"] = 0.6  # as if “慢一点” had been said
        chat.page.reload()
        chat.page.click("#more summary")
        chat.page.get_by_role("button", name="声音设置").click()
        expect(window.locator("#rate-now")).to_have_text("很慢")
        expect(window.get_by_label("男声")).to_be_checked()


def test_a_voice_that_fails_is_told(browser: Browser, address: str, office: FakeOffice) -> None:
    office.voice.is_mute = True
    with VoicePage(browser, address) as chat:
        chat.say("你好").get_by_role("button", name="读出来").click()
        expect(chat.status).to_have_text("读不出来：现在读不出声音，请看屏幕上的文字。")
        expect(chat.replies.last.get_by_role("button", name="读出来")).to_be_visible()
