"""The chat page in a real Chromium, before a fake office: what a resident can do there."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from api.webchat.page import files, fingerprint
from tests.browser.chat_page import BOX, OWN, ChatPage
from tests.fakes import FakeOffice

pytestmark = pytest.mark.browser

PHOTO: FilePayload = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 a small picture"}


def kept(page: Page, name: str) -> str:
    """What this device remembers under a name, "null" for nothing."""
    return str(page.evaluate(f"String(localStorage.getItem('linyu.{name}'))"))


def test_nothing_is_sent_before_the_resident_agrees(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address, agreed=False) as chat:
        expect(chat.page.locator("#consent")).to_be_visible()
        expect(chat.page.locator(BOX)).to_be_hidden()
        chat.page.click("#person")
        expect(chat.page.locator("#consent-answer")).to_contain_text(office.operator_phone)
        chat.page.click("#refuse")
        expect(chat.page.locator("#consent-answer")).to_contain_text("什么都没有保存")
        assert office.conversations == {}
        chat.page.click("#agree")
        expect(chat.replies).to_have_count(1)
        expect(chat.page.locator(BOX)).to_be_focused()
        assert len(office.conversations) == 1


def test_consent_is_asked_only_once(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.reload()
        expect(chat.replies).to_have_count(1)
        expect(chat.page.locator("#consent")).to_be_hidden()


def test_an_answer_shows_its_sources_when_unfolded(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        reply = chat.say("到2025年养老床位有多少？")
        expect(reply).to_contain_text("450张")
        source = reply.locator(".sources li").first
        expect(source).to_be_hidden()
        reply.locator("summary").click()
        expect(source).to_have_text("《大冶街道改革方案》第3.1节 · 总体目标")


def test_an_example_starts_the_conversation(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        expect(chat.page.locator(".example")).to_have_count(4)
        chat.page.locator(".example").nth(1).click()
        expect(chat.replies).to_have_count(2)
        expect(chat.page.locator("#examples")).to_be_hidden()
        assert office.handled == ["帮我订一份明天中午的饭"]


def test_a_quick_reply_is_said_as_text_and_old_ones_go_away(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("帮我订一份明天中午的饭")
        expect(chat.page.locator(".answer")).to_have_text(["对", "不对", "取消"])
        chat.page.locator(".answer").first.click()
        expect(chat.replies).to_have_count(3)
        expect(chat.page.locator(".answer")).to_have_count(0)
        assert office.handled[-1] == "对"


def test_the_number_of_a_booking_can_be_copied_and_the_page_says_so(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        chat.say("帮我订一份明天中午的饭")
        card = chat.say("对").locator(".card-booking")
        expect(card).to_contain_text("东风社区助餐点")
        card.get_by_role("button", name="复制编号").click()
        expect(chat.status).to_have_text("编号已复制")
        assert chat.measure("navigator.clipboard.readText()") == "B7K3-92QX"


def test_the_check_code_of_an_anonymous_case_stands_on_its_card_and_is_copied_too(
    browser: Browser, address: str
) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        card = chat.say("匿名").locator(".card-case")
        expect(card.locator(".facts")).to_contain_text("4821")
        card.get_by_role("button", name="复制编号").click()
        expect(chat.status).to_have_text("编号已复制")
        assert chat.measure("navigator.clipboard.readText()") == "C4M8-17TR 查询码 4821"


def test_the_number_can_be_copied_where_there_is_no_clipboard(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.measure("() => Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        chat.say("人工").get_by_role("button", name="复制编号").click()
        expect(chat.status).to_contain_text("编号已")
        assert chat.measure("String(getSelection())") == "H2P5-60WD"


def test_a_person_is_one_press_away_in_both_languages(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.click("#person")
        expect(chat.page.locator(".card-handover")).to_be_visible()
    with ChatPage(browser, address, english=True) as chat:
        chat.page.click("#person")
        expect(chat.page.locator(".card-handover")).to_be_visible()
    assert office.handled == ["人工", "I want a person"]


def test_a_person_stays_in_sight_in_a_long_conversation(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.have_a_rich_conversation()
        for place in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
            chat.measure(f"window.scrollTo(0, {place})")
            expect(chat.page.locator("#person")).to_be_in_viewport(ratio=1)


def test_an_emergency_offers_the_call_itself(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        link = chat.say("胸口疼").get_by_role("link", name="拨打 120")
        expect(link).to_have_attribute("href", "tel:120")


def test_the_typing_sign_shows_while_the_office_thinks(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        office.slow_seconds = 1.0
        chat.type("你好")
        expect(chat.page.locator("#typing")).to_have_text("邻语正在回复……")
        expect(chat.replies).to_have_count(2)
        expect(chat.page.locator("#typing")).to_be_empty()


def test_a_reload_keeps_the_conversation(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("到2025年养老床位有多少？")
        chat.say("帮我订一份明天中午的饭")
        before = chat.page.locator("#log .words").all_inner_texts()
        chat.page.reload()
        expect(chat.replies).to_have_count(3)
        assert chat.page.locator("#log .words").all_inner_texts() == before
        expect(chat.page.locator(".answer")).to_have_count(3)
        chat.say("对")
        assert len(office.conversations) == 1


def test_a_conversation_that_is_gone_becomes_a_new_one(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        office.conversations.clear()
        chat.page.reload()
        expect(chat.page.locator(".note")).to_have_text("上次的对话已经结束，为您开始了新的对话。")
        chat.say("您好")
        office.conversations.clear()
        chat.type("还在吗")
        expect(chat.own).to_have_count(1)
        expect(chat.replies.last).to_contain_text("您说的是：还在吗")
        assert office.handled == ["你好", "您好", "还在吗"]


def test_a_new_conversation_forgets_the_old_one_on_this_device(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        before = kept(chat.page, "conversation")
        chat.page.click("#more summary")
        chat.page.locator(".menu [data-opens=new]").click()
        chat.page.click("#start-again")
        expect(chat.status).to_have_text("新对话已开始。")
        expect(chat.own).to_have_count(0)
        expect(chat.page.locator("#examples")).to_be_visible()
        assert kept(chat.page, "conversation") != before
        assert len(office.conversations) == 2


def test_news_come_by_themselves(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        office.add_notice("您反映的路灯已经修好了。")
        chat.page.clock.fast_forward("00:31")
        expect(chat.replies.last).to_contain_text("您反映的路灯已经修好了。")
        expect(chat.replies.last).to_contain_text("新消息")
        chat.page.clock.fast_forward("00:31")
        chat.page.wait_for_load_state("networkidle")
        expect(chat.replies).to_have_count(3)


def test_news_are_there_when_the_resident_returns(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        office.add_notice("您订的饭改到十二点。")
        chat.page.reload()
        expect(chat.replies.last).to_contain_text("您订的饭改到十二点。")


def test_a_photo_goes_with_the_problem_being_reported(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        button = chat.page.get_by_role("button", name="添加照片")
        expect(button).to_be_hidden()
        chat.say("东风社区的路灯不亮了")
        expect(button).to_be_visible()
        chat.page.set_input_files("#photo-file", PHOTO)
        expect(chat.status).to_have_text("照片已收到，会和您反映的问题放在一起。")
        assert office.photos == [PHOTO["buffer"]]
        chat.say("金山路3栋旁")
        expect(button).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("a.pdf", b"%PDF", "这个文件不是照片"),
        ("b.jpg", b"\xff\xd8" + bytes(10 * 1024 * 1024), "照片太大了"),
        ("c.jpg", b"not a picture", "这张照片打不开，请换一张。"),
    ],
    ids=["no picture by name", "too large", "no picture inside"],
)
def test_a_photo_that_cannot_be_kept_is_answered_clearly(
    browser: Browser, address: str, office: FakeOffice, tmp_path: Path, name: str, content: bytes, answer: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with ChatPage(browser, address) as chat:
        chat.say("东风社区的路灯不亮了")
        chat.page.set_input_files("#photo-file", tmp_path / name)
        expect(chat.status).to_contain_text(answer)
        assert office.photos == []


def test_a_rating_needs_a_choice_and_is_thanked_for(browser: Browser, address: str, office: FakeOffice) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        chat.page.click("#rate-here button")
        chat.page.get_by_role("button", name="提交评价").click()
        expect(chat.page.get_by_role("alert")).to_have_text("请先选一项，再提交。")
        chat.page.get_by_label("满意", exact=True).check()
        chat.page.fill("#rating-comment", "很快")
        chat.page.get_by_role("button", name="提交评价").click()
        expect(chat.status).to_have_text("谢谢您的评价。")
        expect(chat.page.locator("#rate-here button")).to_be_focused()
    assert office.ratings == [(4, "很快")]


def test_the_choice_of_language_changes_every_word_and_the_page_itself(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.click("#other-language")
        expect(chat.replies.first).to_contain_text("automatic assistant")
        assert chat.measure("document.documentElement.lang") == "en"
        words = chat.measure(
            """() => [
                ...Array.from(document.querySelectorAll("[data-text]:not(#other-language)"), e => e.textContent),
                ...Array.from(document.querySelectorAll("[data-label]"), e => e.ariaLabel),
                ...Array.from(document.querySelectorAll("[data-hint]"), e => e.placeholder)]"""
        )
        assert len(words) > 60
        assert not [word for word in words if re.search(r"[\u4e00-\u9fff]", word)]
        chat.page.reload()
        expect(chat.page.locator("#person")).to_have_text("A person")


def test_the_assistant_is_told_when_the_language_changes_on_the_way(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        chat.say("你好")
        chat.page.click("#other-language")
        expect(chat.replies).to_have_count(3)
        assert office.handled[-1] == "Please answer in English"
        expect(chat.replies.first.locator(".speaker")).to_have_text("Linyu")


def test_the_chosen_mode_is_remembered(browser: Browser, address: str) -> None:
    with ChatPage(browser, address, elder=True) as chat:
        chat.page.click("#larger")
        expect(chat.status).to_have_text("字号 22")
        chat.page.reload()
        expect(chat.page.get_by_role("switch", name="长辈版")).to_have_attribute("aria-checked", "true")
        assert chat.measure("getComputedStyle(document.documentElement).fontSize") == "22px"


def test_a_message_near_the_limit_is_counted_and_one_beyond_is_not_sent(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address) as chat:
        counter = chat.page.locator("#counter")
        chat.page.fill(BOX, "路" * 1799)
        expect(counter).to_be_hidden()
        chat.page.fill(BOX, "路" * 1990)
        expect(counter).to_have_text("还可以写 10 个字")
        chat.type("路" * 2001)
        expect(counter).to_contain_text("超过 2000 个字")
        expect(chat.status).to_contain_text("请删短一些")
        assert office.tries == []
        chat.say("路" * 2000)


def test_ten_megabytes_pasted_get_a_clear_answer(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.measure(
            """() => {
                const data = new DataTransfer();
                data.setData("text/plain", "x".repeat(10 * 1024 * 1024));
                const event = new ClipboardEvent("paste", {clipboardData: data, cancelable: true, bubbles: true});
                document.getElementById("message-box").dispatchEvent(event);
            }"""
        )
        expect(chat.status).to_contain_text("10485760 个字，太长了")
        expect(chat.page.locator(BOX)).to_have_value("")


def test_words_that_look_like_code_stay_words(browser: Browser, address: str, office: FakeOffice) -> None:
    attack = "<img src=x onerror=\"document.title='hacked'\"><script>alert(1)</script>{{7*7}}"
    with ChatPage(browser, address) as chat:
        expect(chat.say(attack)).to_contain_text(attack)
        expect(chat.own.last).to_contain_text(attack)
        office.add_notice(attack)
        chat.page.reload()
        expect(chat.replies.last).to_contain_text(attack)
        assert chat.page.locator("#log img, #log script").count() == 0
        assert chat.page.title() == "邻语 · 大冶街道"


def test_the_menu_and_windows_close_with_escape_and_give_the_focus_back(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        summary = chat.page.locator("#more summary")
        summary.click()
        chat.page.locator(".menu [data-opens=help]").click()
        expect(chat.page.get_by_role("dialog", name="使用帮助")).to_be_visible()
        chat.page.keyboard.press("Escape")
        expect(chat.page.locator("dialog[open]")).to_have_count(0)
        expect(summary).to_be_focused()


def test_every_text_exists_in_both_languages_and_is_used(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        texts = chat.measure(f"import('/static/{fingerprint()}/texts.js').then(module => module.texts)")
    assert texts["zh"].keys() == texts["en"].keys()
    for key in texts["zh"]:
        holes = [sorted(re.findall(r"{(\w+)}", texts[language][key])) for language in ("zh", "en")]
        assert holes[0] == holes[1], key
    code = "\n".join(file.body.decode() for name, file in files().items() if name != "texts.js")
    made_up = re.compile(
        r"^(example_\d(_topic)?|arrival_\w+|card_\w+|fact_\w+|mic_[a-z]+|(rate|volume)_(\d|least|most))$"
    )
    unused = [key for key in texts["zh"] if not re.search(rf'"{key}"', code) and not made_up.match(key)]
    assert unused == []


def test_the_microphone_is_not_offered_before_the_resident_agrees(browser: Browser, address: str) -> None:
    with ChatPage(browser, address, agreed=False) as chat:
        expect(chat.page.locator("#talk")).to_be_hidden()
        chat.page.click("#agree")
        expect(chat.page.locator("#talk")).to_be_visible()


def test_the_second_press_of_a_double_click_on_agree_says_nothing(
    browser: Browser, address: str, office: FakeOffice
) -> None:
    with ChatPage(browser, address, agreed=False) as chat:
        chat.page.eval_on_selector(
            "#agree",
            """agree => {
                agree.click();
                const second = new MouseEvent("click", { bubbles: true, detail: 2 });
                document.querySelector("#examples button").dispatchEvent(second);
            }""",
        )
        expect(chat.replies).to_have_count(1)
        expect(chat.page.locator(OWN)).to_have_count(0)
        chat.page.locator("#examples button").first.click()
        expect(chat.page.locator(OWN)).to_have_count(1)


def test_after_a_reload_the_examples_do_not_come_back_under_what_was_said(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        chat.page.locator("#examples button").first.click()
        expect(chat.replies).to_have_count(2)
        chat.page.reload()
        expect(chat.replies).to_have_count(2)
        expect(chat.page.locator("#examples")).to_be_hidden()


def test_an_english_reply_with_a_chinese_name_is_read_as_english(browser: Browser, address: str) -> None:
    with ChatPage(browser, address) as chat:
        languages = chat.page.evaluate(
            """async () => {
                const { languageOf } = await import(document.querySelector("script[type=module]").src.replace("chat.js", "language.js"));
                return ["Jiuyetong (就业通) is a mini program", "手机上用APP就行", "OK"].map(languageOf);
            }"""
        )
        assert languages == ["en", "zh-CN", "en"]
