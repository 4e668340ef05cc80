"""A resident's text in one plain form: simplified characters, half-width signs, no stray spaces."""

import re
import unicodedata
from functools import cache
from typing import Literal

from opencc import OpenCC

CHINESE = "\u3400-\u9fff"
"""Character range for regular expressions."""

_BLANK_NEXT_TO_CHINESE = re.compile(rf"(?<=[{CHINESE}]) (?=[{CHINESE}0-9])|(?<=[0-9]) (?=[{CHINESE}])")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """The same sentence in NFKC and simplified characters; normalising twice changes nothing.

    A recogniser puts blanks between Chinese words; they go, and so do control characters.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    text = unicodedata.normalize("NFKC", str(_simplifier().convert(text)))
    return _BLANK_NEXT_TO_CHINESE.sub("", " ".join(text.split()))


def language_of(text: str) -> Literal["zh", "en"] | None:
    """The language most of the words are in; None when there are no letters at all."""
    chinese = len(re.findall(rf"[{CHINESE}]", text))
    english_words = len(re.findall(r"[A-Za-z]+", text))
    if chinese == english_words == 0:
        return None
    return "zh" if chinese >= english_words else "en"
