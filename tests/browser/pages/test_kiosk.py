"""The hall's screen in a real Chromium: by voice with a fake microphone, by buttons, by scanner; it ends itself and keeps nothing."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests import fakes
from tests.browser.chat_page import ChatPage
from tests.browser.conftest import launch
from tests.browser.test_page_accessibility import violations
from tests.browser.voice_page import VoicePage, fake_microphone, write_noise
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser
KIOSK_SIZES = {320: 640, 1080: 1920}
"""The narrowest, and a screen that stands upright."""
STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}])"


def without_voice(kiosk: ChatPage) -> None:
    """Its first question, whether the microphone may listen, is answered with no."""
    expect(kiosk.page.locator("#voice-consent")).to_be_visible()
    kiosk.page.keyboard.press("Escape")


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("width", KIOSK_SIZES)
def test_axe_finds_nothing_and_all_that_is_pressed_is_large(
    browser: Browser, address: str, screenshots: Path, width: int, english: bool
) -> None:
    with ChatPage(browser, f"{address}/kiosk", width, KIOSK_SIZES[width], agreed=False) as kiosk:
        if english:
            kiosk.page.click("#other-language")
        assert violations(kiosk.page) == []
        kiosk.page.click("#agree")
        expect(kiosk.replies).to_have_count(1)
        without_voice(kiosk)
        kiosk.page.locator(".example").first.click()
        expect(kiosk.replies).to_have_count(2)
        assert violations(kiosk.page) == []
        kiosk.photograph(screenshots / f"kiosk-{width}-{'en' if english else 'zh'}.png")
        for one in kiosk.page.locator("#kiosk-bar button:visible, #kiosk-tools button:visible, #mic").all():
            box = one.bounding_box()
            assert box is not None
            assert box["height"] >= 60
        kiosk.page.click("#kiosk-digits")
        assert violations(kiosk.page) == []
        kiosk.photograph(screenshots / f"kiosk-keys-{width}-{'en' if english else 'zh'}.png")


def test_it_is_talked_to_by_microphone_after_one_press(
    playwright: Playwright, address: str, office: FakeOffice, tmp_path: Path
) -> None:
    office.voice.hears = [("今天中午有什么菜", 0.95)]
    hearing = launch(playwright, *fake_microphone(write_noise(tmp_path / "voice.wav", 30)))
    try:
        with VoicePage(hearing, f"{address}/kiosk") as kiosk:
            expect(kiosk.page.locator("#voice-consent")).to_be_visible()
            kiosk.agree_to_record()
            expect(kiosk.own).to_contain_text("今天中午有什么菜")
            expect(kiosk.replies.last).to_contain_text("您说的是：今天中午有什么菜")
            kiosk.wait_for_sound()
    finally:
        hearing.close()


def test_after_a_silence_it_warns_and_ends_and_nothing_is_left(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, f"{address}/kiosk") as kiosk:
        without_voice(kiosk)
        kiosk.page.locator(".example").first.click()
        expect(kiosk.own).to_have_count(1)
        expect(kiosk.replies).to_have_count(2)
        assert json.loads(kiosk.measure(STORED)) == [{}, {}]
        kiosk.page.clock.run_for(31_000)
        warning = kiosk.page.locator("#silence")
        expect(warning).to_be_visible()
        expect(warning).to_contain_text("15秒")
        expect(kiosk.page.locator("#go-on")).to_be_focused()
        kiosk.page.click("#go-on")
        kiosk.page.clock.run_for(29_000)
        expect(warning).to_be_hidden()
        expect(kiosk.own).to_have_count(1)
        kiosk.page.clock.run_for(2_000)
        expect(warning).to_be_visible()
        kiosk.page.clock.run_for(16_000)
        expect(kiosk.page.locator("#agree")).to_be_visible()
        expect(kiosk.own).to_have_count(0)
        assert json.loads(kiosk.measure(STORED)) == [{}, {}]


def test_the_office_chooses_how_long_a_silence_may_be(browser: Browser, address: str, office: FakeOffice) -> None:
    office.kiosk_silence_seconds, office.kiosk_warning_seconds = 8, 4
    with ChatPage(browser, f"{address}/kiosk") as kiosk:
        kiosk.page.clock.run_for(5_000)
        expect(kiosk.page.locator("#silence")).to_contain_text("4秒")


def test_the_scanner_asks_for_a_booking_and_only_after_agreement(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, f"{address}/kiosk", agreed=False) as kiosk:
        kiosk.page.keyboard.type("21234567")
        kiosk.page.keyboard.press("Enter")
        expect(kiosk.status).to_contain_text("同意并开始")
        kiosk.page.click("#agree")
        expect(kiosk.replies).to_have_count(1)
        without_voice(kiosk)
        kiosk.page.keyboard.type("21234567")
        kiosk.page.keyboard.press("Enter")
        expect(kiosk.own).to_have_count(1)
        expect(kiosk.own).to_contain_text("查一下预约21234567")
        kiosk.page.click("#kiosk-digits")
        for digit in "1234":
            kiosk.page.locator(".key", has_text=digit).click()
        kiosk.page.click("#key-send")
        expect(kiosk.own.last).to_contain_text("1234")
        assert office.handled == ["查一下预约21234567", "1234"]


def test_a_person_is_one_press_away_and_buttons_come_down_to_who_sits(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, f"{address}/kiosk", 1080, 1920) as kiosk:
        without_voice(kiosk)
        kiosk.page.click("#kiosk-low")
        expect(kiosk.page.locator("#kiosk-low")).to_have_attribute("aria-checked", "true")
        for one in kiosk.page.locator("button:visible").all():
            box = one.bounding_box()
            assert box is not None
            assert box["y"] >= 1920 * 0.4, one.inner_text()
        for number in ("120", "119", "110"):
            expect(kiosk.page.locator(f"#kiosk-bar a[href='tel:{number}']")).to_be_visible()
        kiosk.page.click("#call-now")
        expect(kiosk.own.last).to_contain_text("人工")


def test_a_slip_holds_the_card_alone(
    browser: Browser, address: str, screenshots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = fakes.BOOKED | {"number": "21234567"}
    monkeypatch.setitem(fakes.SCRIPT, "1", fakes.turn("affirm", fakes.reply("订好了。", card=card)))
    with ChatPage(browser, f"{address}/kiosk", script="window.print = () => { window.printed = true; }") as kiosk:
        without_voice(kiosk)
        kiosk.page.click("#kiosk-print")
        expect(kiosk.status).to_contain_text("还没有可以打印的号码")
        kiosk.page.click("#kiosk-digits")
        kiosk.page.locator(".key", has_text="1").click()
        kiosk.page.click("#key-send")
        expect(kiosk.page.locator(".card .number")).to_have_text("21234567")
        kiosk.page.click("#kiosk-print")
        assert kiosk.measure("window.printed")
        kiosk.page.emulate_media(media="print")
        expect(kiosk.page.locator(".card")).to_be_visible()
        for hidden in ("header", "#dock", ".card-actions", ".from-resident"):
            expect(kiosk.page.locator(hidden).first).to_be_hidden()
        kiosk.photograph(screenshots / "kiosk-slip.png")


def at_the_scanner(kiosk: ChatPage, number: str) -> None:
    kiosk.page.keyboard.type(number)
    kiosk.page.keyboard.press("Enter")


@pytest.mark.parametrize("width", KIOSK_SIZES)
def test_a_scanned_booking_of_today_is_checked_in_after_a_press(
    browser: Browser, address: str, office: FakeOffice, screenshots: Path, width: int
) -> None:
    lunch = {"title": "午餐", "place": "东风社区助餐点", "day": "5月12号，星期一", "time": "上午11点到12点半之间"}
    office.arrivals = {"21234567": {"outcome": "today", **lunch}, "21234568": {"outcome": "over", **lunch}}
    with ChatPage(browser, f"{address}/kiosk", width, KIOSK_SIZES[width]) as kiosk:
        without_voice(kiosk)
        window, words = kiosk.page.locator("#arrival"), kiosk.page.locator("#arrival-words")
        at_the_scanner(kiosk, "21234567")
        expect(words).to_have_text("午餐，东风社区助餐点，今天上午11点到12点半之间。您到了吗？")
        expect(kiosk.page.locator("#arrival-title")).to_be_focused()
        assert office.checked_in == []
        assert violations(kiosk.page) == []
        kiosk.photograph(screenshots / f"kiosk-arrival-{width}.png")
        kiosk.page.click("#arrival-yes")
        expect(words).to_contain_text("已经记下您到了")
        expect(kiosk.page.locator("#arrival-yes")).to_be_hidden()
        assert office.checked_in == ["21234567"]
        at_the_scanner(kiosk, "21234568")
        expect(words).to_contain_text("已经过去了")
        at_the_scanner(kiosk, "29999999")
        expect(words).to_contain_text("没有查到这个号码")
        kiosk.page.click("#arrival-person")
        expect(window).to_be_hidden()
        expect(kiosk.own.last).to_contain_text("人工")
        assert office.checked_in == ["21234567"]
        assert office.handled == ["人工"]


def test_a_scanner_never_confirms_by_its_own_enter(browser: Browser, address: str, office: FakeOffice) -> None:
    lunch = {"title": "午餐", "place": "东风社区助餐点", "day": "5月12号，星期一", "time": "上午11点"}
    office.arrivals = {"21234567": {"outcome": "today", **lunch}}
    with ChatPage(browser, f"{address}/kiosk") as kiosk:
        without_voice(kiosk)
        at_the_scanner(kiosk, "21234567")
        expect(kiosk.page.locator("#arrival-title")).to_be_focused()
        at_the_scanner(kiosk, "A-17")  # another slip is held under the scanner
        at_the_scanner(kiosk, "21234567")  # and this one a second time
        expect(kiosk.page.locator("#arrival-words")).to_contain_text("您到了吗")
        expect(kiosk.page.locator("#arrival-yes")).to_be_visible()
        assert office.checked_in == []
