"""What we keep about one resident, found by the keyed hash of their phone: shown to them, or erased."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.audit import audit
from bot.services.bookings.bookings import release
from bot.services.bookings.waiting_list import OFFER_HOURS
from bot.services.conversations.conversations import erase_in
from bot.services.handover.handover import Handover, request_person
from bot.services.kernel.permissions import OPERATOR, Actor
from bot.services.kernel.phones import plain_phone
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.tables import Booking
from bot.store.cases import queries as case_queries
from bot.store.cases.tables import Case
from bot.store.conversations import call_queries
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Call
from bot.store.handover.tables import Handover as HandoverRow
from bot.store.store import Store, Unit

SUBJECT_DIGITS = 16


@dataclass(frozen=True)
class Filed:
    """All records with one phone."""

    bookings: Sequence[Booking]
    cases: Sequence[Case]
    handovers: Sequence[HandoverRow]
    calls: Sequence[Call]

    @property
    def conversations(self) -> list[str]:
        """Ids of those in which something was filed."""
        rows: list[Booking | Case | HandoverRow | Call]
        rows = [*self.bookings, *self.cases, *self.handovers, *self.calls]
        return sorted({row.conversation_id for row in rows})

    @property
    def counts(self) -> dict[str, int]:
        return {
            "bookings": len(self.bookings),
            "cases": len(self.cases),
            "handovers": len(self.handovers),
            "calls": len(self.calls),
            "conversations": len(self.conversations),
        }


def request_erasure(
    store: Store,
    *,
    conversation_id: str,
    phone: str | None,
    client_message_id: str,
    channel: str,
    language: str,
    now: datetime,
    hours: str = "",
) -> Handover:
    """ "Delete my data": staff check who asks before anything is erased."""
    return request_person(
        store,
        conversation_id=conversation_id,
        reason="erase",
        phone=phone,
        client_message_id=client_message_id,
        channel=channel,
        language=language,
        now=now,
        hours=hours,
    )


def export_resident(store: Store, phone: str) -> dict[str, Any]:
    """Everything filed with this phone, and the conversations it was filed in, ready for JSON."""
    digits = plain_phone(phone)
    with store.reading() as unit:
        filed = _filed(unit, digits)
        return {
            "bookings": [_booking(row) for row in filed.bookings],
            "cases": [_case(row) for row in filed.cases],
            "handovers": [
                {"number": row.number, "asked": row.asked.isoformat(), "reason": row.reason} for row in filed.handovers
            ],
            "calls": [_call(row) for row in filed.calls],
            "choices": _choices(unit, digits),
            "conversations": [_said(unit, one) for one in filed.conversations],
        }


def conversations_of(store: Store, phone: str) -> list[str]:
    """Ids of the conversations in which something was filed with this phone."""
    with store.reading() as unit:
        return _filed(unit, plain_phone(phone)).conversations


def found_of(store: Store, phone: str) -> dict[str, int]:
    """How many records of each kind there are, so that nobody is told of an erasure that found nothing."""
    digits = plain_phone(phone)
    with store.reading() as unit:
        return {**_filed(unit, digits).counts, "choices": int(call_queries.choice(unit, digits) is not None)}


def erase_resident(
    store: Store,
    phone: str,
    now: datetime,
    *,
    actor: Actor = OPERATOR,
    reason: str = "",
    offer_hours: float = OFFER_HOURS,
) -> dict[str, int]:
    """Erase all of it and free seats still held. A case stays as a number with category, state and dates only;
    one that is still open is closed as withdrawn: nobody could work on it without its words.

    Returns how many records of each kind were erased; the audit keeps that, and no phone.
    """
    digits = plain_phone(phone)
    with store.unit() as unit:
        filed = _filed(unit, digits)
        erased, conversations = filed.counts, filed.conversations  # before the rows are gone
        for booking in filed.bookings:
            locked = booking_queries.lock_booking(unit, booking.number)
            if locked is not None and locked.state in ("confirmed", "offered", "waiting"):
                release(unit, locked, offer_hours, now, actor="system")
                unit.flush()
            unit.delete(booking)
        for case in filed.cases:
            withdraw_case(unit, case, now)
            empty_case(unit, case, now)
        for handover in filed.handovers:
            unit.delete(handover)
        if (choice := call_queries.choice(unit, digits)) is not None:
            unit.delete(choice)
        for conversation_id in conversations:
            erase_in(unit, conversation_id)
        subject = subject_of(unit, digits)
        audit.write(unit, actor, "resident.erase", "resident", subject, now, reason=reason, details=erased)
        unit.commit()
    return erased


def note_export(store: Store, actor: Actor, phone: str, now: datetime, *, reason: str = "") -> None:
    """Before the data is given out."""
    with store.unit() as unit:
        subject = subject_of(unit, plain_phone(phone))
        audit.write(unit, actor, "resident.export", "resident", subject, now, reason=reason)
        unit.commit()


def subject_of(unit: Unit, digits: str) -> str:
    """What the audit calls a person: part of the keyed hash of their phone, which tells nothing without the key."""
    return unit.keys.keyed_hash(digits)[:SUBJECT_DIGITS]


def withdraw_case(unit: Unit, case: Case, now: datetime) -> None:
    """Its clock stops, and its history says why."""
    if case.state not in ("settled", "closed"):
        case.state = "closed"
        case_queries.note_event(unit, case, now, "resident", "withdrawn", None)


def empty_case(unit: Unit, case: Case, now: datetime) -> None:
    """Only number, category, state and dates stay."""
    case.place = case.text = ""
    case.name = case.phone = case.phone_hash = case.check_code = case.answer = None
    case.conversation_id = ""
    for event in case.events:
        event.note = None
    case_queries.delete_photos(unit, case.id)
    case_queries.note_event(unit, case, now, "system", "erased", None)


def _filed(unit: Unit, digits: str) -> Filed:
    return Filed(
        booking_queries.bookings_of_phone(unit, digits),
        case_queries.cases_of_phone(unit, digits),
        conversation_queries.handovers_of_phone(unit, digits),
        call_queries.calls_of_phone(unit, digits),
    )


def _choices(unit: Unit, digits: str) -> list[dict[str, Any]]:
    """What they told us to remember for their number."""
    row = call_queries.choice(unit, digits)
    return [{"rate": row.rate, "no_calls": row.no_calls, "changed": row.changed.isoformat()}] if row else []


def _call(row: Call) -> dict[str, Any]:
    ended = row.ended.isoformat() if row.ended else None
    return {"started": row.started.isoformat(), "ended": ended, "direction": row.direction, "cause": row.cause}


def _booking(row: Booking) -> dict[str, Any]:
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
        "made": row.made.isoformat(),
    }


def _case(row: Case) -> dict[str, Any]:
    return {
        "number": row.number,
        "category": row.category,
        "state": row.state,
        "place": row.place,
        "text": row.text,
        "answer": row.answer,
        "name": row.name,
        "phone": row.phone,
        "filed": row.filed.isoformat(),
        "history": [
            {"at": event.at.isoformat(), "actor": event.actor, "action": event.action, "note": event.note}
            for event in row.events
        ],
    }


def _said(unit: Unit, conversation_id: str) -> dict[str, Any]:
    turns = conversation_queries.answered_turns(unit, conversation_id)
    return {
        "conversation_id": conversation_id,
        "turns": [
            {
                "received": row.received.isoformat(),
                "text": row.text,
                "replies": row.replies,
                "recording_flac": _recording(unit, row.id),
            }
            for row in turns
        ],
        "notices": [
            {"at": row.at.isoformat(), "reply": row.reply}
            for row in conversation_queries.notices(unit, conversation_id)
        ],
        "ratings": [
            {"at": row.at.isoformat(), "score": row.score, "comment": row.comment}
            for row in conversation_queries.ratings(unit, conversation_id)
        ],
    }


def _recording(unit: Unit, turn_id: str) -> str | None:
    """In base64; None where no sound was kept."""
    kept = conversation_queries.recording(unit, turn_id)
    return b64encode(kept.content).decode() if kept is not None else None
