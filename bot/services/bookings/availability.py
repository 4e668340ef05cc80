"""Is there a seat? Arithmetic on an offering, the clock, and the seats already taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.services.bookings.offerings import Offering, Window

Outcome = Literal["free", "full", "closed_day", "too_soon", "too_far", "past", "no_window", "choose_time"]
Part = Literal["morning", "noon", "afternoon", "evening"]

PARTS: dict[str, tuple[time, time]] = {
    "morning": (time(5), time(12)),
    "noon": (time(11), time(13, 30)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), time(23, 59)),
}
"""A window belongs to a part of the day when it starts in it; the parts overlap, as in people's speech."""

ALTERNATIVES = 3

Taken = Mapping[tuple[date, time], int]
"""Seats taken per day and start of the window; a window that is missing has none taken."""


@dataclass(frozen=True)
class FreeWindow:
    starts: time
    ends: time
    left: int
    """Seats."""


@dataclass(frozen=True)
class Availability:
    outcome: Outcome
    """free: `windows` holds the one that fits. choose_time: several do. Else nothing fits as asked."""
    windows: tuple[FreeWindow, ...]
    """Windows of that day that can be booked."""
    alternatives: tuple[tuple[date, Window], ...]
    """The next that could be booked, when nothing fits as asked."""


def days_to_read(offering: Offering, now: datetime) -> list[date]:
    """Every day that can be booked at all."""
    return [now.date() + timedelta(days=ahead) for ahead in range(offering.max_days_ahead + 1)]


def judge(
    offering: Offering,
    taken: Taken,
    day: date,
    *,
    at: time | None,
    part: str | None,
    party: int,
    now: datetime,
) -> Availability:
    """Compare what is asked with what there is."""
    free = _free(offering, taken, day, party, now)
    outcome, windows = _outcome(offering, free, day, at, part, now)
    alternatives = () if outcome in ("free", "choose_time") else _next(offering, taken, day, at, party, now)
    return Availability(outcome, windows, alternatives)


def free_of_days(
    offering: Offering, taken: Taken, party: int, now: datetime
) -> list[tuple[date, tuple[FreeWindow, ...]]]:
    """Every day with a window that this party can have, and those windows."""
    found = ((day, _free(offering, taken, day, party, now)) for day in days_to_read(offering, now))
    return [(day, windows) for day, windows in found if windows]


def refusal(offering: Offering, window: Window, day: date, now: datetime) -> Outcome | None:
    """Why this window cannot be booked at this moment, seats aside; None when it can."""
    starts = datetime.combine(day, window.starts, now.tzinfo)
    if starts <= now:
        return "past"
    if (day - now.date()).days > offering.max_days_ahead:
        return "too_far"
    if day.isoweekday() not in offering.weekdays or day < offering.valid_from:
        return "closed_day"
    if starts - timedelta(hours=offering.notice_hours) < now:
        return "too_soon"
    return None


def _outcome(
    offering: Offering,
    free: tuple[FreeWindow, ...],
    day: date,
    at: time | None,
    part: str | None,
    now: datetime,
) -> tuple[Outcome, tuple[FreeWindow, ...]]:
    asked = _asked_windows(offering, at, part)
    day_refused = [refusal(offering, window, day, now) for window in asked or offering.windows]
    for reason in ("closed_day", "too_far", "past", "too_soon"):
        if all(refused == reason for refused in day_refused):
            return reason, free
    if not asked:
        return "no_window", free
    if all(day_refused):  # some windows are over, the others come too soon
        return "too_soon", free
    fitting = tuple(one for one in free if Window(one.starts, one.ends) in asked)
    if not fitting:
        return "full", free
    return ("free" if len(fitting) == 1 else "choose_time"), fitting


def _asked_windows(offering: Offering, at: time | None, part: str | None) -> list[Window]:
    if at is not None:
        exact = [window for window in offering.windows if window.starts == at]
        return exact or [window for window in offering.windows if window.starts < at < window.ends]
    if part is not None:
        first, last = PARTS[part]
        return [window for window in offering.windows if first <= window.starts < last]
    return list(offering.windows)


def _free(offering: Offering, taken: Taken, day: date, party: int, now: datetime) -> tuple[FreeWindow, ...]:
    if party > offering.max_party:
        return ()
    windows = []
    for window in offering.windows:
        left = offering.capacity - taken.get((day, window.starts), 0)
        if refusal(offering, window, day, now) is None and left >= party:
            windows.append(FreeWindow(window.starts, window.ends, left))
    return tuple(windows)


def _next(
    offering: Offering, taken: Taken, day: date, at: time | None, party: int, now: datetime
) -> tuple[tuple[date, Window], ...]:
    """Nearest days first, later before earlier; on one day the window nearest to the time asked."""
    wanted = at or offering.windows[0].starts
    found = [
        (abs((other - day).days), other < day, minutes_apart(window.starts, wanted), other, window)
        for other in days_to_read(offering, now)
        for free in _free(offering, taken, other, party, now)
        for window in [Window(free.starts, free.ends)]
    ]
    found.sort(key=lambda one: one[:4])
    return tuple((other, window) for *_, other, window in found[:ALTERNATIVES])


def minutes_apart(one: time, other: time) -> int:
    """Of two hours of one day."""
    return abs(one.hour * 60 + one.minute - other.hour * 60 - other.minute)
