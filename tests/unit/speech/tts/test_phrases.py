"""Replies cut into phrases: the first comes early, and nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech.tts.phrases import FIRST_LENGTH, LONGEST, cut, fixed_phrases, sentence_begin, speakable

pytestmark = pytest.mark.unit

WELCOME = "您好,我是大冶街道的自动助手邻语。我能回答改革方案里的问题,帮您预约服务,记下投诉。想找工作人员,随时说人工。"
ENGLISH = (
    "Hello, I am Linyu, the automatic assistant of Daye Subdistrict. I can answer questions on the reform plan, book "
    "services and take complaints. To reach a person, just say person."
)


@settings(deadline=None)
@given(st.text(alphabet="您好大冶,。!?、的了一二三幺零 ab.1,…“”😀\n:", max_size=300))
def test_phrases_joined_are_the_reply(text: str) -> None:
    assert "".join(cut(text)) == text


@pytest.mark.parametrize("text", [WELCOME, ENGLISH])
def test_the_first_phrase_is_short(text: str) -> None:
    first = cut(text)[0]
    assert len(first) <= FIRST_LENGTH * (1 if text is WELCOME else 3)


@pytest.mark.parametrize("text", [WELCOME, "这是一句没有任何标点而且特别长" * 20, "我们在社区里做了的事" * 30])
def test_no_chinese_phrase_is_long(text: str) -> None:
    assert max(len(phrase) for phrase in cut(text)) <= LONGEST


def test_a_short_reply_stays_whole() -> None:
    assert cut("您想约哪一天?") == ["您想约哪一天?"]
    assert cut("Which day would you like?") == ["Which day would you like?"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("预约好了,您的预约号是,幺二三四,五六七八,请您一定要记住这个号码。", "幺二三四,五六七八"),
        ("您的电话是幺三九,零零零零,幺二三四,对吗?我们会在办好以后打这个电话通知您本人。", "幺三九,零零零零,幺二三四"),
        ("Your number is one two three four, five six seven eight, and we shall call you on Monday at half past nine.",
         "one two three four, five six seven eight"),
    ],
)  # fmt: skip
def test_the_groups_of_a_number_stay_together(text: str, number: str) -> None:
    assert [phrase for phrase in cut(text) if number in phrase]


def test_a_number_is_not_cut_even_where_nothing_else_could_be() -> None:
    number = "一二三四五六七八九零" * 5
    assert [phrase for phrase in cut(f"这是{number}号") if number in phrase]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert cut("Mr. Li is at No. 5 from 2 p. m. on.") == ["Mr. Li is at No. 5 from 2 p. m. on."]


def test_english_words_stay_whole() -> None:
    text = "word " * 80
    assert all(phrase.endswith(" ") and set(phrase.split()) == {"word"} for phrase in cut(text))
    assert max(len(phrase) for phrase in cut(text)) <= 3 * LONGEST


def test_every_phrase_has_something_to_say() -> None:
    assert all(speakable(phrase) for phrase in cut("……好。!!!😀😀。再见!?"))
    assert cut("😀👍") == ["😀👍"]
    assert cut("") == []


def test_a_sentence_is_cut_alike_wherever_it_stands() -> None:
    assert set(cut("确认预约吗?")) <= set(cut("我念一遍:助餐,明天中午。为办这件事,我们会保存电话。确认预约吗?"))


TEMPLATE = "我念一遍:{title},姓名{name}。为办这件事,我们会保存电话。确认预约吗?"


def test_of_a_template_its_beginning_and_sentences_without_slots_are_fixed() -> None:
    known = fixed_phrases(["您好。"], [TEMPLATE, "{name},您好。", "好的,先记下,{name}。"])
    assert known == ["您好。", "我念一遍:", "好的,先记下,", "为办这件事,我们会保存电话。", "确认预约吗?"]


def test_a_personal_reply_begins_with_what_lies_ready_and_goes_on_shortly() -> None:
    known = fixed_phrases([], [TEMPLATE])
    told = TEMPLATE.format(title="助餐,十二月四号,星期五中午十一点半,两位", name="王秀英")
    first, second, *_ = cut(told, known.__contains__)
    assert (first, second) == ("我念一遍:", "助餐,十二月四号,")
    assert "".join(cut(told, known.__contains__)) == told


@pytest.mark.parametrize("text", [WELCOME, ENGLISH, "好的,我给您转接工作人员,请不要挂机,一会儿就好。"])
def test_a_fixed_reply_is_cut_as_it_was_rendered(text: str) -> None:
    known = {*fixed_phrases([text], ["好的,{name}。"]), "您好,", "Hello, "}
    assert cut(text, known.__contains__) == cut(text)


def test_the_beginning_of_a_sentence_is_found_from_within_it() -> None:
    phrases = ["您好,", "我是自动助手。", "请问,", "有什么可以帮您?", "再见。"]
    assert [sentence_begin(phrases, index) for index in range(6)] == [0, 0, 2, 2, 4, 5]
