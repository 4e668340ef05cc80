"""Values as they are said and as they are stored, in one form, so that they can be compared."""

import re

from bot.language.text import normalise
from bot.language.zh.numbers import CHINESE_NUMBER, read_number

NUMBER = re.compile(f"[{CHINESE_NUMBER}]+")
SIGNS = re.compile(r"[\s,.;:!?，。；：！？、]+")


def plain(text: str) -> str:
    """Without blanks and signs, lower case, Chinese figures as digits."""
    return NUMBER.sub(_digits, SIGNS.sub("", normalise(text).lower()))


def _digits(found: re.Match[str]) -> str:
    number = read_number(found[0])
    return found[0] if number is None else str(number)
