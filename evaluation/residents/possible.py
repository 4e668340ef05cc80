"""Whether a booking that a resident wishes for can be had at all on the day of the run; who wishes for another is left out."""

from datetime import date, datetime, time, timedelta

from bot.services.bookings.availability import refusal
from bot.services.bookings.offerings import Offering, find_offerings
from bot.store.store import Store
from evaluation.residents.days import day_of
from evaluation.residents.profiles import Profile
from evaluation.residents.wording import plain

SERVICE_DATE = ("service", "date")
LATER = 7
"""A given booking whose day is closed is made on one of so many days after it."""


def can_be_had(store: Store, profile: Profile, now: datetime) -> bool:
    """False when no offering of the service has such a day, time and place: no clerk could book it."""
    where = profile.where
    if profile.table != "bookings" or profile.given or any(name not in where for name in SERVICE_DATE):
        return True
    day = day_of(where["date"], now.date())
    return any(_has(one, day, where, now) for one in find_offerings(store, where["service"]))


def _has(offering: Offering, day: date, where: dict[str, object], now: datetime) -> bool:
    place = where.get("place")
    if isinstance(place, dict) and not offering.needs_address:
        there = plain(f"{offering.place}{offering.place_en}")
        if not any(plain(part) in there for part in place["contains_any"]):
            return False
    at = time.fromisoformat(str(where["time"])) if "time" in where else None
    fitting = [one for one in offering.windows if at is None or one.starts <= at < one.ends]
    return any(refusal(offering, one, day, now) is None for one in fitting)


def open_day(offering: Offering, day: date, now: datetime) -> date:
    """The day itself, or the next on which the offering is open; the day where there is none within a week."""
    after = (day + timedelta(days=ahead) for ahead in range(LATER))
    is_open = (one for one in after if any(refusal(offering, window, one, now) is None for window in offering.windows))
    return next(is_open, day)
