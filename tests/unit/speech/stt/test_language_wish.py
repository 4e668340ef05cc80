"""Only an explicit wish for the other language is ever heard in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.speech.interface import Utterance
from bot.speech.stt.language_wish import OTHER, UNSURE, WISHES, LanguageWish
from bot.turns import Language
from tests.speech_fakes import utterance

pytestmark = pytest.mark.unit
TWO_SECONDS = bytes(64000)


@dataclass
class ScriptedRecogniser:
    """Hears this among phrases, and that freely."""

    among_phrases: Utterance
    freely: str
    asked: list[tuple[Language, bool]] = field(default_factory=list)

    def decode(self, audio: bytes, language: Language, grammar: Sequence[str] | None = None) -> Utterance:
        self.asked.append((language, grammar is not None))
        return self.among_phrases if grammar is not None else utterance(self.freely)

    def knows(self, word: str, language: Language) -> bool:
        return word != "普通话"


@pytest.mark.parametrize(
    ("language", "heard", "wish"), [("zh", "应该是怕累死", "english please"), ("en", "chin john pooh", "请说中文")]
)
def test_a_wish_heard_twice_is_a_wish(language: Language, heard: str, wish: str) -> None:
    ears = ScriptedRecogniser(utterance(wish), wish)
    told = LanguageWish(ears).in_other_language(TWO_SECONDS, utterance(heard, 0.9), language)
    assert told.text == wish
    assert heard in told.alternatives
    assert ears.asked == [(OTHER[language], True), (OTHER[language], False)]


@pytest.mark.parametrize(
    ("among_phrases", "freely"),
    [
        (utterance(""), "we can only so long"),
        (utterance("english please", 0.5), "english please"),
        (utterance("english", seconds=0.3), "english"),
        (utterance("english please"), "we can only so long"),
    ],
    ids=["no wish", "not sure", "too little of it", "not heard freely"],
)
def test_anything_else_stays_what_it_was(among_phrases: Utterance, freely: str) -> None:
    first = utterance("我叫李秀兰", 0.9)
    assert LanguageWish(ScriptedRecogniser(among_phrases, freely)).in_other_language(TWO_SECONDS, first, "zh") is first


def test_what_ours_is_unsure_of_is_told_as_the_other_heard_it_too() -> None:
    ears = ScriptedRecogniser(utterance(""), "how many beds are there")
    told = LanguageWish(ears).in_other_language(TWO_SECONDS, utterance("好比贝子", UNSURE - 0.01), "zh")
    assert (told.text, told.other_text, told.other_confidence) == ("好比贝子", "how many beds are there", 0.95)
    sure = utterance("我要订饭", UNSURE)
    assert LanguageWish(ears).in_other_language(TWO_SECONDS, sure, "zh") is sure


def test_a_story_is_not_heard_twice() -> None:
    ears, first = ScriptedRecogniser(utterance("english please"), "english please"), utterance("很长的话")
    assert LanguageWish(ears).in_other_language(bytes(200_000), first, "zh") is first
    assert ears.asked == []


def test_a_sound_in_which_nothing_was_understood_may_be_a_wish() -> None:
    ears = ScriptedRecogniser(utterance("speak english"), "speak english")
    told = LanguageWish(ears).in_other_language(TWO_SECONDS, replace(utterance(""), speech_seconds=0.0), "zh")
    assert told.text == "speak english"


def test_phrases_with_words_that_cannot_be_heard_are_left_out() -> None:
    wish = LanguageWish(ScriptedRecogniser(utterance(""), ""))
    assert 0 < len(wish.phrases("zh")) < len(WISHES["zh"])
    assert not any("普通话" in phrase for phrase in wish.phrases("zh"))
    assert wish.phrases("en") == WISHES["en"]
