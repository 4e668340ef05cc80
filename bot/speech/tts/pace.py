"""How fast and how loud to speak, as arithmetic: one step slower, one step louder, and who speaks slowly."""

import re
from typing import Literal

from bot.speech.interface import Utterance

SpeechCommand = Literal["slower", "faster", "normal_pace", "louder", "quieter"]

RATES = (0.6, 0.7, 0.85, 1.0, 1.15, 1.3)
VOLUMES = (0.4, 0.65, 1.0, 1.5, 2.0)
FOR_SLOW_SPEAKERS = 0.85
"""Who speaks slowly listens slowly."""
SLOW_UTTERANCES = 2
"""So many in a row, before the rate follows."""
SLOW_CHARACTERS_PER_SECOND = 2.5
SLOW_WORDS_PER_SECOND = 1.6
LONG_ENOUGH = 8
"""Characters; a short answer is often drawled by quick speakers too. Of English words, half as many."""


def next_rate(rate: float, wish: SpeechCommand) -> float:
    """The rate after this wish; past the last step it stays."""
    if wish == "normal_pace":
        return 1.0
    return _step(RATES, rate, {"slower": -1, "faster": 1}.get(wish, 0))


def next_volume(volume: float, wish: SpeechCommand) -> float:
    """The volume after this wish; past the last step it stays."""
    return _step(VOLUMES, volume, {"quieter": -1, "louder": 1}.get(wish, 0))


def is_slow(utterance: Utterance) -> bool | None:
    """Was this spoken slowly? None when it is too short to tell."""
    seconds = utterance.speech_seconds
    if not seconds and utterance.words:
        seconds = utterance.words[-1].end - utterance.words[0].start
    characters = len(re.findall("[\u3400-\u9fff]", utterance.text))
    words = len(re.findall("[A-Za-z']+", utterance.text))
    if seconds <= 0 or max(characters, 2 * words) < LONG_ENOUGH:
        return None
    if characters >= words:
        return characters / seconds < SLOW_CHARACTERS_PER_SECOND
    return words / seconds < SLOW_WORDS_PER_SECOND


def _step(steps: tuple[float, ...], value: float, direction: int) -> float:
    if direction < 0:
        return max((step for step in steps if step < value - 0.01), default=min(steps[0], value))
    if direction > 0:
        return min((step for step in steps if step > value + 0.01), default=max(steps[-1], value))
    return value
