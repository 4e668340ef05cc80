"""Under an answer on the chat page: 有用 and 没用, three next questions, what a card can do; and ?elder=1 for a poster."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat_page import ChatPage
from tests.browser.test_page import PHOTO
from tests.browser.test_page_accessibility import SIZES, TARGETS, violations
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser
ASKED = {False: "到2025年养老床位有多少？", True: "How many elderly care beds by 2025?"}
PRINTS = "window.print = () => { window.printed = document.querySelector('.printed') !== null; }"


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_an_opinion_is_given_and_the_next_question_is_one_press_away(
    browser: Browser, address: str, office: FakeOffice, screenshots: Path, width: int, english: bool
) -> None:
    elder = width < 400
    office.next_questions = ["助餐点有几个", "助餐多少钱", "谁能申请助餐"]
    with ChatPage(browser, address, width, SIZES[width], english, elder) as chat:
        reply = chat.say(ASKED[english])
        useless = reply.get_by_role("button", name="Not helpful" if english else "没用")
        expect(reply.locator(".next button")).to_have_count(3)
        useless.click()
        expect(useless).to_have_attribute("aria-pressed", "true")
        expect(chat.status).to_contain_text("Staff" if english else "工作人员会看", ignore_case=True)
        assert list(office.opinions.values()) == [False]
        chat.photograph(
            screenshots / f"answer-{width}-{'elder' if elder else 'normal'}-{'en' if english else 'zh'}.png"
        )
        assert violations(chat.page) == []
        assert [one for one in chat.page.evaluate(TARGETS) if min(one[1], one[2]) < 44] == []
        office.next_questions = []
        reply.locator(".next button").first.click()
        expect(chat.own.last).to_contain_text("助餐点有几个")
        expect(chat.page.locator(".next")).to_have_count(0)


def test_a_greeting_or_a_question_of_ours_is_nothing_to_judge(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        reply = chat.say("帮我订一份明天中午的饭")
        expect(reply).to_be_visible()
        expect(chat.page.locator(".opinion")).to_have_count(0)


def test_a_booking_is_printed_alone(browser: Browser, address: str) -> None:
    with ChatPage(browser, address, script=PRINTS) as chat:
        chat.say("帮我订一份明天中午的饭")
        card = chat.say("对").locator(".card")
        expect(card.get_by_role("button", name="加到日历")).to_be_visible()
        card.get_by_role("button", name="打印").click()
        assert chat.measure("window.printed")
        chat.page.emulate_media(media="print")
        expect(card).to_be_visible()
        expect(chat.page.locator(".from-resident").first).to_be_hidden()
        chat.measure("dispatchEvent(new Event('afterprint'))")
        expect(chat.page.locator(".from-resident").first).to_be_visible()


def test_the_code_on_a_poster_opens_the_elder_mode(browser: Browser, address: str) -> None:
    with ChatPage(browser, f"{address}/?elder=1", agreed=False) as chat:
        expect(chat.page.locator("html.elder")).to_have_count(1)
        expect(chat.page.locator("#elder")).to_have_attribute("aria-checked", "true")
        expect(chat.page.locator("#call-now")).to_be_visible()
        for elsewhere in ("#kiosk-bar", "#kiosk-tools", "#widget-close"):
            expect(chat.page.locator(elsewhere)).to_be_hidden()


def test_the_menu_leads_to_my_matters_in_the_language_of_the_page(browser: Browser, address: str) -> None:
    with ChatPage(browser, address, english=True) as chat:
        chat.page.click("#more summary")
        expect(chat.page.get_by_role("link", name="My matters")).to_have_attribute("href", "/mine?lang=en")


def test_several_photos_go_with_one_complaint(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("东风社区的路灯不亮了")
        chat.page.set_input_files("#photo-file", [PHOTO | {"name": f"{name}.png"} for name in "ab"])
        expect(chat.page.locator(".from-resident img")).to_have_count(2)
        chat.wait_until("!document.querySelector('#photo').disabled")
        assert len(office.photos) == 2
