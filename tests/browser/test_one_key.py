"""One key: in elder mode a large button asks for a person, with the emergency numbers beside it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat_page import ChatPage
from tests.browser.test_page_accessibility import SIZES, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", SIZES)
def test_one_large_button_asks_for_a_person(browser: Browser, address: str, width: int) -> None:
    with ChatPage(browser, address, width, SIZES[width], elder=True) as chat:
        key = chat.page.locator("#call-now")
        expect(key).to_be_visible()
        size = key.bounding_box()
        assert size is not None
        assert size["height"] >= 80
        numbers = [link.get_attribute("href") for link in chat.page.locator(".danger-numbers a").all()]
        assert numbers == ["tel:120", "tel:119", "tel:110"]
        assert violations(chat.page) == []
        key.click()
        expect(chat.page.locator(".from-resident").last).to_contain_text("人工")


def test_outside_the_elder_mode_it_takes_no_room(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        expect(chat.page.locator("#one-key")).to_be_hidden()
