"""From words to what work is wanted: trade, pay from, shift, lodging and meals, place.

Numbers, shifts and 包吃住 are forms, so they are matched; that work is wanted at all has been decided before.
"""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.language.communities import communities
from bot.language.zh.numbers import read_number
from bot.services.jobs.trades import Trades

LOWEST_PAY, HIGHEST_PAY = 500, 100_000
"""Yuan a month. Other numbers are ages, years or numbers of people."""

_DIGIT = "[一二两三四五六七八九]"
_N = rf"(?:\d{{4,6}}|\d{{1,2}}(?:\.\d)?[千万kK]\d?|{_DIGIT}[千万](?:{_DIGIT}[百千]?)?)"
_SAID = re.compile(rf"(?P<whole>\d{{1,2}}(?:\.\d)?|{_DIGIT})(?P<unit>[千万kK])(?:(?P<part>\d|{_DIGIT})[百千]?)?")
_PAY = re.compile(
    rf"(?:工资|月薪|薪水|待遇|一个?月|每月|不低于|不少于|最低|至少|起码)[^\d一二两三四五六七八九]{{0,6}}(?P<after>{_N})"
    rf"|(?P<before>{_N})(?:块|元|多)?(?:钱)?(?:以上|往上|起|左右|的工资|一个?月|月薪|的)"
    r"|(?:at least|more than|over|above|from|pays?|salary)[^\d]{0,12}(?P<english>\d{4,6}|\d{1,2}k)"
    r"|(?P<english_before>\d{4,6}|\d{1,2}k) (?:yuan )?(?:a|per|or more|and up)"
)
_NO_NIGHT = re.compile(
    r"(?:不要|不想|不上|不愿|不做|不干|不能|没有|冇得|没得|别|莫|不用|不是|无)[^,，。]{0,5}(?:夜班|晚班|通宵|倒班|两班倒)"
    r"|(?:夜班|晚班|倒班)[^,，。]{0,3}?(?:不行|不要|不干|搞不了|上不了|做不了)"
    r"|\b(?:no|not|without|don'?t want|can'?t do|never)\b[^,.]{0,20}\bnights?\b",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"夜班|晚班|通宵|\bnights?\b", re.IGNORECASE)
_DAY = re.compile(r"白班|白天|长白班|\bday (?:shift|job|work)|\bdaytime\b", re.IGNORECASE)
_NOT = r"(?<!不)(?<!不用)(?<!不要)(?<!没有)"
_BOARD = re.compile(
    rf"{_NOT}[包管供](?:吃包住|吃住|住)|有?宿舍|提供住|有住的?地?方?|包食宿|包吃包住|\b(?:lodging|housing|dormitory|dorm|place to (?:live|sleep)|accommodation)\b",
    re.IGNORECASE,
)
_MEALS = re.compile(rf"{_NOT}[包管供](?:吃|饭|餐|食宿|中饭)|有?餐补|有饭吃|\b(?:meals?|food|board)\b", re.IGNORECASE)
_ANY_PAY = re.compile(r"(?:工资|钱|待遇)(?:多少|高低)?(?:都行|都可以|无所谓|不限|不管)|any pay", re.IGNORECASE)
_ANY_PLACE = re.compile(r"(?:哪里|哪儿|远近|地方|地点)(?:都行|都可以|无所谓|不限)|anywhere", re.IGNORECASE)
_POSTING = re.compile(
    r"(?P<zh>\d{1,9})号(?:岗位|职位)|\b(?:job|posting) (?:number )?(?P<en>\d{1,9})\b"
    r"(?! ?(?:yuan|rmb|k\b|a month|a day|per|monthly|or more|and up|and over|元|块))",
    re.IGNORECASE,
)
"""15号工作 may be a day on which work is done, and job 5000 a month is pay."""


@dataclass(frozen=True)
class Wish:
    trade: str = ""
    words: tuple[str, ...] = ()
    pay_from: int | None = None
    shift: str = ""
    no_nights: bool = False
    lodging: bool = False
    meals: bool = False
    place: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Wish()

    def as_slot(self) -> dict[str, Any]:
        return {**asdict(self), "words": list(self.words)}


def from_slot(slot: dict[str, Any] | None) -> Wish:
    return Wish(**{**slot, "words": tuple(slot["words"])}) if slot else Wish()


def read_wish(text: str, trades: Trades) -> Wish:
    """What the words name; all else is empty."""
    no_nights = bool(_NO_NIGHT.search(text))
    rest = _NO_NIGHT.sub("", text)
    shift = "day" if _DAY.search(rest) else "night" if _NIGHT.search(rest) else ""
    return Wish(
        trade=trades.named_in(text) or "",
        pay_from=_pay(text),
        shift="" if no_nights else shift,
        no_nights=no_nights,
        lodging=bool(_BOARD.search(text)),
        meals=bool(_MEALS.search(text)) or bool(re.search("包吃|吃住|食宿", text)),
        place=_place(text.lower()),
    )


def refined(before: Wish, now: Wish, text: str) -> Wish:
    """The wish before with what was added to it; another trade begins anew."""
    if now.trade and now.trade != before.trade:
        return now
    changes = {name: value for name, value in asdict(now).items() if value not in ("", (), None, False)}
    merged = replace(before, **changes)
    if now.shift:
        merged = replace(merged, no_nights=False)
    if now.no_nights:
        merged = replace(merged, shift="")
    if _ANY_PAY.search(text):
        merged = replace(merged, pay_from=None)
    return replace(merged, place="") if _ANY_PLACE.search(text) else merged


def posting_in(text: str) -> int | None:
    """The posting that is named by its number."""
    found = _POSTING.search(text)
    return int(found["zh"] or found["en"]) if found else None


def postings_in(text: str) -> list[int]:
    """All postings that are named by their numbers."""
    return list(dict.fromkeys(int(found["zh"] or found["en"]) for found in _POSTING.finditer(text)))


def _place(text: str) -> str:
    return next((one.name for one in communities() if one.short in text or one.name_en.lower() in text), "")


def _pay(text: str) -> int | None:
    found = _PAY.search(text)
    if not found:
        return None
    pay = _amount(next(value for value in found.groups() if value))
    return pay if pay and LOWEST_PAY <= pay <= HIGHEST_PAY else None


def _amount(words: str) -> int | None:
    """5000, 5千, 五千五, 四千五百, 1万2, 5k."""
    if words.isdigit():
        return int(words)
    found = _SAID.fullmatch(words)
    if not found:
        return None
    unit = 10_000 if found["unit"] == "万" else 1_000
    whole = float(found["whole"]) if found["whole"][0].isdigit() else read_number(found["whole"]) or 0
    part = read_number(found["part"]) or 0 if found["part"] else 0
    return round(whole * unit) + part * unit // 10
