"""A second recogniser for Mandarin: it hears again what the first is unsure of, and its reading stands beside the others.

What a reading is worth is decided where meaning is known (`bot/dialogue/call/hearing.py`), so the second one replaces the first
only when it is far surer of itself.
"""

from dataclasses import replace
from typing import Protocol

from bot.speech.interface import Utterance
from bot.turns import Language

UNSURE = 0.7
"""Confidence, 0 to 1. What is heard more surely is not heard twice."""
BETTER_BY = 0.25
LONGEST_SECONDS = 12.0
"""Of sound. Longer answers are stories; they are not heard twice."""


class Decodes(Protocol):
    def decode(self, audio: bytes, language: Language) -> Utterance: ...


class SecondEars:
    """Shared by all speakers. Give it to the recogniser as its `second`."""

    def __init__(self, recogniser: Decodes) -> None:
        self._recogniser = recogniser

    def warm_up(self) -> None:
        """Load the model, so that no answer waits for it."""
        self._recogniser.decode(bytes(3200), "zh")

    def with_further_reading(self, audio: bytes, first: Utterance, language: Language) -> Utterance:
        """`audio` is the whole utterance, 16 kHz."""
        if language != "zh" or not first.text or first.confidence >= UNSURE or len(audio) / 32000 > LONGEST_SECONDS:
            return first
        again = self._recogniser.decode(audio, language)
        if not again.text or again.text == first.text:
            return first
        if again.confidence >= first.confidence + BETTER_BY:
            return replace(again, alternatives=_once(first.text, *first.alternatives, without=again.text))
        return replace(first, alternatives=_once(again.text, *first.alternatives, without=first.text))


def _once(*readings: str, without: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading for reading in readings if reading != without))
