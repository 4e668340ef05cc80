"""One step slower, one step louder, and who speaks slowly: plain numbers."""

import pytest

from bot.speech.interface import HeardWord, Utterance
from bot.speech.tts.pace import RATES, VOLUMES, is_slow, next_rate, next_volume

pytestmark = pytest.mark.unit


def test_slower_goes_down_step_by_step_and_stays_at_the_last() -> None:
    rates = [1.0]
    for _ in range(4):
        rates.append(next_rate(rates[-1], "slower"))
    assert rates == [1.0, 0.85, 0.7, 0.6, 0.6]


def test_faster_is_the_way_back() -> None:
    for rate in RATES[1:-1]:
        assert next_rate(next_rate(rate, "slower"), "faster") == rate


def test_a_rate_between_the_steps_goes_to_the_nearest_in_that_direction() -> None:
    assert next_rate(0.9, "slower") == 0.85
    assert next_rate(0.9, "faster") == 1.0


@pytest.mark.parametrize("rate", [0.5, 1.5])
def test_a_rate_beyond_the_steps_is_never_turned_around(rate: float) -> None:
    assert next_rate(rate, "slower") <= rate
    assert next_rate(rate, "faster") >= rate


def test_the_usual_speed_is_one() -> None:
    assert next_rate(0.6, "normal_pace") == next_rate(1.3, "normal_pace") == 1.0


def test_louder_and_quieter() -> None:
    assert [next_volume(volume, "louder") for volume in (1.0, 1.5, 2.0)] == [1.5, 2.0, 2.0]
    assert next_volume(1.0, "quieter") < 1.0
    assert next_volume(VOLUMES[0], "quieter") == VOLUMES[0]


@pytest.mark.parametrize(
    ("text", "seconds", "slow"),
    [
        ("我想问一下助餐的事情", 8.0, True),
        ("我想问一下助餐的事情", 2.5, False),
        ("我想问一下助餐的事情", 0.0, None),
        ("对对对", 9.0, None),
        ("i want to book a meal", 6.0, True),
        ("i want to book a meal", 2.0, False),
        ("yes please", 5.0, None),
        ("", 5.0, None),
    ],
)
def test_who_speaks_slowly(text: str, seconds: float, slow: bool | None) -> None:
    assert is_slow(Utterance(text, speech_seconds=seconds)) is slow


def test_where_nobody_measured_speech_the_words_tell() -> None:
    words = (HeardWord("我想问一下", 1.0, 0.5, 4.0), HeardWord("助餐的事情", 1.0, 6.0, 9.0))
    assert is_slow(Utterance("我想问一下助餐的事情", words=words)) is True
