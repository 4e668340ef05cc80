"""Cases that may tell of the same thing: same place, near in time, alike in words. Staff decide; nothing merges itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.language.text_similarity import similarity

NEAR = timedelta(days=7)
SAME_PLACE = 0.5
"""Likeness of two places, from which on they count as one."""
ALIKE = 0.4
"""Likeness of what was said, where the kind of trouble is not the same."""
MOST = 5


@dataclass(frozen=True)
class Told:
    """What is compared of a case."""

    number: str
    category: str
    place: str
    text: str
    filed: datetime


@dataclass(frozen=True)
class Suggestion:
    """A case that may be the same, and why."""

    number: str
    place: float
    """Likeness, 0 to 1."""
    words: float
    same_category: bool
    apart: timedelta
    score: float


def suggest(case: Told, others: Iterable[Told]) -> list[Suggestion]:
    """The likeliest first: the place counts half, the words a third, the category the rest."""
    found = []
    for other in others:
        apart = abs(other.filed - case.filed)
        if other.number == case.number or apart > NEAR:
            continue
        place, words = similarity(case.place, other.place), similarity(case.text, other.text)
        same = case.category == other.category
        if place < SAME_PLACE or not (same or words >= ALIKE):
            continue
        score = place / 2 + words / 3 + same / 6
        found.append(Suggestion(other.number, place, words, same, apart, score))
    found.sort(key=lambda one: (-one.score, one.number))
    return found[:MOST]
