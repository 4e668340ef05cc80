"""The chat page for everyone: docs/accessibility.md makes these promises, here a machine checks what it can."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_page import BOX, ChatPage
from tests.browser.pictures import take_picture
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser

SIZES = {320: 640, 1280: 800}
WIDTHS = pytest.mark.parametrize("width", SIZES)
MODES = pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
LANGUAGES = pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])

TARGETS = """() => Array.from(document.querySelectorAll("button, summary, textarea, a[href], label:has(input)"))
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.matches(".skip-link"))
    .map(e => [e.textContent.trim() || e.id, e.getBoundingClientRect().width, e.getBoundingClientRect().height])"""

# Every element with words of its own: their size, line height and contrast with what is painted behind them.
WORDS = """() => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = element => {
        for (let e = element; e; e = e.parentElement) {
            const colour = channels(getComputedStyle(e).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    return Array.from(document.querySelectorAll("body *")).filter(e =>
        e.checkVisibility({visibilityProperty: true}) && !e.matches(".unseen, .skip-link, noscript *, script, svg *") &&
        Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim())
    ).map(e => {
        const style = getComputedStyle(e);
        const [a, b] = [light(channels(style.color)), light(ground(e))].sort((x, y) => y - x);
        const size = parseFloat(style.fontSize);
        return {words: e.textContent.trim().slice(0, 30), size, line: parseFloat(style.lineHeight) / size,
                contrast: (a + 0.05) / (b + 0.05)};
    });
}"""


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@WIDTHS
@MODES
@LANGUAGES
def test_axe_finds_nothing(
    browser: Browser, address: str, office: FakeOffice, screenshots: Path, width: int, elder: bool, english: bool
) -> None:
    name = f"chat-{width}-{'elder' if elder else 'normal'}-{'en' if english else 'zh'}"
    with ChatPage(browser, address, width, SIZES[width], english, elder, agreed=False) as chat:
        take_picture(chat.page, screenshots / f"{name}-1-consent.png")
        assert violations(chat.page) == []
        chat.page.click("#agree")
        expect(chat.replies).to_have_count(1)
        take_picture(chat.page, screenshots / f"{name}-2-start.png")
        assert violations(chat.page) == []
        chat.have_a_rich_conversation()
        chat.photograph(screenshots / f"{name}-3-conversation.png")
        assert violations(chat.page) == []
        office.unavailable = 1
        chat.type("你好")
        expect(chat.status).to_have_attribute("data-tone", "trouble")
        take_picture(chat.page, screenshots / f"{name}-4-connection-lost.png")
        assert violations(chat.page) == []
        chat.page.click("#rate-here button")
        take_picture(chat.page, screenshots / f"{name}-5-rating.png")
        assert violations(chat.page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@MODES
@WIDTHS
def test_words_are_large_clear_and_airy(browser: Browser, address: str, width: int, elder: bool, dark: bool) -> None:
    with ChatPage(browser, address, width, SIZES[width], elder=elder, dark=dark, agreed=False) as chat:
        at_consent = chat.measure(WORDS)
        chat.page.click("#agree")
        expect(chat.replies).to_have_count(1)
        at_start = chat.measure(WORDS)
        chat.have_a_rich_conversation()
        in_conversation = chat.measure(WORDS)
        chat.page.click("#rate-here button")
        seen = at_consent + at_start + in_conversation + chat.measure(WORDS)
    assert len(in_conversation) > 30
    assert [word for word in seen if word["size"] < (18 if elder else 16)] == []
    assert [word for word in seen if elder and word["line"] < 1.499] == []
    assert [word for word in seen if word["contrast"] < (7 if elder else 4.5)] == []


@MODES
@WIDTHS
@LANGUAGES
def test_targets_are_easy_to_hit(browser: Browser, address: str, width: int, elder: bool, english: bool) -> None:
    least = 60 if elder else 44
    with ChatPage(browser, address, width, SIZES[width], english, elder, agreed=False) as chat:
        targets = chat.measure(TARGETS)
        chat.page.click("#agree")
        expect(chat.replies).to_have_count(1)
        targets += chat.measure(TARGETS)
        chat.have_a_rich_conversation()
        chat.page.click("#more summary")
        targets += chat.measure(TARGETS)
        chat.page.locator(".menu [data-opens=rating]").click()
        targets += chat.measure(TARGETS)
    assert len(targets) > 25
    assert [target for target in targets if min(target[1:]) < least - 0.01] == []


def test_elder_text_grows_to_thirty_pixels_and_everything_still_fits(
    browser: Browser, address: str, screenshots: Path
) -> None:
    with ChatPage(browser, address, 320, 640, elder=True) as chat:
        chat.have_a_rich_conversation()
        for _ in range(5):
            chat.page.click("#larger")
        expect(chat.status).to_have_text("已经是最大的字了")
        assert min(word["size"] for word in chat.measure(WORDS)) >= 30
        assert chat.measure("document.documentElement.scrollWidth") <= 320
        chat.photograph(screenshots / "chat-320-elder-zh-30px.png")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256)], ids=["320 pixels", "400 percent of 1280"])
@MODES
@LANGUAGES
def test_nothing_needs_scrolling_sideways(
    browser: Browser, address: str, screenshots: Path, width: int, height: int, elder: bool, english: bool
) -> None:
    with ChatPage(browser, address, width, height, english, elder) as chat:
        chat.have_a_rich_conversation()
        assert chat.measure("document.documentElement.scrollWidth") <= width
        right = "Math.max(...Array.from(document.querySelectorAll('main *'), e => e.getBoundingClientRect().right))"
        assert chat.measure(right) <= width
        take_picture(chat.page, screenshots / f"chat-zoom-{height}-{'elder' if elder else 'normal'}.png")


def test_at_a_high_zoom_nothing_covers_what_is_read(browser: Browser, address: str) -> None:
    with ChatPage(browser, address, 320, 256) as chat:
        chat.have_a_rich_conversation()
        positions = chat.measure("['header', '#dock'].map(s => getComputedStyle(document.querySelector(s)).position)")
        assert "sticky" not in positions


def test_the_newest_reply_is_not_hidden_behind_the_message_box(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        chat.say("东风社区的路灯不亮了")
        chat.wait_until(
            """document.querySelector('.answers').getBoundingClientRect().bottom
               <= document.querySelector('#dock').getBoundingClientRect().top"""
        )


def test_all_of_it_works_with_the_keyboard_alone(browser: Browser, address: str, office: FakeOffice) -> None:
    """From the top of the page through consent, a booking, its sources, a person and a rating."""
    with ChatPage(browser, address, 1280, 800, agreed=False) as chat:
        keys = chat.page.keyboard
        expect(chat.page.get_by_text("0714-0000000").first).to_be_visible()  # the office's number comes a moment later
        order = []
        for _ in range(8):
            keys.press("Tab")
            order.append(chat.measure("document.activeElement.textContent.trim()"))
        assert order == ["跳到输入框", "English", "长辈版", "更多", "人工", "0714-0000000", "同意并开始", "暂不同意"]
        keys.press("Shift+Tab")
        keys.press("Enter")
        expect(chat.page.locator(BOX)).to_be_focused()

        keys.type("到2025年养老床位有多少？")
        keys.press("Enter")
        expect(chat.replies).to_have_count(2)
        keys.press("Alt+l")
        expect(chat.replies.last).to_be_focused()
        keys.press("Tab")
        keys.press("Enter")
        expect(chat.page.locator(".sources li").first).to_be_visible()

        keys.press("Alt+m")
        keys.type("帮我订一份")
        keys.press("Shift+Enter")
        keys.type("明天中午的饭")
        expect(chat.page.locator(BOX)).to_have_value("帮我订一份\n明天中午的饭")
        chat.page.fill(BOX, "帮我订一份明天中午的饭")
        keys.press("Enter")
        expect(chat.replies).to_have_count(3)
        keys.press("Alt+l")
        keys.press("Tab")
        keys.press("Enter")
        expect(chat.page.locator(".card-booking")).to_be_visible()
        expect(chat.page.locator(BOX)).to_be_focused()

        keys.press("Alt+h")
        expect(chat.page.locator(".card-handover")).to_be_visible()
        chat.page.locator("#rate-here button").focus()
        keys.press("Enter")
        keys.press("Space")
        for _ in range(2):
            keys.press("Tab")
        keys.press("Enter")
        expect(chat.status).to_have_text("谢谢您的评价。")
    assert office.ratings == [(5, "")]


def test_single_letters_are_never_taken(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.measure("document.activeElement.blur()")
        for letter in "abcdefghijklmnopqrstuvwxyz?/":
            chat.page.keyboard.press(letter)
        assert office.tries == []
        assert chat.measure("document.activeElement === document.body")


def test_enter_that_ends_a_chinese_input_does_not_send(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.fill(BOX, "ludeng")
        chat.measure(
            """() => document.getElementById("message-box").dispatchEvent(
                new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
        )
        chat.page.wait_for_timeout(200)
        assert office.tries == []
        expect(chat.page.locator(BOX)).to_have_value("ludeng")


def test_replies_are_announced_and_history_is_not(browser: Browser, address: str) -> None:
    # Writes down how the log is announced at the moment each message is put into it.
    spy = """new MutationObserver(list => {
        for (const {target, addedNodes} of list)
            if (target.id === "log" && addedNodes.length) (window.heard ||= []).push(target.getAttribute("aria-live"));
    }).observe(document, {childList: true, subtree: true})"""
    with ChatPage(browser, address) as chat:
        chat.page.add_init_script(spy)
        log = chat.page.get_by_role("log", name="对话")
        expect(log).to_have_attribute("aria-live", "polite")
        reply = chat.say("你好")
        expect(reply.locator(".speaker")).to_have_text("邻语")
        expect(chat.own.last.locator(".speaker")).to_have_text("您")
        chat.page.reload()
        expect(chat.replies).to_have_count(2)
        expect(log).to_have_attribute("aria-live", "polite")
        assert set(chat.measure("window.heard")) == {"off"}
        chat.say("你好")
        assert chat.measure("window.heard")[-1] == "polite"


def test_nothing_moves_for_those_who_asked_for_no_motion(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        office.slow_seconds = 1.0
        chat.type("你好")
        expect(chat.page.locator("#typing")).not_to_be_empty()
        assert chat.measure("document.getAnimations().length") == 0


def test_a_printed_conversation_has_its_words_and_sources_only(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("到2025年养老床位有多少？")
        chat.measure("window.dispatchEvent(new Event('beforeprint'))")
        chat.page.emulate_media(media="print")
        expect(chat.replies.last).to_be_visible()
        expect(chat.page.locator(".sources li").first).to_be_visible()
        for gone in ("#dock", "#controls", "#person"):
            expect(chat.page.locator(gone)).to_be_hidden()


@WIDTHS
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
