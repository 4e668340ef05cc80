"""Which day, when the resident leaves it open: any, any but, one of several, or a stretch of time."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core.choices import offer, plainly
from actions.core.turn import Said
from actions.core.words import HasWindow
from bot import wiring
from bot.language.times import say_day, say_window
from bot.services.bookings import bookings
from bot.services.bookings.availability import ALTERNATIVES, FreeWindow, days_to_read, minutes_apart
from bot.services.bookings.offerings import Offering

Wish = tuple[time | None, str | None]
"""A time of day, or a part of the day."""


_NEXT_TIME = re.compile(
    r"下一?[次回场期](?!再)|最[近早]的?(?:一[次场期天]|那[次场天])?吧?$|越[快早]越好|\b(?:the )?next (?:one|time)\b|\bas (?:soon|early) as (?:possible|you can)\b"
    r"|\b(?:the )?(?:soonest|earliest|first|next)(?: (?:day|one|time|slot|date|you have|possible))? (?:available|free|possible|you have)\b|\b(?:the )?(?:soonest|earliest)(?: (?:day|one|slot|time))?\W*$|\basap\b",
    re.I,
)
"""The first day there is, by its place in the row."""


def next_time(said: Said) -> bool:
    """Asked for the day or the time, the resident leaves it to the row: 下一次吧."""
    if said.awaiting == "time" and said.entities.when.at is None and said.entities.when.part is None:
        return bool(_NEXT_TIME.search(said.text))
    return said.awaiting == "date" and said.entities.when.day is None and bool(_NEXT_TIME.search(said.text))


def first_free(
    said: Said, draft: Mapping[str, Any], offering: Offering, dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """「随便」: the first day, or the first time of the day, that can be had; it is said, and read back like any other."""
    if said.awaiting not in ("date", "time") and said.entities.when.doubt != "any_but":
        return {}
    only = [date.fromisoformat(draft["date"])] if said.awaiting == "time" and draft.get("date") else None
    suits = [day for day in only or days_to_read(offering, said.now) if day.weekday() not in said.entities.when.not_on]
    free = free_days(offering, draft.get("party") or 1, said.now, suits, 1)
    if not free:
        return {}
    day, (window, *_) = free[0]
    dispatcher.utter_message(
        response="utter_any_taken",
        day_words=say_day(day, said.language),
        time_words=say_window(window.starts, window.ends, said.language),
    )
    return {"date": day.isoformat(), "time": f"~{window.starts:%H:%M}"}


def free_days(
    offering: Offering, party: int, now: datetime, among: Iterable[date] | None = None, count: int = ALTERNATIVES
) -> list[tuple[date, tuple[FreeWindow, ...]]]:
    """The first `count` of these days (default: all that can be booked) with free windows, and those windows."""
    free = dict(bookings.free_days(wiring.store(), offering.id, party, now))
    return [(day, free[day]) for day in (free if among is None else among) if day in free][:count]


def nearest_first[W: HasWindow](windows: Iterable[W], at: time) -> list[W]:
    """These windows by how far from that hour they begin."""
    return sorted(windows, key=lambda one: minutes_apart(one.starts, at))


def first_fitting(offering: Offering, among: Iterable[date], wish: Wish, party: int, now: datetime) -> date | None:
    """The first of these days on which what is wished for can be had."""
    return next((day for day in among if _fits(offering, day, wish, party, now)), None)


def this_week_or_next(offering: Offering, today: date, wish: Wish, party: int, now: datetime) -> date:
    """A weekday named on that very day: today, as long as there is something left of it."""
    next_week = today + timedelta(weeks=1)
    return today if _fits(offering, today, wish, party, now) else next_week


def _fits(offering: Offering, day: date, wish: Wish, party: int, now: datetime) -> bool:
    at, part = wish
    found = bookings.availability(wiring.store(), offering.id, day, at=at, part=part, party=party, now=now)
    return found.outcome in ("free", "choose_time")


def offer_from(
    offering: Offering | None, begin: date | None, party: int, said: Said, dispatcher: CollectingDispatcher
) -> None:
    """A stretch of time was named (下个月初, 周末): the first free days of it."""
    later = [day for day in days_to_read(offering, said.now) if begin is None or day >= begin] if offering else []
    free = free_days(offering, party, said.now, later) if offering else []
    if not free:
        dispatcher.utter_message(response="utter_time_which_day")
        return
    choices = plainly([say_day(day, said.language) for day, _ in free])
    offer(dispatcher, "utter_days_then", choices, said.language)
