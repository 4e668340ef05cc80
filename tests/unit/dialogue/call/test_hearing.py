"""Which reading of an utterance is taken, what is put right, and when we ask again."""

import pytest

from bot.dialogue.call.hearing import understand
from bot.speech.interface import Utterance

pytestmark = pytest.mark.unit


def heard(text: str, *alternatives: str, confidence: float = 0.9) -> Utterance:
    return Utterance(text, confidence, (), alternatives, 1.5)


def test_a_misheard_domain_word_is_put_right_and_told() -> None:
    understood = understand(heard("我要注餐"), awaiting=None, language="zh")
    assert understood.text == "我要助餐"
    assert understood.repaired == (("注", "助"),)
    assert understood.heard.text == "我要注餐"
    assert understood.sure


def test_the_reading_that_answers_the_question_wins() -> None:
    understood = understand(heard("尾号是二五把伞", "尾号是二五八三"), awaiting="tail", language="zh")
    assert understood.text == "尾号是二五八三"


def test_the_likeliest_reading_stays_when_it_answers() -> None:
    understood = understand(heard("下周三", "下周四"), awaiting="date", language="zh")
    assert understood.text == "下周三"


@pytest.mark.parametrize("awaiting", [None, "name", "place", "phone"])
@pytest.mark.parametrize("said", ["我叫朱灿", "一三九七二三五六八零四", "新华路十二号"])
def test_names_numbers_and_addresses_stay_as_heard(said: str, awaiting: str | None) -> None:
    assert understand(heard(said), awaiting=awaiting, language="zh").text == said


def test_little_confidence_asks_again() -> None:
    assert not understand(heard("今天的天气预报", confidence=0.2), awaiting=None, language="zh").sure


@pytest.mark.parametrize("call", ["救命", "人工", "取消"])
def test_calls_for_help_and_for_a_person_are_never_gated_away(call: str) -> None:
    assert understand(heard(call, confidence=0.05), awaiting=None, language="zh").sure


@pytest.mark.parametrize("said", ["人拱", "仁宫"])
def test_a_call_that_sounds_like_a_person_is_one(said: str) -> None:
    understood = understand(heard(said, confidence=0.3), awaiting="phone", language="zh")
    assert understood.text == "人工"
    assert understood.sure


def test_a_short_answer_is_not_taken_for_a_call() -> None:
    assert understand(heard("五分"), awaiting="score", language="zh").text == "五分"


def test_silence_is_nothing_and_not_sure() -> None:
    understood = understand(Utterance(), awaiting=None, language="zh")
    assert understood.text == ""
    assert not understood.sure


def test_english_words_are_left_alone() -> None:
    assert understand(heard("book a meal"), awaiting=None, language="en").text == "book a meal"
