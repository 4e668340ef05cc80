"""A score said as nothing but a number: 4, 四, 四分, 4 stars."""

import re

DIGITS = {
    "零": 0,
    "一": 1,
    "幺": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
ENGLISH = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = "|".join([r"\d{1,3}", *DIGITS, *ENGLISH])
_ALONE = re.compile(rf"\W*({_NUMBER}) *(?:分|颗?星|points?|stars?)?\W*", re.IGNORECASE)
_SCORE = re.compile(
    r"(?<![\d\w])([1-5]|one|two|three|four|five) (?:points?|stars?|out of)\b|([1-5一二两三四五])(?:分(?!钟)|颗?星(?!期))",
    re.IGNORECASE,
)


def whole_number(text: str) -> int | None:
    """The number that the whole text is, with its unit; None for everything else."""
    found = _ALONE.fullmatch(text)
    return _value(found[1]) if found else None


def score_in(text: str) -> int | None:
    """A rating from 1 to 5 told with its unit, also in a longer sentence: 给你们打四分."""
    found = _SCORE.search(text)
    return _value(found[1] or found[2]) if found else None


def _value(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else {**DIGITS, **ENGLISH}[word]
