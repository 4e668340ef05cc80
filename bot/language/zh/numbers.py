"""Numbers as people say and write them."""

import re

import cn2an

DIGITS = dict(zip("零〇洞幺一二两三四五六七八九拐勾", "0001122345678979", strict=True))
"""Spoken digits, also those of radio operators."""
CHINESE_NUMBER = "零〇一二两俩三仨四五六七八九十百"

_ENGLISH = dict(
    zip(
        ["zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        "000123456789",
        strict=True,
    )
)
_ENGLISH_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ENGLISH_RUN = re.compile(
    r"\b(?:double |triple )?(?:%s)\b(?:[ ,\-]+(?:double |triple )?(?:%s)\b)+" % (("|".join(_ENGLISH),) * 2), re.I
)


def read_number(text: str) -> int | None:
    """12, 十二, 一百二, 俩 → a whole number; None when it is none."""
    text = text.strip().replace("俩", "两").replace("仨", "三").replace("幺", "一")
    if text.isdigit():
        return int(text)
    if not text or set(text) - set(CHINESE_NUMBER) or re.fullmatch("[一二三四五六七八九]{2}", text):  # 三四个: not sure
        return None
    try:
        return int(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except ValueError:
        return None


def read_english_number(word: str) -> int | None:
    """12, twelve, a → a whole number up to twenty; None when it is none."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    if word in ("a", "an"):
        return 1
    return _ENGLISH_NUMBERS.index(word) if word in _ENGLISH_NUMBERS else None


def digits_of(text: str) -> str:
    """Only the digits, spoken ones written: 一三八 零零 → 13800."""
    return "".join(c if c in "0123456789" else DIGITS.get(c, "") for c in text)


def written_english_digits(text: str) -> str:
    """one three eight double zero → 13800, where two or more digits are spoken in a row; filled with
    null characters to the same length, so that places in the text stay."""

    def write(match: re.Match[str]) -> str:
        digits, times = "", 1
        for word in re.findall(r"[a-z]+", match[0].lower()):
            if word in ("double", "triple"):
                times = 2 if word == "double" else 3
            else:
                digits, times = digits + _ENGLISH[word] * times, 1
        return digits.ljust(len(match[0]), "\0")

    return _ENGLISH_RUN.sub(write, text)


_SAME_DIGIT = {d: "[" + d + "".join(c for c, v in DIGITS.items() if v == d) + "]" for d in "0123456789"}


def spoken_pattern(digits: str) -> str:
    """A regular expression for these digits however they are written or spoken, also in pieces."""
    return r"[ \-,,、.…]{0,3}".join(_SAME_DIGIT[d] for d in digits)
