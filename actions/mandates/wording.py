"""Who may act, for what, until when, and which code: read from what was said, and put into words."""

import re
from datetime import date, timedelta
from typing import Any

from actions.core.turn import Said
from bot.language import words
from bot.language.zh.numbers import digits_of, written_english_digits
from bot.language.zh.surnames import KIN
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Mandate, Powers

_HELPER = re.compile(
    rf"(?:让|叫|请|给|委托|授权给?|由|交给|托|喊|把)(?P<zh>(?:我们?家?(?:里|屋里)?的?|屋里的?)?(?:{KIN}))(?!办理的)"
    r"|\b(?:let|authori[sz]e|allow|have|want|give|ask|appoint)\s+(?P<en>my [a-z-]+)",
    re.I,
)
_KIN = re.compile(rf"(?:我们?家?的?)?(?P<zh>{KIN})|\b(?P<en>my [a-z-]+)\b", re.I)
_BOOKINGS = re.compile(r"预约|订[餐饭]|约服务|订服务|助餐|助浴|助医|\b(?:bookings?|services?|appointments?)\b", re.I)
_CASES = re.compile(r"投诉|反映|报修|问题|诉求|\b(?:complaints?|reports?|problems?)\b", re.I)
_ALL = re.compile(
    r"都|全部?|所有|一切|什么事|样样|两样|\b(?:all|both|everything|anything)\b",
    re.I,
)
_EVERYTHING = re.compile(
    r"什么(?:事|都)|全部|所有|样样|两样都|预约.{0,6}投诉|投诉.{0,6}预约|\b(?:everything|anything|all my)\b", re.I
)
_MONTHS = re.compile(
    r"半年|(?<![0-9])(?P<n>[一二两三四五六七八九十0-9]{1,2}|半)(?:(?=个)|(?=[年周星]))个?(?P<unit>月|年|星期|周)(?![0-9])"
)
"""三个月, 半年, 两年; 12月31号 is a day."""
_ENGLISH_MONTHS = re.compile(r"\b(?P<n>an?|one|two|three|six|twelve|\d{1,2}) (?P<unit>week|month|year)s?\b", re.I)
_FOR_GOOD = re.compile(r"一直|长期|永远|不限|\b(?:forever|always|no end|for good)\b", re.I)
_BY_CALL = re.compile(
    r"(?:打|来)(?:个)?电话(?:来)?(?:告诉|通知|跟|给)|\bcall (?:me|her|him) (?:each|every|when|whenever)", re.I
)
_NO_CODE = re.compile(
    r"没有|没给|没收到|没(?:拿|要)到|不知道|忘|不会弄|打电话问|\b(?:no code|don't have|do not have|haven't|lost|forgot|call (?:her|him|them))\b",
    re.I,
)
_DIGITS = "零〇洞幺一二两三四五六七八九拐勾"
_RUN = re.compile(rf"(?:[0-9{_DIGITS}][ \-,,、.…]{{0,2}}){{4,12}}")
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
            "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "six": 6, "twelve": 12}  # fmt: skip
_DAYS = {"月": 30, "年": 365, "星期": 7, "周": 7, "week": 7, "month": 30, "year": 365}

NO_CODE = "-"
"""The value of `code` when there is none: the one it is about is called and asked."""
CODE_LENGTHS = (6, 8)
"""Of a code, and of the number of a mandate that was used before."""


def helper_in(said: Said) -> str | None:
    """Who shall act, as said: 我儿子."""
    if match := _HELPER.search(said.text):
        return match["zh"] or match["en"]
    if said.awaiting != "helper" or said.act in ("no", "stop", "unsure"):
        return None
    if match := _KIN.search(said.text):
        return match[0]
    return said.entities.name or (said.text if len(said.text) <= 12 and said.act == "content" else None)


def powers_in(text: str) -> Powers | None:
    """What may be done; None where it is not said."""
    bookings, cases = bool(_BOOKINGS.search(text)), bool(_CASES.search(text))
    if bookings and cases:
        return Powers.ALL
    if bookings or cases:
        return Powers.BOOKINGS if bookings else Powers.CASES
    return Powers.ALL if _ALL.search(text) else None


def says_everything(text: str) -> bool:
    """All is named, not only said beside something else: 什么事都, 全部."""
    return bool(_EVERYTHING.search(text))


def last_day_in(said: Said) -> date | None:
    """Until when: a day, so many months, for good (a year at most), or what is usual when it is left to us."""
    text, asked = said.text, said.awaiting == "date"
    if _FOR_GOOD.search(text):
        return mandates.last_day(date.max, said.now)
    match = _MONTHS.search(text) or _ENGLISH_MONTHS.search(text)
    if match and (asked or "管" in text or "期" in text or "for" in text.lower()):
        return mandates.last_day(said.now.date() + timedelta(days=_length(match)), said.now)
    if said.entities.when.day and said.entities.when.day > said.now.date():
        return mandates.last_day(said.entities.when.day, said.now)
    if asked and said.act in ("any", "unsure", "yes", "no"):
        return mandates.last_day(None, said.now)
    return None


def _length(match: re.Match[str]) -> int:
    if match[0] == "半年":
        return 182
    count = match["n"].lower()
    if count == "半":
        return 182 if match["unit"] == "年" else 15
    return (int(count) if count.isdigit() else _NUMBERS.get(count, 1)) * _DAYS[match["unit"].lower()]


def wants_calls(text: str) -> bool:
    """Is each act to be told by a call?"""
    return bool(_BY_CALL.search(text))


def code_in(said: Said) -> str | None:
    """The digits of a code or of a mandate's number; NO_CODE where there is none; None where nothing is said of it."""
    text = written_english_digits(said.text).replace("\0", "") if said.english else said.text
    asked = said.awaiting == "code"
    named = re.search(r"授权码|代办码|授权号|\bcode\b", text, re.I)
    for run in _RUN.findall(text[named.end() :] if named and not asked else text) if asked or named else ():
        if len(digits := digits_of(run)) in CODE_LENGTHS:
            return digits
    if (asked or named) and (_NO_CODE.search(text) or (asked and said.act in ("no", "unsure"))):
        return NO_CODE
    return None


def powers_words(powers: str, language: str) -> str:
    return words.in_sentence(words.text(f"mandates.powers.{powers}", language), language)


def card(mandate: Mandate, language: str) -> dict[str, Any]:
    return {
        "kind": "mandate",
        "number": mandate.number,
        "title": mandate.helper,
        "state": mandate.state,
        "state_words": words.text(f"mandates.state.{mandate.state}", language),
        "powers": words.text(f"mandates.powers.{mandate.powers}", language),
        "ends": mandate.ends.isoformat(),
    }
