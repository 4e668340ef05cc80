"""Finding day and time in English words. A pattern cuts out what may be a day; dateparser reads months and dates."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bot.language.zh.clock import Clock, Part
from bot.language.zh.days import RECENT, Day, next_yearly
from bot.language.zh.numbers import read_english_number

_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT = "mon|tues?|wed|thurs?|thu|fri|sat|sun"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_NUMBER = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY = re.compile(
    rf"\b(?:(?P<relative>(?:the )?day after tomorrow|tomorrow|today|tonight|yesterday|last night|this (?:morning|afternoon|evening))"
    rf"|(?:(?P<which>this|next|last|coming) )?(?P<weekday>{_WEEKDAYS}|(?:{_SHORT})\b)(?:,? (?:of )?(?P<week>this|next) week)?"
    rf"|(?P<date>(?:{_MONTHS})\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b(?:,? 20\d\d)?|20\d\d-\d{{1,2}}-\d{{1,2}})"
    rf"|the (?P<nth>\d{{1,2}})(?:st|nd|rd|th)(?! (?:floor|time|street|building|unit))"
    rf"|in (?P<n>{_NUMBER}) (?P<unit>day|week|month)s?|(?P<n2>{_NUMBER}) (?P<unit2>day|week|month)s? (?:from (?:now|today)|later)"
    r"|(?P<vague>(?:this |next )?weekend|next week|(?:the )?(?:beginning|start|first days?) of (?:next|the) month|early next month|next month|end of (?:the )?month|some day)"
    r"|(?P<holiday>christmas|new year'?s? day|national day|labou?r day|spring festival|chinese new year|mid-autumn(?: festival)?))\b",
    re.I,
)
_HOLIDAYS = {
    "christmas": "12月25日", "new": "元旦", "national": "国庆节", "labor": "劳动节", "labour": "劳动节",
    "spring": "春节", "chinese": "春节", "mid-autumn": "中秋节",
}  # fmt: skip
_H = r"(?:1[0-2]|0?[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOCK = re.compile(
    rf"\b(?:(?P<lead>at|from|by|around|about) )?(?:(?P<past>half past|quarter past|quarter to) (?P<ph>{_H})\b"
    rf"|(?P<h24>1[3-9]|2[0-3]|0[0-9]|[0-9]|1[0-2])[:.](?P<m>[0-5]\d)|(?P<word>noon|midnight)"
    rf"|(?P<h>{_H})(?= ?[ap]\.?m|\W*o'?clock|\W| ?-|$))"
    rf"(?: (?P<mw>thirty|half|fifteen|forty[- ]five|twenty)\b)?(?: ?(?P<ampm>[ap])\.?m\b\.?)?(?P<oclock> ?o'?clock)?"
    rf"(?: ?(?:to|-|until|till) ?(?P<eh>1[0-9]|2[0-3]|{_H})(?::(?P<em>[0-5]\d))?(?: ?(?P<eampm>[ap])\.?m\b\.?)?(?: ?o'?clock)?)?",
    re.I,
)
MINUTES = {"thirt": 30, "half": 30, "fifte": 15, "forty": 45, "twent": 20}
"""Said behind the hour: nine thirty."""
_PART = re.compile(
    r"\b(?:(?P<morning>morning|breakfast)|(?P<noon>noon|lunch(?:time)?|midday)|(?P<afternoon>afternoon)|(?P<evening>evening|tonight|night|dinner|supper))\b",
    re.I,
)


def find_english_days(text: str, today: date) -> Iterator[Day]:
    """Every day in an English text, in order."""
    for match in _DAY.finditer(text):
        if match["weekday"] and match["weekday"].lower() in ("sun", "sat", "wed") and not match["weekday"][0].isupper():
            continue
        day, doubt = _day_of(match, today)
        weekly = bool(match["weekday"]) and not (match["which"] or match["week"])
        if day:
            yield Day(day, match.span(), "past" if day < today else doubt, weekly)
        elif match["date"]:
            yield Day(None, match.span(), "no_such_day")


def _day_of(match: re.Match[str], today: date) -> tuple[date | None, str | None]:
    words = match[0].lower()
    if match["relative"]:
        off = 2 if "after" in words else 1 if words == "tomorrow" else -1 if words in ("yesterday", "last night") else 0
        return today + timedelta(days=off), None
    monday = today - timedelta(days=today.weekday())
    if match["weekday"]:
        number = [name[:3] for name in _WEEKDAYS.split("|")].index(match["weekday"].lower()[:3])
        which = (match["which"] or match["week"] or "").lower()
        day = monday + timedelta(days=number + {"next": 7, "last": -7}.get(which, 0))
        return day + timedelta(weeks=day < today and which in ("", "coming")), None
    if match["nth"]:
        return next(
            (d for d in (today + timedelta(days=n) for n in range(62)) if d.day == int(match["nth"])), None
        ), None
    if match["n"] or match["n2"]:
        count = read_english_number(match["n"] or match["n2"]) or 0
        unit = (match["unit"] or match["unit2"]).lower()
        return (
            _read(f"in {count} months", today)
            if unit == "month"
            else today + timedelta(days=count * (7 if unit == "week" else 1))
        ), None
    if match["holiday"]:
        return next_yearly(_HOLIDAYS[re.split(r"[ ]", words)[0]], today), None
    if match["vague"]:
        if "month" in words:
            first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
            return (first - timedelta(days=1) if words.startswith("end") else first), "which_day"
        saturday = monday + timedelta(days=5 + 7 * words.startswith("next"))
        return (monday + timedelta(days=7) if words == "next week" else max(saturday, today)), "which_day"
    said = _read(words, today)
    if said and not re.search(r"20\d\d", words) and said < today - RECENT:
        said = _read(f"{words} {today.year + 1}", today)
    return said, None


def _read(words: str, today: date) -> date | None:
    import dateparser  # loading takes a third of a second, and most residents write Chinese

    settings: Any = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),
        "PREFER_DATES_FROM": "current_period",
    }
    found = dateparser.parse(words.replace("the ", "").replace("of ", ""), languages=["en"], settings=settings)
    return found.date() if found else None


def find_english_parts(text: str) -> list[Part]:
    """Every word for a part of the day, greetings left out."""
    parts = []
    for match in _PART.finditer(text):
        if not re.search(r"\bgood $", text[: match.start()], re.I):
            parts.append(Part(match.lastgroup or "", match.span(), match[0].lower()))
    return parts


def find_english_clocks(text: str, parts: list[Part], *, alone: bool) -> list[Clock]:
    """Every time of day. `alone`: the whole text is the answer to “what time”, so that a bare number counts."""
    clocks = []
    for match in _CLOCK.finditer(text):
        sure = match["past"] or match["h24"] or match["word"] or match["ampm"] or match["oclock"] or match["eampm"]
        sure = (
            sure or match["mw"] or re.match(r" in the (?:morning|afternoon|evening)\b| at night\b", text[match.end() :])
        )
        led = match["lead"] and not re.match(
            r" ?(?:\d|people|person|portion|meal|day|week|month|year|minute|hour|o'cl|building|the|st\b|th\b|of|in the m)",
            text[match.end() :],
            re.I,
        )
        if sure or led or alone:
            clock = _clock_of(match, parts)
            if clock:
                clocks.append(clock)
    return clocks


def _clock_of(match: re.Match[str], parts: list[Part]) -> Clock | None:
    part = parts[-1].name if parts else None
    if match["word"]:
        return Clock(720 if match["word"].lower() == "noon" else 0, None, match.span(), None, False)
    hour = read_english_number(match["h24"] or match["ph"] or match["h"])
    if hour is None:
        return None
    minute = int(match["m"] or 0) or MINUTES.get((match["mw"] or "").lower()[:5], 0)
    half = match["ampm"] or (match["eampm"] if match["eh"] else None)
    doubt = hour in (6, 7, 8) and not half and not part and not match["h24"]
    start = _hour(hour, half, part) * 60 + minute
    if match["past"]:
        start += {"half past": 30, "quarter past": 15, "quarter to": -15}[match["past"].lower()]
    ends = None
    end_hour = read_english_number(match["eh"]) if match["eh"] else None
    if end_hour is not None:
        ends = _hour(end_hour, match["eampm"], part) * 60 + int(match["em"] or 0)
        if half == match["eampm"] and start >= ends:  # 11 to 1 pm
            start -= 720
        ends += 720 * (ends <= start)
    return Clock(start % 1440, ends % 1440 if ends else None, match.span(), part, doubt) if start >= 0 else None


def _hour(hour: int, half: str | None, part: str | None) -> int:
    if half:
        return hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 12 or part == "morning":
        return hour
    if part in ("afternoon", "evening") or (part == "noon" and hour < 10):
        return hour % 12 + 12
    return hour + 12 if 1 <= hour <= 5 else hour
