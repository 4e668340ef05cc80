"""Where somebody stands is told only after a press, and after the browser has asked; a no changes nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat_page import ChatPage
from tests.browser.test_page_accessibility import violations
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_it_is_told_after_a_press(
    browser: Browser, address: str, office: FakeOffice, screenshots: Path, width: int, elder: bool
) -> None:
    with ChatPage(browser, address, width, elder=elder) as chat:
        button = chat.page.locator("#position")
        chat.page.context.set_geolocation({"latitude": 30.1, "longitude": 114.95})
        chat.page.context.grant_permissions(["geolocation"])
        expect(button).to_be_hidden()
        chat.say("东风社区的路灯不亮了")
        expect(button).to_be_visible()
        assert violations(chat.page) == []
        chat.photograph(screenshots / f"position-{width}-{'elder' if elder else 'usual'}.png")
        assert office.positions == []
        button.click()
        expect(chat.status).to_contain_text("位置附上了")
        assert office.positions == [{"latitude": 30.1, "longitude": 114.95}]


def test_who_does_not_allow_it_is_asked_to_say_where(browser: Browser, address: str, office: FakeOffice) -> None:
    refuses = "navigator.geolocation.getCurrentPosition = (kept, refused) => refused({ code: 1 });"
    with ChatPage(browser, address, script=refuses) as chat:
        chat.say("东风社区的路灯不亮了")
        chat.page.click("#position")
        expect(chat.status).to_contain_text("请直接说在哪里")
        assert office.positions == []
