"""How alike two short texts are: the pairs of neighbouring characters that they share."""

import re

from bot.language.text import normalise

_NOTHING = re.compile(r"[\W_]+")


def similarity(one: str, other: str) -> float:
    """0 is nothing in common, 1 the same; order of words and punctuation hardly matter (Dice's measure)."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def overlap(one: str, other: str) -> float:
    """As `similarity`, but a short text that stands whole within a long one is the same (overlap coefficient)."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def _pairs(text: str) -> set[str]:
    plain = _NOTHING.sub("", normalise(text).lower())
    return {plain[at : at + 2] for at in range(len(plain) - 1)} or ({plain} if plain else set())
