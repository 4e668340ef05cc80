"""What stands in the database: the bookings, cases and requests for a person of one conversation, as plain values."""

from dataclasses import dataclass
from datetime import date, time

from bot.store.bookings import queries as booking_queries
from bot.store.bookings.tables import Booking
from bot.store.cases import queries as case_queries
from bot.store.cases.tables import Case
from bot.store.conversations import queries as conversation_queries
from bot.store.store import Store

OVER = ("cancelled", "expired", "no_show")
"""States of a booking that takes no seat."""
FORMS = {"bookings": "book_service", "cases": "file_complaint"}


@dataclass(frozen=True)
class Booked:
    number: str
    state: str
    service: str
    day: date
    starts: time
    ends: time
    place: str
    """Name of the place in both languages, and the address."""
    party: int
    name: str
    phone: str
    beneficiary: str


@dataclass(frozen=True)
class Filed:
    number: str
    state: str
    category: str
    place: str
    text: str
    name: str
    phone: str
    anonymous: bool


@dataclass(frozen=True)
class Asked:
    """For a person."""

    number: str
    state: str
    phone: str
    forms: frozenset[str]
    """Forms that stood open in the conversation: what was said in them is seen by whoever takes it over."""


Record = Booked | Filed | Asked


def bookings_of(store: Store, conversation_id: str) -> list[Booked]:
    with store.reading() as unit:
        return [_booked(row) for row in booking_queries.bookings_of_conversation(unit, conversation_id)]


def cases_of(store: Store, conversation_id: str) -> list[Filed]:
    with store.reading() as unit:
        return [_filed(row) for row in case_queries.cases_of_conversation(unit, conversation_id)]


def handovers_of(store: Store, conversation_id: str) -> list[Asked]:
    """Those that are open."""
    with store.reading() as unit:
        turns = conversation_queries.answered_turns(unit, conversation_id)
        forms = frozenset(turn.form for turn in turns if turn.form)
        rows = conversation_queries.open_handovers(unit, conversation_id)
        return [Asked(row.number, "open", row.phone or "", forms) for row in rows]


def _booked(row: Booking) -> Booked:
    session, offering = row.session, row.session.offering
    return Booked(
        row.number, row.state, offering.service, session.day, session.starts, session.ends,
        " ".join((offering.place, offering.place_en, row.address or "")),
        row.party, row.name, row.phone, row.beneficiary or "",
    )  # fmt: skip


def _filed(row: Case) -> Filed:
    return Filed(
        row.number, row.state, row.category, row.place, row.text, row.name or "", row.phone or "", row.anonymous
    )
