"""A second recogniser hears again only what the first is unsure of, and rarely has its way alone."""

import pytest

from bot.speech.interface import Utterance
from bot.speech.stt.second_ears import SecondEars
from bot.turns import Language

pytestmark = pytest.mark.unit
SOUND = bytes(32000)


class Hears:
    def __init__(self, text: str, confidence: float) -> None:
        self.heard, self.asked = Utterance(text, confidence), 0

    def decode(self, audio: bytes, language: Language) -> Utterance:
        self.asked += 1
        return self.heard


def test_its_reading_stands_first_among_the_others() -> None:
    first = Utterance("注餐", 0.5, alternatives=("住餐",))
    both = SecondEars(Hears("助餐", 0.6)).with_further_reading(SOUND, first, "zh")
    assert (both.text, both.alternatives, both.confidence) == ("注餐", ("助餐", "住餐"), 0.5)


def test_far_surer_it_is_believed_and_ours_is_not_lost() -> None:
    both = SecondEars(Hears("助餐", 0.9)).with_further_reading(SOUND, Utterance("注餐", 0.4), "zh")
    assert (both.text, both.alternatives) == ("助餐", ("注餐",))


@pytest.mark.parametrize(
    ("first", "sound", "language"),
    [
        (Utterance("助餐", 0.9), SOUND, "zh"),
        (Utterance("meal", 0.3), SOUND, "en"),
        (Utterance("", 0.0), SOUND, "zh"),
        (Utterance("注餐", 0.3), SOUND * 13, "zh"),
    ],
)
def test_what_is_sure_foreign_silent_or_long_is_not_heard_twice(
    first: Utterance, sound: bytes, language: Language
) -> None:
    second = Hears("别的", 1.0)
    assert SecondEars(second).with_further_reading(sound, first, language) is first
    assert second.asked == 0


@pytest.mark.parametrize("text", ["", "注餐"])
def test_the_same_again_or_nothing_changes_nothing(text: str) -> None:
    first = Utterance("注餐", 0.3)
    assert SecondEars(Hears(text, 0.9)).with_further_reading(SOUND, first, "zh") is first
