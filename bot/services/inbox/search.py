"""One search for a number, a phone or words, over all kinds of records that the person may see."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.audit import audit
from bot.services.inbox import inbox
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.topics import Item
from bot.store import records
from bot.store.store import Store, UnitOfWork

NEEDS = {
    "case": "cases.read",
    "booking": "bookings.read",
    "handover": "queue.read",
    "proposal": "proposals.read",
    "application": "jobs.read",
    "volunteer": "points.read",
    "mandate": "mandates.read",
    "profile": "profiles.read",
}
"""Who finds a record of this kind; one that is not here is found by nobody."""
NUMBER = re.compile(r"\d{8}")
PHONE = re.compile(r"\+?[\d\s-]{7,18}")
MOST = 50
LONGEST = 60


@dataclass(frozen=True)
class Hit:
    kind: str
    number: str
    phone: str
    """Masked."""


@dataclass(frozen=True)
class Found:
    hits: tuple[Hit, ...]
    """By number or phone."""
    items: tuple[Item, ...]
    """By words, of what waits; masked."""


def find(store: Store, actor: Actor, asked: str, now: datetime) -> Found:
    """What it may be: a record of that number, all records of that phone, or things whose words hold it.

    That a phone was looked for is in the audit, and the phone is not.
    """
    actor.must("inbox.read")
    asked = asked.strip()[:LONGEST]
    if not asked:
        return Found((), ())
    digits = re.sub(r"\D", "", asked)
    hits: list[Hit] = []
    if NUMBER.fullmatch(asked):
        with store.reading() as unit:
            hits = _by_number(unit, actor, asked)
    if not hits and PHONE.fullmatch(asked) and len(digits) >= 7 and actor.may("personal.read"):
        with store.unit() as unit:
            hits = _by_phone(unit, actor, plain_phone(asked))
            audit.write(unit, actor, "search.phone", "table", "records", now, details={"found": len(hits)})
            unit.commit()
    if hits or digits == asked:
        return Found(tuple(hits[:MOST]), ())
    lines = inbox.narrowed(inbox.everything(store, actor, now), inbox.Filter(words=asked))
    return Found((), tuple(line.item for line in lines[:MOST]))


def _by_number(unit: UnitOfWork, actor: Actor, number: str) -> list[Hit]:
    found = [(kind, records.find(unit, kind, number)) for kind in records.kinds() if _may(actor, kind)]
    return [_hit(actor, kind, row) for kind, row in found if row is not None and disclosure.in_scope(actor, row)]


def _by_phone(unit: UnitOfWork, actor: Actor, phone: str) -> list[Hit]:
    return [
        _hit(actor, kind, row)
        for kind, table in records.kinds().items()
        if _may(actor, kind)
        for row in records.filed_by(unit, table, phone)
        if disclosure.in_scope(actor, row)
    ]


def _may(actor: Actor, kind: str) -> bool:
    return kind in NEEDS and actor.may(NEEDS[kind])


def _hit(actor: Actor, kind: str, row: Any) -> Hit:
    return Hit(kind, row.number, disclosure.phone(actor, row.phone))
