"""A person is always one word away: requests to be called or answered by staff."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.services.handover import office
from bot.services.kernel.opening_hours import on_duty as on_duty
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.store.conversations import queries as conversation_queries
from bot.store.handover.states import HandoverState
from bot.store.handover.tables import Handover as HandoverRow
from bot.store.kernel import idempotency_queries
from bot.store.store import Store


@dataclass(frozen=True)
class Handover:
    number: str
    state: str
    """open, claimed or done"""
    on_duty: bool | None
    """Whether staff were on duty when it was asked; None when their hours are not known."""
    call_back_by: datetime | None = None
    """The latest moment at which they are called back, as they were told; None where nothing was promised."""
    joined: bool = False
    """It was open already: the conversation has one open request for a person, with one number."""


CALL_BACK_MINUTES = 30.0
"""Of the hours in which people are there, unless the caller passes the setting."""
ANY_PERSON = ("asked", "assistant_off", "emergency")
"""Reasons that name no matter: such a request joins whatever is open, and waits for no number of its own."""
ERASURE = "erase"
WITHDRAWN = "withdrawn"
"""What came of a request that the resident took back."""


def request_person(
    store: Store,
    *,
    conversation_id: str,
    reason: str,
    phone: str | None,
    client_message_id: str,
    channel: str,
    language: str,
    now: datetime,
    hours: str = "",
    call_back_minutes: float = CALL_BACK_MINUTES,
    random: Random = SECURE_RANDOM,
) -> Handover:
    """Record the wish. `hours` is the setting staff_hours, for as long as the console names no others. The same client message again gets the same record.

    A conversation has one open request: asking again joins it, and a number given later is added to it. Only another
    matter (a job, a proposal, erasure) makes a record of its own.
    """
    with store.unit() as unit:
        scope = conversation_id, client_message_id, "handover"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            before = conversation_queries.handover(unit, done.number or "")
            assert before is not None
            return Handover(before.number, before.state, before.on_duty, before.call_back_by)
        digits = plain_phone(phone) if phone else None
        phone_hash = unit.keys.keyed_hash(digits) if digits else None
        conversation_queries.lock_conversation(unit, conversation_id)
        waiting = conversation_queries.open_handovers(unit, conversation_id)
        asked_before = next((row for row in waiting if _same_wish(row.reason, reason)), None)
        if asked_before is not None:
            if digits:
                asked_before.phone, asked_before.phone_hash = digits, phone_hash
            if asked_before.reason in ANY_PERSON and reason not in ANY_PERSON:
                asked_before.reason = reason  # now staff know what it is about
            idempotency_queries.record(unit, *scope, asked_before.number)
            unit.commit()
            by = asked_before.call_back_by
            return Handover(asked_before.number, asked_before.state, asked_before.on_duty, by, joined=True)
        there = office.read(unit, hours, now)
        row = HandoverRow(
            number=new_number(unit, HandoverRow, random),
            conversation_id=conversation_id,
            reason=reason,
            phone=digits,
            phone_hash=phone_hash,
            state=HandoverState.OPEN,
            on_duty=office.is_open(there, now),
            call_back_by=office.call_back_by(there, now, call_back_minutes),
            channel=channel,
            language=language,
            asked=now,
        )
        unit.add(row)
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return Handover(row.number, row.state, row.on_duty, row.call_back_by)


def _same_wish(open_reason: str, reason: str) -> bool:
    if ERASURE in (open_reason, reason):
        return open_reason == reason
    return open_reason == reason or reason in ANY_PERSON or open_reason in ANY_PERSON


def withdraw(store: Store, conversation_id: str, now: datetime) -> list[str]:
    """The resident wants no person after all: what nobody has claimed yet is closed. Returns the numbers."""
    with store.unit() as unit:
        rows = conversation_queries.open_handovers(unit, conversation_id)
        mine = [row for row in rows if row.state == "open" and row.reason in ANY_PERSON]
        for row in mine:
            row.state, row.outcome, row.done = "done", WITHDRAWN, now
        unit.commit()
        return [row.number for row in mine]
