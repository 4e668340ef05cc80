"""The topic of bookings."""

from datetime import datetime, timedelta
from typing import Any

from bot.language import words
from bot.language.times import say_day, say_window
from bot.services.bookings import waiting_list
from bot.services.bookings.bookings import release
from bot.services.bookings.offerings import places_a_week
from bot.services.kernel.topics import Draft, Due, Expiry, Filed, Matter, Topic
from bot.store.bookings import queries
from bot.store.bookings.states import LIVE, BookingState
from bot.store.bookings.tables import Booking
from bot.store.store import UnitOfWork
from bot.turns import Language


def exported(row: Booking) -> dict[str, Any]:
    return {
        "number": row.number,
        "offering": row.session.offering_id,
        "day": row.session.day.isoformat(),
        "starts": row.session.starts.isoformat("minutes"),
        "state": row.state,
        "party": row.party,
        "name": row.name,
        "phone": row.phone,
        "address": row.address,
        "beneficiary": row.beneficiary,
        "note": row.note,
        "series": row.series,
        "made": row.made.isoformat(),
    }


def erase(unit: UnitOfWork, row: Booking, now: datetime, offer_hours: float) -> None:
    """A seat that is still held goes to whoever waits for it."""
    locked = queries.lock_booking(unit, row.number)
    if locked is not None and locked.state in LIVE:
        release(unit, locked, offer_hours, now, actor="system")
        unit.flush()
    unit.delete(row)
    unit.flush()
    queries.forget_empty_series(unit)


def told(unit: UnitOfWork, row: Booking, language: Language, now: datetime) -> Matter:
    session, offering = row.session, row.session.offering
    english = language == "en"
    begins, ends = waiting_list.starts_at(session, now), waiting_list.ends_at(session, now)
    place = row.address or (offering.place_en if english else offering.place)
    gap = " " if english else ""
    when = say_day(session.day, language) + gap + say_window(session.starts, session.ends, language)
    is_open = row.state in LIVE and ends > now
    in_time = row.state != BookingState.CONFIRMED or begins - timedelta(hours=offering.cancel_hours) >= now
    may = {name for name, can in (("cancel", in_time), ("calendar", row.state == BookingState.CONFIRMED)) if can}
    return Matter(
        "booking",
        row.number,
        offering.title_en if english else offering.title,
        words.text(f"bookings.state.{row.state}", language),
        begins,
        is_open,
        (("when", when), ("place", place), ("party", str(row.party))),
        may=frozenset(may if is_open else ()),
        begins=begins,
        ends=ends,
        place=place,
    )


TOPIC = Topic(
    filed=(Filed("bookings", Booking, exported, erase, told),),
    expiries=(
        Expiry(
            "bookings",
            lambda keep: keep.booking_days,
            lambda unit, deadline, most, now: queries.bookings_before(unit, deadline.date(), most),
            "LINYU_BOOKING_DAYS",
        ),
    ),
    due={
        "booking_done": Due(lambda store, task, now, rules: waiting_list.close_booking(store, task, now)),
        "waiting_offer_expires": Due(
            lambda store, task, now, rules: waiting_list.expire_offer(store, task, now, offer_hours=rules.offer_hours)
        ),
    },
    drafts={
        "book_service": Draft(worth_keeping=True, impersonal=frozenset({"service", "place", "date", "time", "name"})),
        "change_booking": Draft(),
    },
    offered=places_a_week,
)
