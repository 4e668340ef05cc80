"""A visit to one's own matters: opened on the device that told them, or elsewhere by phone and a six-digit code.

A code that we tell in a call to a phone opens all that was filed with that phone. A code that is shown on a device opens
what was told in its conversation: a phone that somebody typed proves nothing about whose it is.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.errors import NotFound
from bot.services.kernel import tasks, topics
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM
from bot.services.visits.errors import VisitOver, WrongOwnCode
from bot.store import records
from bot.store.store import Store, UnitOfWork
from bot.store.visits import queries
from bot.store.visits.tables import OwnVisit

CODE_DIGITS = 6
CODE_MINUTES = 15
VISIT_MINUTES = 30
MOST_CALLS_A_DAY = 3
"""That tell a code to one phone: nobody is pestered."""
TOLD_BY_CALL = "own_code"


@dataclass(frozen=True)
class Visit:
    """What it opens: all of one phone, or what one conversation told."""

    id: int
    phone: str | None
    shown_in: str | None


def open_here(store: Store, conversation_id: str, language: str, now: datetime) -> str:
    """The token of a visit to what this conversation has told."""
    with store.unit() as unit:
        row = _new(unit, language, now, shown_in=conversation_id)
        token = _open(unit, row, now)
        unit.commit()
        return token


def show_code(
    store: Store, conversation_id: str, language: str, now: datetime, *, random: Random = SECURE_RANDOM
) -> str:
    """Six digits that open the same on another device, once and for a quarter of an hour; an older one is good no more."""
    with store.unit() as unit:
        queries.forget_shown(unit, conversation_id)
        row = _new(unit, language, now, shown_in=conversation_id)
        code = _give_code(row, now, random)
        unit.commit()
        return code


def tell_code(store: Store, phone: str, language: str, now: datetime, *, random: Random = SECURE_RANDOM) -> None:
    """Call this phone and tell it a code, where something was filed with it and it was not called too often today.

    Whoever asks learns nothing about either.
    """
    digits = plain_phone(phone)
    with store.unit() as unit:
        known = any(records.filed_by(unit, one.table, digits) for one in topics.filed() if one.tell)
        if not known or queries.count_told(unit, digits, now - timedelta(days=1)) >= MOST_CALLS_A_DAY:
            return
        row = _new(unit, language, now)
        row.phone, row.phone_hash = digits, unit.keys.keyed_hash(digits)
        _give_code(row, now, random)
        unit.flush()
        tasks.plan_call(unit, TOLD_BY_CALL, str(row.id), now)
        unit.commit()


def open_by_code(store: Store, phone: str, code: str, *, asker: str, now: datetime) -> str:
    """The token of the visit that the code opens. Raises WrongOwnCode, or Locked after five wrong tries."""
    digits = plain_phone(phone)
    with store.reading() as unit:
        whose = unit.keys.keyed_hash(digits)

    def match(unit: UnitOfWork) -> int | None:
        fitting = [row for row in queries.waiting(unit, digits, now) if same_digits(code, row.code or "")]
        return next((row.id for row in fitting if row.phone or _told_in(unit, row, digits)), None)

    try:
        visit_id = open_record(store, match, number=f"own {whose}", asker=asker, now=now)
    except NotFound:
        raise WrongOwnCode from None
    with store.unit() as unit:
        row = queries.visit(unit, visit_id)
        if row is None or row.code is None:  # used by somebody else in this very moment
            raise WrongOwnCode
        row.code = row.code_ends = None
        row.phone, row.phone_hash = digits, whose
        token = _open(unit, row, now)
        unit.commit()
        return token


def visit_of(unit: UnitOfWork, token: str, now: datetime) -> Visit:
    """Raises VisitOver."""
    row = queries.by_token(unit, token, now)
    if row is None:
        raise VisitOver
    return Visit(row.id, row.phone, row.shown_in)


def close(store: Store, token: str, now: datetime) -> None:
    """Nothing is left of it; again changes nothing."""
    with store.unit() as unit:
        row = queries.by_token(unit, token, now)
        if row is not None:
            unit.delete(row)
            unit.commit()


def _new(unit: UnitOfWork, language: str, now: datetime, *, shown_in: str | None = None) -> OwnVisit:
    row = OwnVisit(shown_in=shown_in, language=language, made=now, phone=None, phone_hash=None, code=None, token=None)
    unit.add(row)
    return row


def _give_code(row: OwnVisit, now: datetime, random: Random) -> str:
    code = "".join(random.choices("0123456789", k=CODE_DIGITS))
    row.code, row.code_ends = code, now + timedelta(minutes=CODE_MINUTES)
    return code


def _open(unit: UnitOfWork, row: OwnVisit, now: datetime) -> str:
    token = secrets.token_urlsafe(24)
    row.token, row.ends = unit.keys.keyed_hash(token), now + timedelta(minutes=VISIT_MINUTES)
    return token


def _told_in(unit: UnitOfWork, row: OwnVisit, digits: str) -> bool:
    """Was something filed with this phone in the conversation that showed the code?"""
    hashes = set(unit.keys.keyed_hashes(digits))
    tables = [one.table for one in topics.filed() if one.tell]
    return any(
        made.phone_hash in hashes for table in tables for made in records.made_in(unit, table, row.shown_in or "")
    )
