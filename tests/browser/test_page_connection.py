"""The chat page on a bad line: nothing is lost, nothing is done twice, and the resident knows what happens."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat_page import ChatPage
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser

LONGEST_WAIT = "00:16"
"""A little more than the longest wait between two tries."""


def test_an_office_that_is_away_for_a_moment_gets_the_message_once(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        office.unavailable = 2
        chat.type("你好")
        expect(chat.status).to_have_text("请稍等，正在重新连接……")
        expect(chat.replies).to_have_count(2)
        expect(chat.status).to_have_text("已重新连上。")
        expect(chat.own).to_have_count(1)
    assert office.handled == ["你好"]
    assert len(office.tries) == 3
    assert len(set(office.tries)) == 1, "every try carries the same id"


def test_an_answer_lost_on_the_way_does_not_do_the_thing_twice(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        office.answers_lost = 1
        chat.say("帮我订一份明天中午的饭")
        expect(chat.own).to_have_count(1)
        assert len(office.tries) == 2
    assert office.handled == ["帮我订一份明天中午的饭"]


def test_a_lost_connection_keeps_the_words_and_sends_them_once_it_is_back(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.context.set_offline(True)
        chat.type("你好")
        expect(chat.status).to_have_text("请稍等，正在重新连接……")
        chat.page.context.set_offline(False)
        expect(chat.replies).to_have_count(2)
    assert office.handled == ["你好"]


def test_after_many_tries_the_resident_decides_when_to_try_again(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        office.unavailable = 8
        chat.type("你好")
        for tries in range(1, 8):
            expect(chat.status).to_have_text("请稍等，正在重新连接……")
            while len(office.tries) < tries:
                chat.page.wait_for_timeout(20)
            chat.page.wait_for_timeout(100)
            chat.page.clock.fast_forward(LONGEST_WAIT)
        retry = chat.own.get_by_role("button", name="重试")
        expect(retry).to_be_visible()
        expect(chat.own).to_contain_text("您的话没有丢")
        retry.click()
        expect(chat.replies).to_have_count(2)
    assert office.handled == ["你好"]


def test_a_message_on_its_way_survives_a_reload(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        office.answers_lost = 1
        chat.type("你好")
        expect(chat.status).to_have_text("请稍等，正在重新连接……")
        chat.page.reload()
        expect(chat.replies).to_have_count(2)
        chat.wait_until("localStorage.getItem('linyu.outbox') === '[]'")
        expect(chat.own).to_have_count(1)
        expect(chat.replies).to_have_count(2)
    assert office.handled == ["你好"]


def test_quick_words_are_sent_in_order_and_answered_beside_each(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        office.slow_seconds = 0.3
        chat.type("一")
        chat.type("二")
        expect(chat.own.last).to_contain_text("排队等发送")
        expect(chat.replies).to_have_count(3)
        said = chat.page.locator("#log .words").all_inner_texts()[1:]
        assert said == ["一", "您说的是：一", "二", "您说的是：二"]
    assert office.handled == ["一", "二"]


def test_speaking_too_fast_is_waited_out(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        office.too_fast = 1
        chat.type("你好")
        expect(chat.status).to_have_text("您说得有点快，请等 2 秒，我会自动帮您发。")
        expect(chat.replies).to_have_count(2)
    assert office.handled == ["你好"]


def test_a_refused_message_can_be_changed_and_sent_again(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.type("坏消息")
        expect(chat.own).to_contain_text("没有发出去：这句话我收不了。")
        chat.own.get_by_role("button", name="改一改再发").click()
        expect(chat.own).to_have_count(0)
        expect(chat.page.locator("#message-box")).to_have_value("坏消息")
        chat.say("好消息")
    assert office.handled == ["好消息"]


def test_a_new_conversation_does_not_send_what_the_old_one_still_held(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        office.unavailable = 1
        chat.type("旧的话")
        expect(chat.status).to_have_text("请稍等，正在重新连接……")
        chat.page.click("#more summary")
        chat.page.locator(".menu [data-opens=new]").click()
        chat.page.click("#start-again")
        expect(chat.status).to_have_text("新对话已开始。")
        chat.say("新的话")
        chat.page.clock.fast_forward(LONGEST_WAIT)
        chat.page.wait_for_timeout(200)
    assert office.handled == ["新的话"]


def test_the_first_connection_is_tried_patiently_too(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address, agreed=False) as chat:
        chat.page.context.set_offline(True)
        chat.page.click("#agree")
        for _ in range(8):
            chat.page.wait_for_timeout(150)
            chat.page.clock.fast_forward(LONGEST_WAIT)
        expect(chat.status).to_contain_text("现在连不上")
        chat.page.context.set_offline(False)
        chat.page.click("#retry")
        expect(chat.replies).to_have_count(1)
        chat.say("你好")
    assert office.handled == ["你好"]
