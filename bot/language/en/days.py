"""Finding days in English words, also as those say them who learnt them late. dateparser reads months and dates."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bot.language.zh.days import RECENT, Day, next_yearly
from bot.language.zh.numbers import read_english_number

_WEEKDAYS = r"mond[ae]y|tu(?:e|es|se|s)day|we(?:dne|dn|n|nd|nde|den|dens|nne)s?day|th(?:ur|ru|u|rus|ers)s?day|fri(?:e)?day|sat(?:ur|er|u|e|tur)day|sunday"
"""As they are written, and as they are often written."""
_SHORT = "mon|tues?|wed|thurs?|thu|fri|sat|sun"
_BEGINS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_NUMBER = r"(?:a couple of|a fortnight|\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty first",
    "twenty second",
    "twenty third",
    "twenty fourth",
    "twenty fifth",
    "twenty sixth",
    "twenty seventh",
    "twenty eighth",
    "twenty ninth",
    "thirtieth",
    "thirty first",
]
_ORDINAL = "|".join(re.escape(word).replace("\\ ", "[ -]") for word in reversed(_ORDINALS))
_LATER_ORDINAL = "|".join(re.escape(word).replace("\\ ", "[ -]") for word in reversed(_ORDINALS[3:]))
"""The first three are also places in a row."""
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_WEEK = r"(?P<%s>this|next|the following|following|the coming|the week after next|after next)"
_WEEKDAY_BEFORE = rf"(?:(?:{_WEEKDAYS}|(?:{_SHORT})\b),? (?:the )?)?"
"""Monday 30 November: the date says which Monday."""
_DAY = re.compile(
    r"\b(?:(?P<far>(?:an?|one|two|three) (?:weeks?|fortnights?)) (?:(?:on|from) |(?=today|tomorrow)))?"
    rf"(?:(?P<relative>(?:the )?day after (?:tom+or+ow|tmrw?)|overmorrow|(?:the )?day after(?=\W*$| please)|tom+or+ow|tmrw?|(?<!are you )(?<!you doing )today|tonight|yesterday|last night|this (?:morning|afternoon|evening))"
    rf"|{_WEEKDAY_BEFORE}(?P<date>(?:{_MONTHS})\.? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?\b(?![:.]\d)|{_ORDINAL})(?:,? 20\d\d)?|(?:\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINAL}) (?:of )?(?:{_MONTHS})\b(?:,? 20\d\d)?|20\d\d-\d{{1,2}}-\d{{1,2}})"
    rf"|(?:(?P<first>this|next|the following|the week after next)(?P<weekword> week)?,? (?:on )?(?=(?:{_WEEKDAYS}|(?:{_SHORT})\b)))?"
    rf"(?:(?P<which>this coming|the coming|coming|this|next next|next|last|following|upcoming) )?(?P<weekday>{_WEEKDAYS}|(?:{_SHORT})\b)(?:,? (?:of |in )?(?:the )?{_WEEK % 'week'}(?: week)?(?! (?:mon|tue|wed|thu|fri|sat|sun)))?"
    rf"|(?:the )?(?P<nth>{_NTH}|{_ORDINAL}) (?:of )?(?P<month>this|next) month"
    rf"|the (?P<nth2>{_NTH}|{_LATER_ORDINAL})(?! (?:floor|time|street|building|unit|one))|(?<=on )(?P<nth3>{_NTH})(?! (?:floor|street|building|unit))"
    rf"|in (?:about |around )?(?P<n>{_NUMBER}) ?(?P<unit>day|week|month|fortnight|)s?(?<! )(?: time)?|(?P<n2>{_NUMBER}) (?P<unit2>day|week|month)s? (?:from (?:now|today)|later|after)"
    rf"|(?P<vague>(?:after )?(?:this |next |the )?weekend|(?:the )?(?:early |mid(?:dle of)? |late |end of |beginning of |start of )?next week|the week after next|(?:the )?(?:beginning|start|first days?) of (?:next|the) month|early next month|next month|end of (?:the )?month|some ?day|(?:early|mid|middle of|late|end of|beginning of)[ -](?:{_MONTHS}))"
    r"|(?P<holiday>christmas|new year'?s? day|national day|labou?r day|spring festival|chinese new year|mid-autumn(?: festival)?))\b(?P<plus> week\b)?"
    r"|(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])",
    re.I,
)
_SOON = 62
"""Days: so far ahead is 12/1 looked for, which is the first of December to one and the twelfth of January to another."""
_HOLIDAYS = {
    "christmas": "12月25日", "new": "元旦", "national": "国庆节", "labor": "劳动节", "labour": "劳动节",
    "spring": "春节", "chinese": "春节", "mid-autumn": "中秋节",
}  # fmt: skip
_IN_MONTH = {"mid": 9, "middle": 9, "late": 19, "end": 24}
_IN_WEEK = {"mid": 2, "middle": 2, "late": 3, "end": 3}
"""Days after the beginning."""


def find_english_days(text: str, today: date) -> Iterator[Day]:
    """Every day in an English text, in order."""
    for match in _DAY.finditer(text):
        if not match["first"] and not match["which"] and _is_a_word(match["weekday"], text):
            continue
        day, doubt = _day_of(match, today)
        weekly = bool(match["weekday"]) and not any(match[name] for name in ("which", "week", "first", "far", "plus"))
        if day:
            yield Day(day, match.span(), "past" if day < today else doubt, weekly)
        elif match["date"]:
            yield Day(None, match.span(), "no_such_day")


def _is_a_word(weekday: str | None, text: str) -> bool:
    """sun, sat and wed in small letters may be other words, unless nothing else is said."""
    short = weekday in ("sun", "sat", "wed")
    return short and bool(re.search(r"[a-z]{2}", text.lower().replace(str(weekday), "", 1)))


def _day_of(match: re.Match[str], today: date) -> tuple[date | None, str | None]:
    """The day, and the doubt about it."""
    day, doubt = _named_day(match, today)
    if day and (match["far"] or match["plus"]):
        count, _, unit = (match["far"] or "a week").lower().partition(" ")
        day += timedelta(weeks=(read_english_number(count) or 1) * (2 if unit.startswith("fortnight") else 1))
    return day, doubt


def _named_day(match: re.Match[str], today: date) -> tuple[date | None, str | None]:
    words = match[0].lower()
    monday = today - timedelta(days=today.weekday())
    if relative := (match["relative"] or "").lower():
        after = "day after" in relative or relative == "overmorrow"
        ahead = relative.startswith(("tom", "tm"))
        off = 2 if after else 1 if ahead else -1 if relative in ("yesterday", "last night") else 0
        return today + timedelta(days=off), None
    if match["weekday"]:
        return _weekday_of(match, today), None
    if match["nth"]:
        first = today.replace(day=1)
        if match["month"].lower() == "next":
            first = (first + timedelta(days=32)).replace(day=1)
        return _in_month(first, _ordinal(match["nth"])), None
    if nth := match["nth2"] or match["nth3"]:
        number = _ordinal(nth)
        return next((d for d in (today + timedelta(days=n) for n in range(62)) if d.day == number), None), None
    if match["n"] or match["n2"]:
        return _after(match["n"] or match["n2"], (match["unit"] or match["unit2"] or "").lower(), today), None
    if match["holiday"]:
        return next_yearly(_HOLIDAYS[re.split(r"[ ]", words)[0]], today), None
    if match["vague"]:
        return _begin_of(match["vague"].lower(), today, monday), "which_day"
    if match["a"]:
        return _by_figures(int(match["a"]), int(match["b"]), today), None
    words = re.sub(_ORDINAL, lambda said: str(_ordinal(said[0])), (match["date"] or "").lower())
    said = _read(words, today)
    if said and not re.search(r"20\d\d", words) and said < today - RECENT:
        said = _read(f"{words} {today.year + 1}", today)
    return said, None


def _weekday_of(match: re.Match[str], today: date) -> date:
    """A weekday of this week, the next, or the one after that; "this Friday" said on a Saturday is the coming one."""
    monday = today - timedelta(days=today.weekday())
    number = _BEGINS.index(match["weekday"].lower()[:2])
    named = " ".join(match[name] or "" for name in ("first", "which", "week")).lower()
    if "after next" in named or "next next" in named:
        return monday + timedelta(days=number + 14)
    if (
        "next" in named
        or (match["week"] or "").lower().endswith("following")
        or (match["weekword"] and "following" in named)
    ):
        return monday + timedelta(days=number + 7)
    day = monday + timedelta(days=number)
    if "last" in named:
        return day - timedelta(weeks=1)
    if match["week"] or match["weekword"]:
        return day
    coming = any(word in named for word in ("coming", "following"))
    return day + timedelta(weeks=day < today or (coming and day == today))


def _after(count: str, unit: str, today: date) -> date | None:
    words = count.lower()
    if "fortnight" in (words + unit):
        number = read_english_number(words.split()[0]) if unit else 1
        return today + timedelta(weeks=2 * (number or 1))
    if not unit:
        return None
    number = 2 if "couple" in words else read_english_number(words) or 0
    if unit == "month":
        return _read(f"in {number} months", today)
    return today + timedelta(days=number * (7 if unit == "week" else 1))


def _begin_of(words: str, today: date, monday: date) -> date | None:
    """The day from which on a stretch of time is meant."""
    if words.replace(" ", "") == "someday":
        return None
    part = re.split("[ -]", words.removeprefix("the "))[0]
    if month := re.search(rf"(?:{_MONTHS})$", words):
        first = _read(f"1 {month[0]}", today)
        if first is None:
            return None
        first = first if first >= today.replace(day=1) else first.replace(year=first.year + 1)
        return max(today, first + timedelta(days=_IN_MONTH.get(part, 0)))
    if "month" in words:
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first - timedelta(days=1) if words.removeprefix("the ").startswith("end") else first
    if words.startswith("after"):
        return monday + timedelta(days=7 + 7 * ("next" in words))
    if "weekend" in words:
        return max(monday + timedelta(days=5 + 7 * words.startswith("next")), today)
    if "after next" in words:
        return monday + timedelta(days=14)
    return monday + timedelta(days=7 + _IN_WEEK.get(part, 0))


def _by_figures(a: int, b: int, today: date) -> date | None:
    """Month and day, or day and month, whichever is sooner; None when neither is soon."""
    soon = [
        day
        for month, number in ((a, b), (b, a))
        for year in (today.year, today.year + 1)
        if 1 <= month <= 12 and (day := _in_month(date(year, month, 1), number))
    ]
    return min((day for day in soon if today <= day <= today + timedelta(days=_SOON)), default=None)


def _in_month(first: date, number: int) -> date | None:
    day = first + timedelta(days=number - 1)
    return day if number and day.month == first.month else None


def _ordinal(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else _ORDINALS.index(words.lower().replace("-", " ")) + 1


def _read(words: str, today: date) -> date | None:
    import dateparser  # loading takes a third of a second, and most residents write Chinese

    settings: Any = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),
        "PREFER_DATES_FROM": "current_period",
    }
    found = dateparser.parse(words.replace("the ", "").replace("of ", ""), languages=["en"], settings=settings)
    return found.date() if found else None
