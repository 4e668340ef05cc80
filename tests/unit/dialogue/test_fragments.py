import pytest

from bot.dialogue.fragments import Fragments

pytestmark = pytest.mark.unit


def test_what_follows_a_beginning_soon_is_its_end() -> None:
    fragments = Fragments()
    fragments.not_understood("我想给我妈", 10.0)
    assert fragments.joined("订一份助餐", 13.0, speech_seconds=1.5) == "我想给我妈订一份助餐"


def test_words_of_another_language_are_kept_apart() -> None:
    fragments = Fragments()
    fragments.not_understood("i would like", 10.0)
    assert fragments.joined("to book a meal", 12.0, speech_seconds=1.0) == "i would like to book a meal"


def test_what_follows_late_is_a_sentence_of_its_own() -> None:
    fragments = Fragments()
    fragments.not_understood("我想给我妈", 10.0)
    assert fragments.joined("订一份助餐", 16.0, speech_seconds=1.5) == "订一份助餐"


def test_a_beginning_is_used_once() -> None:
    fragments = Fragments()
    fragments.not_understood("我想给我妈", 10.0)
    fragments.joined("订一份助餐", 12.0, speech_seconds=1.5)
    assert fragments.joined("明天", 13.0, speech_seconds=0.5) == "明天"


def test_nothing_is_joined_to_what_was_understood_or_to_a_long_story() -> None:
    fragments = Fragments()
    assert fragments.joined("明天", 1.0, speech_seconds=0.5) == "明天"
    fragments.not_understood("今天" * 30, 10.0)
    assert fragments.joined("明天", 11.0, speech_seconds=0.5) == "明天"
    fragments.not_understood("嗯", 12.0)
    assert fragments.joined("", 13.0, speech_seconds=0.5) == ""
