"""Short wishes that only mean something after a certain question: to wait, to stay unnamed, a score."""

import re

from bot.language.text import normalise

WAIT = re.compile(r"排队|候补|等候|等位|排上|我等|waiting list|wait", re.IGNORECASE)
ANONYMOUS = re.compile(r"匿名|不(?:想|愿意?|方便)(?:留|说|给)|不留|anonymous|rather not", re.IGNORECASE)
SCORE = re.compile(
    r"([1-5一二两三四五])\s*(?:分|颗?星|points?\b|stars?\b|out of)|(?:打|给|rate|score)\D{0,6}([1-5一二三四五])",
    re.IGNORECASE,
)
DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def asks_to_wait(text: str) -> bool:
    """Said after we told that a time is full."""
    return bool(WAIT.search(normalise(text)))


def wants_to_be_anonymous(text: str) -> bool:
    """Said when a phone number is asked for."""
    return bool(ANONYMOUS.search(normalise(text)))


def score_in(text: str, *, awaited: bool = False) -> int | None:
    """A rating from 1 to 5, if one is named; a bare digit counts only when a score was asked for."""
    plain = normalise(text)
    if found := SCORE.search(plain):
        return _digit(found.group(1) or found.group(2))
    bare = plain.strip(" 。.!！").lower()
    return _digit(bare) if awaited and (bare in DIGITS or (bare in "12345" and len(bare) == 1)) else None


def _digit(word: str) -> int:
    return DIGITS[word] if word in DIGITS else int(word)
