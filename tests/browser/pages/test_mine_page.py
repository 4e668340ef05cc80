"""My matters in a real Chromium: on the device that told them and on another one, by keyboard, in both languages."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.services.bookings import bookings, offerings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Powers, Request
from bot.settings import ROOT
from bot.store.store import Store
from tests.browser.console.console_page import SIZES, ConsolePage

pytestmark = pytest.mark.browser
PHONE = "13900001234"


def told(console: str, store: Store, english: bool) -> str:
    """A script that gives the browser a conversation with a booking and a case."""
    opened = httpx.post(f"{console}/api/v1/conversations", json={"language": "en" if english else "zh"}).json()
    now, talk = wiring.now(), opened["conversation_id"]
    offerings.load_demo(store, ROOT / "data" / "policy" / "offerings.csv")
    day = now.date() + timedelta(days=1 if now.weekday() < 4 else 7 - now.weekday())
    [window, *_] = bookings.availability(store, "meal-xinjie", day, at=None, part=None, party=1, now=now).windows
    request = BookingRequest(
        "meal-xinjie", day, window.starts, 1, "测试甲", PHONE, None, None, None, talk, "m1", "zh", "web"
    )
    bookings.book(store, request, now)
    complaint = ComplaintRequest("noise", "东风社区", "夜里吵", False, "测试甲", PHONE, talk, "m2", "zh", "web")
    cases.file_case(store, complaint, now, targets=Targets())
    known = f'{{"id": "{talk}", "token": "{opened["token"]}"}}'
    return f"localStorage.setItem('linyu.conversation', '{known}')"


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("width", SIZES)
def test_all_of_one_person_is_there_and_is_changed_there(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, english: bool
) -> None:
    script = told(console, store, english)
    name = f"mine-{width}-{'en' if english else 'zh'}"
    with ConsolePage(browser, console, width, english=english, dark=english) as visit:
        page = visit.open("/mine")
        assert visit.violations() == []
        visit.photograph(screenshots / f"{name}-form.png")
        page.get_by_label("Six-digit code" if english else "六位验证码").fill("123456")
        page.get_by_label("The phone number" if english else "办事时留的电话").fill(PHONE)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("not right" if english else "验证码不对")
        page.evaluate(script)
        page.reload()
        expect(page.locator("article")).to_have_count(2)
        case = page.locator("article", has=page.locator("[data-may=chase]:visible"))
        case.locator("summary").click()
        case.locator("[data-may=chase]").click()
        expect(page.get_by_role("status")).to_contain_text("Staff can see" if english else "催了")
        case.locator("summary").click()
        expect(case.locator(".steps li")).to_have_count(2)
        case.locator("[data-may=add]").click()
        page.keyboard.type("again last night")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(case.locator("dd", has_text="again last night")).to_be_visible()
        booking = page.locator("article", has=page.locator("[data-may=cancel]:visible"))
        with page.expect_download() as file:
            booking.locator("[data-may=calendar]").click()
        assert "BEGIN:VEVENT" in Path(file.value.path()).read_text()
        status = page.get_by_role("status")
        booking.locator("[data-may=cancel]").click()
        note, first = status.bounding_box(), page.locator("article").first.bounding_box()
        assert note is None or first is None or note["y"] + note["height"] <= first["y"]  # it lies over no card
        visit.photograph(screenshots / f"{name}-list.png")
        assert visit.violations() == []
        page.locator("[data-sure]:visible").click()
        expect(page.locator("article .badge", has_text="Cancelled" if english else "已取消")).to_be_visible()


def test_another_device_needs_phone_and_the_shown_code_and_keeps_nothing(
    browser: Browser, console: str, store: Store
) -> None:
    script = told(console, store, english=False)
    with ConsolePage(browser, console) as here, ConsolePage(browser, console, 320) as there:
        here.open("/mine").evaluate(script)
        here.page.reload()
        here.page.get_by_role("button", name="在别的设备上看").click()
        expect(here.page.locator("#shown-code")).to_contain_text("验证码是")
        code = "".join(filter(str.isdigit, here.page.locator("#shown-code").inner_text()))[:6]
        page = there.open("/mine")
        page.get_by_label("办事时留的电话").fill(PHONE)
        page.get_by_label("六位验证码").fill(code)
        page.get_by_role("button", name="查看", exact=True).click()
        expect(page.locator("article")).to_have_count(2)
        assert PHONE not in page.url
        page.get_by_role("button", name="看完了，关闭").click()
        expect(page.locator("article")).to_have_count(0)
        assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"
        page.reload()
        expect(page.get_by_label("六位验证码")).to_have_value("")
        expect(page.locator("article")).to_have_count(0)


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_a_mandate_is_ended_there_after_one_more_word(
    browser: Browser, console: str, store: Store, screenshots: Path, english: bool
) -> None:
    opened = httpx.post(f"{console}/api/v1/conversations", json={"language": "en" if english else "zh"}).json()
    now, talk = wiring.now(), opened["conversation_id"]
    day = now.date() + timedelta(days=90)
    give = Request(PHONE, "我女儿", Powers.BOOKINGS, day, talk, "m1", "zh", "web")
    number = mandates.give(store, give, now)[0].number
    with ConsolePage(browser, console, 320, english=english) as visit:
        page = visit.open("/mine")
        known = f'{{"id": "{talk}", "token": "{opened["token"]}"}}'
        page.evaluate(f"localStorage.setItem('linyu.conversation', '{known}')")
        page.reload()
        mandate = page.locator("article", has_text=number)
        expect(mandate.locator("h4")).to_have_text("您女儿 acts for you" if english else "您女儿替您办事")
        end = mandate.locator("[data-may=end]")
        end.click()
        mandate.locator("[data-go-on]").click()
        expect(mandate.locator("[data-end]")).to_be_hidden()
        end.press("Enter")
        visit.photograph(screenshots / f"mine-mandate-{'en' if english else 'zh'}.png")
        assert visit.violations() == []
        mandate.locator("[data-end]").click()
        expect(page.get_by_role("status")).to_contain_text("ended" if english else "停了")
        expect(mandate.locator(".badge")).to_have_text("Ended" if english else "已停止")
        assert visit.violations() == []
    assert mandates.get(store, number, now).state == "ended"
