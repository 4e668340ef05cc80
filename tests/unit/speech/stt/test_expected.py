"""A list of expected answers never decides alone."""

from collections.abc import Sequence

import pytest

from bot.speech.interface import Utterance
from bot.speech.stt.expected import Expected, acceptable, answers
from bot.turns import Language

pytestmark = pytest.mark.unit


def said(text: str, *alternatives: str, seconds: float = 2.0) -> Utterance:
    return Utterance(text, 0.8, (), alternatives, seconds)


class ScriptedEars:
    """Hears always the same, and counts how often it was asked."""

    def __init__(self, reading: Utterance) -> None:
        self.reading, self.grammars = reading, list[Sequence[str]]()

    def decode(self, audio: bytes, language: Language, grammar: Sequence[str] | None = None) -> Utterance:
        assert grammar is not None
        self.grammars.append(grammar)
        return self.reading

    def knows(self, word: str, language: Language) -> bool:
        return len(word) == 1 or word in ("明天", "下午", "东风", "社区")


def test_an_answer_that_sounds_like_what_was_heard_is_taken() -> None:
    first = said("尾号是二五把伞")
    opinion = Expected(ScriptedEars(said("尾号是二五八三"))).second_opinion(b"..", first, "zh", "tail")
    assert opinion.text == "尾号是二五八三"
    assert opinion.alternatives == ("尾号是二五把伞",)


def test_an_answer_in_other_sounds_is_refused() -> None:
    first = said("我想问一下医保怎么办")
    assert Expected(ScriptedEars(said("四三二一"))).second_opinion(b"..", first, "zh", "tail") is first


def test_a_free_reading_that_answers_is_not_questioned() -> None:
    ears = ScriptedEars(said("下周四"))
    first = said("下周三")
    assert Expected(ears).second_opinion(b"..", first, "zh", "date") is first
    assert not ears.grammars


@pytest.mark.parametrize("danger", ["救命", "家里着火了"])
def test_words_of_danger_are_not_heard_as_an_answer(danger: str) -> None:
    first = said(danger)
    assert Expected(ScriptedEars(said("九点"))).second_opinion(b"..", first, "zh", "time") is first


@pytest.mark.parametrize(
    ("language", "awaiting"), [("en", "date"), ("zh", None), ("zh", "description"), ("zh", "name")]
)
def test_there_is_no_list_for_free_answers(language: Language, awaiting: str | None) -> None:
    first = said("随便说说")
    assert Expected(ScriptedEars(said("明天"))).second_opinion(b"..", first, language, awaiting) is first


def test_a_reading_of_half_the_sound_is_not_enough() -> None:
    assert acceptable(said("尾号二五把伞"), said("二五八三", seconds=1.3), "tail")
    assert not acceptable(said("尾号二五把伞"), said("二五八三", seconds=1.1), "tail")


def test_lists_hold_only_known_words_and_are_always_the_same() -> None:
    ears = ScriptedEars(said(""))
    phrases = Expected(ears).phrases("date")
    assert phrases == Expected(ears).phrases("date")
    assert all(ears.knows(word, "zh") for phrase in phrases for word in phrase.split())


@pytest.mark.parametrize(
    ("text", "awaiting", "holds"),
    [("下周三吧", "date", True), ("好的", "date", False), ("上午", "time", True), ("三分", "score", True),
     ("幺三九七二三五六八零四", "phone", True), ("幺三九七二", "phone", False), ("不对", "confirmation", True),
     ("就新街那边", "place", True), ("两份", "count", True), ("二五八三", "tail", True)],
)  # fmt: skip
def test_what_counts_as_an_answer(text: str, awaiting: str, holds: bool) -> None:
    assert answers(text, awaiting) is holds
