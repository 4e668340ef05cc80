"""Free days and times beside the question: large enough to press, read out with what is free, and said like words."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import fakes
from tests.browser.chat_page import ChatPage
from tests.browser.test_page_accessibility import violations
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser
DAYS = [
    {"title": f"{month}月{day}号，星期{weekday}", "note": note, "payload": f"{month}月{day}号，星期{weekday}"}
    for month, day, weekday, note in (
        (5, 13, "二", "2个时间可选"), (5, 14, "三", "2个时间可选"), (5, 15, "四", "上午11点到12点半之间"),
        (5, 16, "五", "2个时间可选"), (5, 19, "一", "2个时间可选"), (5, 20, "二", "2个时间可选"),
        (5, 21, "三", "2个时间可选"), (5, 22, "四", "下午5点到6点半之间"),
    )
]  # fmt: skip


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = fakes.reply("您想约哪一天？", buttons=fakes.buttons("听别的")) | {"tiles": DAYS}
    monkeypatch.setitem(fakes.SCRIPT, "订午餐", fakes.turn("book_service", reply))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_each_is_large_enough(
    browser: Browser, address: str, screenshots: Path, width: int, elder: bool, dark: bool
) -> None:
    with ChatPage(browser, address, width, elder=elder, dark=dark) as chat:
        chat.say("订午餐")
        tiles = chat.page.locator(".tile")
        expect(tiles).to_have_count(len(DAYS))
        assert violations(chat.page) == []
        for one in tiles.all():
            box = one.bounding_box()
            assert box
            assert box["height"] >= 44
            assert box["x"] + box["width"] <= width
        chat.photograph(
            screenshots / f"tiles-{width}-{'elder' if elder else 'usual'}-{'dark' if dark else 'light'}.png"
        )


def test_one_that_is_pressed_is_said_and_the_others_go(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("订午餐")
        expect(chat.page.locator(".answer:not(.tile)")).to_have_count(0)
        chat.page.get_by_role("group", name="可以选的日子和时间").get_by_role(
            "button", name="5月15号，星期四 上午11点到12点半之间"
        ).click()
        expect(chat.own.last).to_contain_text("5月15号，星期四")
        assert office.handled[-1] == "5月15号，星期四"
        expect(chat.page.locator(".tile")).to_have_count(0)


def test_on_the_hall_s_screen_they_are_larger_still(browser: Browser, address: str, screenshots: Path) -> None:
    with ChatPage(browser, f"{address}/kiosk", 1080, 1920) as kiosk:
        kiosk.page.keyboard.press("Escape")
        kiosk.page.evaluate("document.querySelector('#message-box').value = '订午餐'")
        kiosk.page.evaluate("document.querySelector('#composer').requestSubmit()")
        expect(kiosk.page.locator(".tile")).to_have_count(len(DAYS))
        assert violations(kiosk.page) == []
        for one in kiosk.page.locator(".tile").all():
            box = one.bounding_box()
            assert box
            assert box["height"] >= 64
        kiosk.photograph(screenshots / "kiosk-tiles-1080.png")
