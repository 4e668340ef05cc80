"""The record that a follow-up is about, made before the resident speaks."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.language.times import say_day
from bot.services.bookings.bookings import BookingRequest, book
from bot.services.bookings.offerings import Offering, find_offerings
from bot.services.bookings.series import Weekly, book_series
from bot.services.cases.cases import ComplaintRequest, file_case
from bot.services.kernel.deadlines import Targets
from bot.store.cases import queries as case_queries
from bot.store.store import Store
from evaluation.residents.days import WEEKDAYS, day_of
from evaluation.residents.newer.written import make_mandate, make_volunteer
from evaluation.residents.profiles import Profile

TARGETS = Targets(1, 3, False)
STATES = {"open": "handling", "resolved": "settled"}
PLACES = {"东风": "东风社区三栋", "新街": "新街社区三栋"}


def conversation_of(profile: Profile, run: int, now: datetime) -> str:
    """Where the record was made: not where the resident speaks now."""
    return f"given-{profile.id}-{run}-{now:%H%M%S%f}"


def make_given(store: Store, profile: Profile, run: int, now: datetime) -> str:
    """Write it; its number. Empty when nothing was given."""
    if not profile.given:
        return ""
    where = conversation_of(profile, run, now)
    if profile.given["table"] == "cases":
        return _case(store, profile.given, where, now)
    if profile.given["table"] == "volunteers":
        return make_volunteer(store, profile.given, where, now)
    if profile.given["table"] == "mandates":
        return make_mandate(store, profile.given, where, now)
    marks = profile.given.get("repeat")
    days = [_weekday(mark, now.date()) for mark in marks] if marks else [day_of(profile.given["date"], now.date())]
    request = _request(store, profile.given, where, days[0])
    if not marks:
        return book(store, request, now).number
    weekly = Weekly(tuple(WEEKDAYS.index(mark) for mark in marks), weeks=1)
    return book_series(store, request, weekly, days, now)[0].number


def _weekday(mark: str, today: date) -> date:
    return today + timedelta(days=7 - today.weekday() + WEEKDAYS.index(mark))


def _request(store: Store, given: dict[str, Any], where: str, day: date) -> BookingRequest:
    place = given.get("place", "东风")
    offering = _offering(find_offerings(store, given["service"]), place)
    wished = time.fromisoformat(given["time"]) if "time" in given else offering.windows[0].starts
    window = next((one for one in offering.windows if one.starts <= wished < one.ends), offering.windows[0])
    return BookingRequest(
        offering_id=offering.id, day=day, starts=window.starts, party=given.get("party", 1), name="测试甲",
        phone=given["phone"], address=PLACES[place] if offering.needs_address else None, beneficiary=None, note=None,
        conversation_id=where, client_message_id=where, language="zh", channel="web",
    )  # fmt: skip


def _offering(offerings: list[Offering], place: str) -> Offering:
    return next((one for one in offerings if one.place.startswith(place)), offerings[0])


def _case(store: Store, given: dict[str, Any], where: str, now: datetime) -> str:
    request = ComplaintRequest(
        category=given["category"], place="东风社区三栋", text=say_day(now.date(), "zh"), anonymous=False,
        name="测试甲", phone=given["phone"], conversation_id=where, client_message_id=where, language="zh",
        channel="web",
    )  # fmt: skip
    number = file_case(store, request, now, targets=TARGETS).number
    with store.unit() as unit:
        row = case_queries.lock_case(unit, number)
        assert row is not None  # it was filed just now
        row.state = STATES[given["status"]]
        unit.commit()
    return number
