"""Where the service bus stops next: the days and windows of its offerings, so that what is told can be booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.services.bookings.offerings import Offering, Window, find_offerings
from bot.store.store import Store

SERVICE = "mobile_bus"
LOOK_AHEAD = 28
"""Days."""


@dataclass(frozen=True)
class Stop:
    place: str
    place_en: str
    community: str
    day: date
    windows: tuple[Window, ...]
    """Of that day that are not over, in their order."""

    def named(self, language: str) -> str:
        return self.place_en if language == "en" else self.place


def next_stops(store: Store, now: datetime, *, community: str = "", day: date | None = None) -> list[Stop]:
    """The next confirmed stop at each place, soonest first; of one community, or all of one `day`."""
    offerings = [one for one in confirmed(store) if community in (one.community, "")]
    days = [day] if day else [now.date() + timedelta(days=ahead) for ahead in range(LOOK_AHEAD)]
    found = [stop for one in offerings if (stop := _first(one, days, now)) is not None]
    return sorted(found, key=lambda stop: (stop.day, stop.windows[0].starts, stop.place))


def confirmed(store: Store) -> list[Offering]:
    """Those that the office stands behind."""
    return [one for one in find_offerings(store, SERVICE) if not one.example]


def _first(offering: Offering, days: Sequence[date], now: datetime) -> Stop | None:
    for day in days:
        open_then = day >= now.date() and day >= offering.valid_from and day.isoweekday() in offering.weekdays
        windows = tuple(one for one in offering.windows if datetime.combine(day, one.ends, now.tzinfo) > now)
        if open_then and windows:
            return Stop(offering.place, offering.place_en, offering.community, day, windows)
    return None
