"""What somebody said, out of what the recogniser made of it: which reading to take, misheard words put right, or a doubt.

Names, numbers and addresses are never changed here; the dialogue reads them back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.dialogue.context import fits
from bot.language.entities import find_entities
from bot.language.zh.pinyin import DOMAIN_WORDS, repair, sounds_like
from bot.speech.interface import Utterance
from bot.turns import Heard, Language

SURE_FROM = 0.45
"""Confidence, 0 to 1. Below it the dialogue asks again."""
SHORT = 3
"""So many characters or fewer are a call such as 人工; the recogniser is least certain of these."""
SHORT_SURE_FROM = 0.35
READINGS = 5
"""How many of the recogniser's readings are looked at."""
VITAL = ("人工", "重复", "取消", "不对", "对", "救命")
"""What must get through when it is all that was said."""
ALIKE = 0.75
_ANY_MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""Whether words hold a date does not depend on today's."""


@dataclass(frozen=True)
class Understood:
    text: str
    """The words to go on with; empty when nobody said anything."""
    heard: Heard
    """What the recogniser heard first, before anything was put right."""
    sure: bool
    """False: ask again instead of acting on the words. Danger was looked for before."""
    repaired: tuple[tuple[str, str], ...] = ()
    """Stretches that were put right, as heard and as taken."""


def understand(utterance: Utterance, *, awaiting: str | None, language: Language) -> Understood:
    """The reading of the utterance to answer, after a question for `awaiting`."""
    heard = Heard(utterance.text, round(utterance.confidence, 2))
    readings = [reading for reading in (utterance.text, *utterance.alternatives[: READINGS - 1]) if reading]
    if not readings:
        return Understood("", heard, sure=False)
    plain = [_repaired(reading, awaiting) if language == "zh" else reading for reading in readings]
    text = _chosen(plain, awaiting, language)
    if language == "zh":
        text = _vital(text, awaiting, language)
    gate = SHORT_SURE_FROM if len(text) <= SHORT else SURE_FROM
    sure = utterance.confidence >= gate or text in VITAL
    return Understood(text, heard, sure, _changes(utterance.text, text))


def _chosen(readings: Sequence[str], awaiting: str | None, language: Language) -> str:
    """The first reading that holds what was asked for; else the first."""
    return next((reading for reading in readings if fits(reading, awaiting, language, _ANY_MOMENT)), readings[0])


def _repaired(text: str, awaiting: str | None) -> str:
    """Domain words put right; not in an answer to "what is your name", and not where a name is told."""
    repaired = repair(text, DOMAIN_WORDS)
    if repaired == text or awaiting == "name":
        return text
    name = find_entities(text, _ANY_MOMENT, awaiting=awaiting).name
    return text if name and name not in repaired else repaired


def _vital(text: str, awaiting: str | None, language: Language) -> str:
    """A short call that sounds like one that must get through, and means nothing else, is taken for it."""
    if len(text) > SHORT or text in VITAL or fits(text, awaiting, language, _ANY_MOMENT):
        return text
    best = max((word for word in VITAL if len(word) > 1), key=lambda word: sounds_like(text, word))
    return best if sounds_like(text, best) >= ALIKE else text


def _changes(heard: str, taken: str) -> tuple[tuple[str, str], ...]:
    """Where two readings of one length differ; else the two as a whole."""
    if heard == taken:
        return ()
    if len(heard) != len(taken):
        return ((heard, taken),)
    changes: list[tuple[str, str]] = []
    start: int | None = None
    for at in range(len(heard) + 1):
        differs = at < len(heard) and heard[at] != taken[at]
        if differs and start is None:
            start = at
        if not differs and start is not None:
            changes.append((heard[start:at], taken[start:at]))
            start = None
    return tuple(changes)
