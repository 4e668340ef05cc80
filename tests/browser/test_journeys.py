"""What residents come for, on the real page before the real assistant, and what then stands in the database."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from bot.operation.ephemeral_instance import EphemeralInstance
from bot.services.bookings import bookings
from bot.services.cases import cases
from tests.browser.chat_page import ChatPage
from tests.processes.running import await_ready, kill, store_of

pytestmark = pytest.mark.browser
SLOW_MS = 60_000
"""A real assistant on a busy machine."""


class RealChat(ChatPage):
    """The same page; a turn of the real assistant may take longer and have several replies."""

    def hear(self, words: str, *pieces: str) -> None:
        """Say it; every piece stands in the replies to it."""
        before = self.replies.count()
        self.type(words)
        expect(self.replies.nth(before)).to_be_visible(timeout=SLOW_MS)
        heard = "\n".join(self.replies.all_inner_texts()[before:])
        assert all(piece in heard for piece in pieces), f"{words!r} was answered: {heard}"

    def number_on(self, kind: str) -> str:
        """On the newest card of that kind."""
        return self.page.locator(f".card-{kind} .number").last.inner_text()


def test_a_resident_asks_about_care_beds(browser: Browser, linyu: EphemeralInstance, screenshots: Path) -> None:
    with RealChat(browser, linyu.url) as chat:
        chat.hear("到2025年养老床位有多少", "450")
        source = chat.replies.last.locator(".sources li").filter(has_text="3.1")
        expect(source).to_be_hidden()
        chat.replies.last.locator(".sources summary").click()
        expect(source).to_be_visible()
        chat.photograph(screenshots / "journey-question.png")


def test_a_resident_books_a_meal_and_cancels_it_after_a_restart(
    browser: Browser, linyu: EphemeralInstance, screenshots: Path
) -> None:
    store = store_of(linyu)
    with RealChat(browser, linyu.url) as chat:
        chat.hear("我想订明天中午的助餐")
        chat.hear("东风社区助餐点")
        chat.hear("我叫赵小满")
        chat.hear("13755512345", "1份", "赵小满", "13755512345")
        chat.hear("不对,是两份", "2份", "确认")
        chat.hear("确认", "预约好了")
        number = chat.number_on("booking")
        chat.photograph(screenshots / "journey-booking.png")
        booked = bookings.find_booking(store, number, "2345", asker="test", now=now())
        assert (booked.state, booked.party, booked.name) == ("confirmed", 2, "赵小满")
        assert (booked.day - now().date()).days == 1

        kill(linyu, "app")
        await_ready(linyu)
        chat.page.reload()
        expect(chat.page.locator(".card-booking .number").last).to_have_text(number)
        chat.hear("查一下我的预约", number)
        chat.hear("取消这个预约", number)
        chat.hear("确认", "取消好了")
        chat.photograph(screenshots / "journey-booking-cancelled.png")
        assert bookings.get(store, number).state == "cancelled"
        assert len(bookings.of_conversation(store, booked.conversation_id)) == 1


def test_a_resident_reports_a_dark_street_lamp_and_checks_it_later(
    browser: Browser, linyu: EphemeralInstance, screenshots: Path
) -> None:
    with RealChat(browser, linyu.url) as chat:
        chat.hear("东风社区三栋门口的路灯坏了,晚上一片黑", "电话")
        chat.hear("养老床位有多少", "280", "电话")  # answered, and then back to the complaint
        chat.hear("我的电话是13900005678", "东风社区", "路灯")
        chat.hear("确认", "已经登记")
        number = chat.number_on("case")
        chat.photograph(screenshots / "journey-complaint.png")
    case = cases.find_case(store_of(linyu), number, "5678", asker="test", now=now())
    assert (case.category, case.state) == ("public_facility", "filed")
    assert "路灯" in case.text

    with RealChat(browser, linyu.url) as chat:
        chat.hear("我想查一下我的投诉到哪一步了")
        chat.hear(number, "后四位")
        chat.hear("0000", "没有找到")
        assert chat.page.locator(".card-case").count() == 0
        chat.hear("查我的投诉")
        chat.hear(number, "后四位")
        chat.hear("5678", number, "记下了")
        assert chat.number_on("case") == number
        chat.photograph(screenshots / "journey-complaint-checked.png")


def test_a_migrant_asks_and_books_in_english(browser: Browser, linyu: EphemeralInstance, screenshots: Path) -> None:
    with RealChat(browser, linyu.url, english=True) as chat:
        chat.hear("How many elderly care beds by 2025?", "450")
        chat.replies.last.locator(".sources summary").click()
        expect(chat.replies.last.locator(".sources li").filter(has_text="3.1")).to_be_visible()
        chat.hear("I would like to book a meal for tomorrow noon")
        chat.hear("Xinjie community meal point")
        chat.hear("My name is Anna Berg")
        chat.hear("13755500011", "Anna Berg", "13755500011")
        chat.hear("yes", "booking")
        number = chat.number_on("booking")
        chat.photograph(screenshots / "journey-english.png")
    booking = bookings.find_booking(store_of(linyu), number, "0011", asker="test", now=now())
    assert (booking.state, booking.name) == ("confirmed", "Anna Berg")


def now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Shanghai"))
