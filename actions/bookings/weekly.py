"""A booking that comes again every week: which days, how long, and what is read back of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.times import When, say_day
from bot.language.zh.numbers import read_number
from bot.language.zh.weekly import find_weekdays, find_weeks, is_daily
from bot.services.bookings.offerings import Offering
from bot.services.bookings.series import Plan, Weekly, plan

SLOT, WEEKS = "weekly", "repeat"
"""The days that come again with those that will be booked, and for how many weeks, which is asked by its own."""
USUAL_WEEKS = 4
"""For who does not say how long."""
DAILY = "daily"
_ONCE = re.compile(
    r"(?:就|只|先)?(?:约|订|报|来|要|送)?[一1](?:次|回|天|顿|餐|趟)(?!都)|不是(?:每天|天天)|不(?:用|要|是)?(?:每天|天天|重复)"
    r"|\b(?:once|(?:just|only) (?:one|that|this|the one|tomorrow|today)\b.*|one (?:day|time)|a single (?:day|time)|not every ?day)\b",
    re.I,
)
_RATHER_ONCE = ("no", "any", "unsure")
_FROM = re.compile(r"开始|起(?![床来])|往后|以后|\b(?:from|starting|on)\b", re.I)
"""A day behind which it goes on."""
Draft = Mapping[str, Any]


def take(said: Said, draft: Draft) -> dict[str, Any]:
    """The slots of a series; empty where nothing is said of it."""
    before = draft.get(SLOT)
    weekdays = () if said.entities.phone or said.awaiting in ("phone", "name") else find_weekdays(said.text)
    daily = is_daily(said.text)
    if daily and not before and not _may_wish_daily(said):
        weekdays = ()
    if not weekdays and not before:
        return {}
    if in_doubt(before) and said.awaiting == WEEKS and (_ONCE.search(said.text) or said.act in _RATHER_ONCE):
        return once(said, draft)
    told: dict[str, Any] = {SLOT: {"weekdays": list(weekdays), DAILY: daily}} if weekdays else {}
    weeks = find_weeks(said.text)
    if said.awaiting == WEEKS and weeks is None and not weekdays:
        bare = re.search(r"[0-9一二两三四五六七八九十]+", said.text)
        weeks = read_number(bare[0]) if bare else USUAL_WEEKS if said.act in ("any", "unsure") else None
    return told | ({WEEKS: weeks} if weeks else {})


def _may_wish_daily(said: Said) -> bool:
    """天天 where the day is told or asked for; not where any day will do, and not beside a single day."""
    if said.act == "any" or said.awaiting not in (None, "date", "confirmation", "service"):
        return False
    return said.entities.when.day is None or bool(_FROM.search(said.text))


def in_doubt(repeat: Mapping[str, Any] | None) -> bool:
    """Every day, or once? It is asked before anything is booked."""
    return bool((repeat or {}).get(DAILY))


def once(said: Said, draft: Draft) -> dict[str, Any]:
    """The slots when it shall not come again; the day that we had begun with is asked for, unless it was told."""
    at = draft.get("time")
    time_wish = at if not at or at.startswith("~") else f"~{at}"
    day = {} if said.entities.when.day else {"date": None, "time": time_wish}
    return {SLOT: None, WEEKS: 0, **day}


def with_first_day(said: Said, draft: Draft) -> Said:
    """The day that is named, or the next one, moved to the first on which it comes again."""
    repeat, when, today = draft.get(SLOT), said.entities.when, said.now.date()
    if not repeat or (draft.get("date") and when.day is None):
        return said
    begin = max(when.day, today) if when.day else today + timedelta(days=1)
    first = next(day for n in range(7) if (day := begin + timedelta(days=n)).weekday() in repeat["weekdays"])
    doubt = "which_half" if when.doubt == "which_half" else None
    new = When(first, when.at, when.part, when.ends, doubt, span=when.span)
    return replace(said, entities=replace(said.entities, when=new))


def weekly_of(draft: Draft) -> Weekly:
    return Weekly(tuple(draft[SLOT]["weekdays"]), draft.get(WEEKS) or USUAL_WEEKS)


def plan_of(said: Said, draft: Draft) -> Plan:
    """The days of the series as they can be had at this moment."""
    starts, first = time.fromisoformat(draft["time"]), date.fromisoformat(draft["date"])
    return plan(wiring.store(), draft["offering"], weekly_of(draft), first, starts, draft.get("party") or 1, said.now)


def with_days(said: Said, draft: Draft, offering: Offering | None) -> dict[str, Any]:
    """The slot with the days that will be booked, once all is known that they hang on."""
    repeat, at = draft.get(SLOT), draft.get("time") or ""
    if (
        not repeat
        or not draft.get(WEEKS)
        or offering is None
        or not draft.get("date")
        or not re.fullmatch(r"\d\d:\d\d", at)
    ):
        return {}
    days = [day.isoformat() for day in plan_of(said, draft).days]
    return {SLOT: {**repeat, "days": days}} if repeat.get("days") != days else {}


def days_of(draft: Draft) -> list[date]:
    return [date.fromisoformat(day) for day in draft[SLOT].get("days") or ()]


def blanks(said: Said, draft: Draft) -> dict[str, Any]:
    """What is told of the series in its read-back."""
    language, days = said.language, days_of(draft)
    left_out = plan_of(said, draft)
    told = [
        words.text(f"bookings.series.{reason}", language, days=_list(some, language))
        for reason, some in (("holiday", left_out.holidays), ("full", left_out.full), ("closed", left_out.closed))
        if some
    ]
    if left_out.too_far:
        told.append(words.text("bookings.series.too_far", language, day=say_day(left_out.too_far[0], language)))
    gap = " " if said.english else ""
    return {
        "repeat_words": weekday_words(draft[SLOT]["weekdays"], language),
        "count": len(days),
        "days_words": _list(days[:1] + days[-1:] if len(days) > 1 else days, language, "bookings.series.to"),
        "left_out": gap.join(told),
    }


def weekday_words(weekdays: Sequence[int], language: str) -> str:
    """每周一、三、五; every Monday, Wednesday and Friday."""
    names = [words.text(f"bookings.weekday.{day}", language) for day in weekdays]
    joined = words.text("bookings.series.and", language).join(names)
    return words.text("bookings.series.every", language, days=joined)


def _list(days: Sequence[date], language: str, between: str = "bookings.series.and") -> str:
    return words.text(between, language).join(say_day(day, language) for day in days)
