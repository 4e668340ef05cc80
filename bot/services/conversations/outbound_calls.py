"""Calls that we make: the evening before a booking, when a case is answered, when a service is over. When, whom, how often; and what is said.

Placing the call itself is the telephone's; what is decided here is plain arithmetic on the clock.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from bot.language import words
from bot.language.times import say_day, say_window
from bot.language.zh.spoken_numbers import digit_by_digit
from bot.services.conversations import calls, mandate_calls
from bot.services.kernel import tasks
from bot.services.kernel.phones import phone_last4
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import BookingState
from bot.store.bookings.tables import Booking
from bot.store.cases import queries as case_queries
from bot.store.cases.states import CaseState
from bot.store.conversations import call_queries
from bot.store.conversations import queries as conversation_queries
from bot.store.store import Store, UnitOfWork
from bot.store.visits import queries as visit_queries
from bot.turns import Language

Kind = Literal["reminder", "case_answered", "served", "mandate_asked", "mandate_act", "own_code"]
MACHINE = "machine"
"""Why a call ends that a machine took: it is tried again as if nobody had answered."""
PUT_BACK = timedelta(minutes=1)
"""When no place is free, we look again after this."""
STILL_RINGING = timedelta(seconds=45)
"""A call that was placed so short a time ago may still ring, and will need a place."""
LATEST = timedelta(hours=2)
"""A reminder less than this before the booking comes too late."""
EARLIEST = timedelta(hours=36)
"""One that is earlier is about a booking that was moved."""
ASKED_FOR = ("own_code",)
"""Calls that the resident has just asked for, also who wants no others."""
STILL_KNOWN = timedelta(days=3)
"""So long after a service people are asked how it was."""


@dataclass(frozen=True)
class OutboundCall:
    """A call that is about to be made, or that has just been answered."""

    kind: Kind
    phone: str
    language: Language
    words: dict[str, str]
    """What fills the blanks of the first reply."""
    cancelling: str = ""
    """Words that cancel the booking, as its owner would say them."""
    reopening: str = ""
    """Words that reopen the case."""
    number: str = ""
    """Of the mandate that is asked for."""
    served: str = ""
    """The number of the booking that is rated."""


@dataclass(frozen=True)
class CallingRules:
    quiet_from: time
    quiet_until: time
    attempts: int
    retry_minutes: float


def rules_of(quiet_hours: str, attempts: int, retry_minutes: float) -> CallingRules:
    """`quiet_hours` such as "20:30-08:30". Raises ValueError."""
    first, _, last = quiet_hours.partition("-")
    return CallingRules(time.fromisoformat(first), time.fromisoformat(last), attempts, retry_minutes)


def is_quiet(rules: CallingRules, now: datetime) -> bool:
    """Is this a time at which nobody is called?"""
    clock = now.timetz().replace(tzinfo=None)
    if rules.quiet_from <= rules.quiet_until:
        return rules.quiet_from <= clock < rules.quiet_until
    return clock >= rules.quiet_from or clock < rules.quiet_until


def end_of_quiet(rules: CallingRules, now: datetime) -> datetime:
    """The next moment at which people may be called."""
    until = datetime.combine(now.date(), rules.quiet_until, now.tzinfo)
    return until if until > now else until + timedelta(days=1)


def try_again(unit: UnitOfWork, payload: dict[str, Any], rules: CallingRules, now: datetime) -> None:
    """Another try later, until there were enough; the answered call itself takes it off the list."""
    tried = int(payload["tried"]) + 1
    if tried >= rules.attempts:
        return
    due = now + timedelta(minutes=rules.retry_minutes)
    if is_quiet(rules, due):
        due = end_of_quiet(rules, due)
    once = f"call {payload['kind']} {payload['number']} try {tried} {now.date()}"
    tasks.schedule(unit, "call_resident", due, {**payload, "tried": tried}, once=once)


def put_back(unit: UnitOfWork, payload: dict[str, Any], now: datetime) -> None:
    """All places are taken: in a moment, as the same try."""
    due = now + PUT_BACK
    once = f"call {payload['kind']} {payload['number']} put back {due.isoformat()}"
    tasks.schedule(unit, "call_resident", due, payload, once=once)


def find_call(store: Store, task: str, now: datetime) -> OutboundCall | None:
    """`task` is "kind number". None when there is nothing to say any more, or the resident wants no calls."""
    kind, _, number = task.partition(" ")
    with store.reading() as unit:
        if kind in mandate_calls.KINDS:
            found = _mandate(unit, kind, number, now)
        elif kind == "own_code":
            found = _own_code(unit, int(number), now)
        elif kind == "reminder":
            found = _reminder(unit, number, now)
        else:
            found = _served(unit, number, now) if kind == "served" else _case_answer(unit, number)
    if found is None or (kind not in ASKED_FOR and calls.choices(store, found.phone).no_calls):
        return None
    return found


def was_answered(store: Store, task: str, since: datetime) -> bool:
    """Did a person take our call about this since then?"""
    with store.reading() as unit:
        return bool(call_queries.causes(unit, task, since) - {MACHINE})


def left_message(store: Store, task: str, now: datetime) -> bool:
    """Has a machine kept our message about this lately?"""
    with store.reading() as unit:
        return MACHINE in call_queries.causes(unit, task, now - STILL_KNOWN)


def _reminder(unit: UnitOfWork, number: str, now: datetime) -> OutboundCall | None:
    row = booking_queries.booking(unit, number)
    if row is None or row.state != BookingState.CONFIRMED or not row.phone:
        return None
    starts = datetime.combine(row.session.day, row.session.starts, now.tzinfo)
    if not LATEST <= starts - now <= EARLIEST:  # moved to another day since, or too late
        return None
    language, values = _told_of(row)
    cancelling = words.text("bookings.which.cancel_by_phone", language, number=row.number, tail=phone_last4(row.phone))
    return OutboundCall("reminder", row.phone, language, values, cancelling=cancelling)


def _served(unit: UnitOfWork, number: str, now: datetime) -> OutboundCall | None:
    row = booking_queries.booking(unit, number)
    if row is None or row.state != BookingState.DONE or not row.phone or conversation_queries.is_rated(unit, number):
        return None
    if now - datetime.combine(row.session.day, row.session.ends, now.tzinfo) > STILL_KNOWN:
        return None
    language, values = _told_of(row)
    return OutboundCall("served", row.phone, language, values, served=number)


def _told_of(row: Booking) -> tuple[Language, dict[str, str]]:
    """Its language, and what fills the blanks of a reply about it."""
    language: Language = "en" if row.language == "en" else "zh"
    offering = row.session.offering
    return language, {
        "day_words": say_day(row.session.day, language),
        "time_words": say_window(row.session.starts, row.session.ends, language),
        "offering_title": offering.title_en if language == "en" else offering.title,
    }


def _mandate(unit: UnitOfWork, kind: str, number: str, now: datetime) -> OutboundCall | None:
    told = mandate_calls.whom(unit, kind, number, now)
    if told is None:
        return None
    phone, language, values = told
    return OutboundCall(
        "mandate_asked" if kind == mandate_calls.ASKED else "mandate_act", phone, language, values, number=number
    )


def _own_code(unit: UnitOfWork, visit_id: int, now: datetime) -> OutboundCall | None:
    """Digit by digit, for the ear; None once its time is over."""
    row = visit_queries.visit(unit, visit_id)
    if row is None or not row.phone or not row.code or row.code_ends is None or row.code_ends <= now:
        return None
    language: Language = "en" if row.language == "en" else "zh"
    return OutboundCall("own_code", row.phone, language, {"code": _digits(row.code, language)})


def _digits(digits: str, language: Language) -> str:
    return digit_by_digit(digits) if language == "zh" else " ".join(digits)


def _case_answer(unit: UnitOfWork, number: str) -> OutboundCall | None:
    row = case_queries.case(unit, number)
    if row is None or row.state != CaseState.ANSWERED or not row.phone:
        return None
    language: Language = "en" if row.language == "en" else "zh"
    reopening = words.text("cases.which.reopen_by_phone", language, number=row.number, tail=phone_last4(row.phone))
    return OutboundCall("case_answered", row.phone, language, {}, reopening=reopening)
