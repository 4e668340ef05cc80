"""Figures as people write them, in one form: 百分之九十, 90 percent → 90%; 十二 → 12; 1,200 → 1200; three → 3."""

import re

from bot.language.text import normalise
from bot.language.zh.numbers import CHINESE_NUMBER, read_english_number, read_number

PERCENT = re.compile(rf"百分之([{CHINESE_NUMBER}点\d.]+)|([\d.]+)\s*per\s?cent")
CHINESE = re.compile(f"[{CHINESE_NUMBER}]+")
ENGLISH = re.compile(r"[a-z]+")
FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
MEASURE = re.compile(FIGURE.pattern + ".?")


def plain(text: str) -> str:
    """Lower case, without blanks and thousands separators, figures as digits."""
    text = re.sub(r"(?<=\d)[,，](?=\d{3})", "", normalise(text).lower())
    text = ENGLISH.sub(_english, PERCENT.sub(_percent, text))
    return CHINESE.sub(_chinese, "".join(text.split()))


def figures_in(text: str) -> set[str]:
    """Every number, with its percent sign."""
    return set(FIGURE.findall(plain(text)))


def measures_in(text: str) -> set[str]:
    """Every number with the sign behind it: 12元, 3次, 90%是."""
    return {found[0] for found in MEASURE.finditer(plain(text))}


def stands_in(piece: str, text: str) -> bool:
    """Is it there? A figure only as a whole one: 3 is not found in 33, nor 4 in 4.5."""
    wanted = plain(piece)
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?![\d]|\.\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, plain(text)) is not None


def _percent(found: re.Match[str]) -> str:
    whole, _, part = (found[1] or "").partition("点")
    if found[2] or found[1][:1].isdigit():
        return f"{found[2] or found[1]}%"
    number = read_number(whole)
    digits = "".join(str(read_number(sign)) for sign in part)
    return found[0] if number is None else f"{number}{'.' + digits if digits else ''}%"


def _chinese(found: re.Match[str]) -> str:
    number = read_number(found[0])
    return found[0] if number is None else str(number)


def _english(found: re.Match[str]) -> str:
    number = None if found[0] in ("a", "an") else read_english_number(found[0])
    return found[0] if number is None else str(number)
