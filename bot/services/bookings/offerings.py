"""What can be booked: a service at a place, on certain weekdays, in time windows with a number of seats."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from time import monotonic as time_passed
from weakref import WeakKeyDictionary

from bot.errors import NotFound
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.tables import Offering as OfferingRow
from bot.store.store import Store, UnitOfWork


@dataclass(frozen=True)
class Window:
    starts: time
    ends: time


@dataclass(frozen=True)
class Offering:
    id: str
    service: str
    """One of `SERVICES` in `bot.turns`."""
    title: str
    """With the mark of an example, where it is one; so are the next three."""
    title_en: str
    place: str
    place_en: str
    needs_address: bool
    """We come to the resident, so the address is asked."""
    weekdays: tuple[int, ...]
    """1 is Monday, 7 is Sunday."""
    windows: tuple[Window, ...]
    """In the order of the day."""
    capacity: int
    """Seats in each window."""
    max_party: int
    """Seats that one booking may take."""
    notice_hours: float
    """A booking is made at least so long before the window starts."""
    max_days_ahead: int
    cancel_hours: float
    """Changing and cancelling is possible until so long before the window starts."""
    valid_from: date
    community: str = ""
    """Whose staff see its bookings; empty is everybody's."""
    ask: str = ""
    """What it needs to know beside the usual, as it is asked; empty for nothing."""
    ask_en: str = ""
    bare_title: str = ""
    """As residents say it: without the mark of an example; so are the next two."""
    bare_place: str = ""
    bare_place_en: str = ""
    example: bool = False
    """Its days and places are an example (示例): for trying out, not for telling."""


@dataclass(frozen=True)
class _Copy:
    version: str
    read: float
    offerings: tuple[Offering, ...]


_copies: WeakKeyDictionary[Store, _Copy] = WeakKeyDictionary()
"""One turn asks for the offerings several times, and they change a few times a year."""
OLDEST_COPY = 60.0
"""Seconds after which they are read again all the same: somebody may have changed them by SQL."""


def find_offerings(store: Store, service: str | None = None) -> list[Offering]:
    """Of one service, or all of them, as they are now: a change by any process is seen at once."""
    with store.reading() as unit:
        version, copy = booking_queries.offerings_version(unit), _copies.get(store)
        if copy is None or copy.version != version or time_passed() - copy.read > OLDEST_COPY:
            copy = _Copy(version or "", time_passed(), tuple(map(offering_of, booking_queries.offerings(unit, None))))
            _copies[store] = copy
    return [one for one in copy.offerings if service in (None, one.service)]


def places_a_week(unit: UnitOfWork) -> Counter[tuple[str, str]]:
    """By service and community."""
    found = Counter[tuple[str, str]]()
    for row in booking_queries.offerings(unit, None):
        one = offering_of(row)
        found[one.service, one.community] += len(one.weekdays) * len(one.windows) * one.capacity
    return found


def offering_in(unit: UnitOfWork, offering_id: str) -> Offering:
    """Raises NotFound."""
    row = booking_queries.offering(unit, offering_id)
    if row is None:
        raise NotFound
    return offering_of(row)


def load_demo(store: Store, path: Path) -> int:
    """Read the offerings from a CSV file; those there already are brought up to date. Returns how many there are."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [_row_of(line) for line in csv.DictReader(file)]
    with store.unit() as unit:
        for row in rows:
            offering_of(row)  # a line that cannot be read stops here, before anything is written
            booking_queries.save_offering(unit, row)
        unit.commit()
    return len(rows)


def offering_of(row: OfferingRow) -> Offering:
    return Offering(
        id=row.id,
        service=row.service,
        title=row.title,
        title_en=row.title_en,
        place=row.place,
        place_en=row.place_en,
        needs_address=row.needs_address,
        weekdays=read_weekdays(row.weekdays),
        windows=read_windows(row.windows),
        capacity=row.capacity,
        max_party=row.max_party,
        notice_hours=row.notice_hours,
        max_days_ahead=row.max_days_ahead,
        cancel_hours=row.cancel_hours,
        valid_from=row.valid_from,
        community=row.community,
        ask=row.ask,
        ask_en=row.ask_en,
        bare_title=row.bare_title,
        bare_place=row.bare_place,
        bare_place_en=row.bare_place_en,
        example=row.is_example,
    )


def read_weekdays(text: str) -> tuple[int, ...]:
    """ "1-5;7" → Monday to Friday and Sunday."""
    days: list[int] = []
    for part in text.split(";"):
        first, _, last = part.partition("-")
        days.extend(range(int(first), int(last or first) + 1))
    if not days or not set(days) <= set(range(1, 8)):
        raise ValueError("weekdays are numbers from 1 to 7")
    return tuple(days)


def read_windows(text: str) -> tuple[Window, ...]:
    """ "11:00-12:30;17:00-18:30" → two windows."""
    windows = []
    for part in text.split(";"):
        starts, _, ends = part.partition("-")
        windows.append(Window(time.fromisoformat(starts), time.fromisoformat(ends)))
        if windows[-1].ends <= windows[-1].starts:
            raise ValueError("a window ends after it starts")
    return tuple(sorted(windows, key=lambda window: window.starts))


def _row_of(line: dict[str, str]) -> OfferingRow:
    return OfferingRow(
        id=line["id"],
        service=line["service"],
        bare_title=line["title"],
        bare_title_en=line["title_en"],
        bare_place=line["place"],
        bare_place_en=line["place_en"],
        is_example=(line.get("is_example") or "").strip() == "yes",
        needs_address=line["needs_address"] == "yes",
        weekdays=line["weekdays"],
        windows=line["windows"],
        capacity=int(line["capacity"]),
        max_party=int(line["max_party"]),
        notice_hours=float(line["notice_hours"]),
        max_days_ahead=int(line["max_days_ahead"]),
        cancel_hours=float(line["cancel_hours"]),
        source=line["source"],
        valid_from=date.fromisoformat(line["valid_from"]),
        community=(line.get("community") or "").strip(),
        ask=(line.get("ask") or "").strip(),
        ask_en=(line.get("ask_en") or "").strip(),
    )
