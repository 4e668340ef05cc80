"""What we keep about one resident, found by the keyed hash of their phone: shown to them, or erased."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.services.audit import audit
from bot.services.kernel import topics
from bot.services.kernel.deadlines import OFFER_HOURS
from bot.services.kernel.permissions import OPERATOR, Actor
from bot.services.kernel.phones import plain_phone
from bot.store import records
from bot.store.conversations import queries as conversation_queries
from bot.store.mixins import FiledByPhone, MadeInConversation
from bot.store.store import Store, UnitOfWork

SUBJECT_DIGITS = 16


def export_resident(store: Store, phone: str) -> dict[str, Any]:
    """Everything filed with this phone, and the conversations it was filed in, ready for JSON."""
    with store.reading() as unit:
        found = _filed(unit, phone)
        shown: dict[str, Any] = {one.name: [one.export(row) for row in rows] for one, rows in found}
        return {**shown, "conversations": [_said(unit, talk) for talk in _conversations(found)]}


def conversations_of(store: Store, phone: str) -> list[str]:
    """Ids of the conversations in which something was filed with this phone."""
    with store.reading() as unit:
        return _conversations(_filed(unit, phone))


def found_of(store: Store, phone: str) -> dict[str, int]:
    """How many records of each kind there are, so that nobody is told of an erasure that found nothing."""
    with store.reading() as unit:
        return _counts(_filed(unit, phone))


def erase_resident(
    store: Store,
    phone: str,
    now: datetime,
    *,
    actor: Actor = OPERATOR,
    reason: str = "",
    offer_hours: float = OFFER_HOURS,
) -> dict[str, int]:
    """Erase all of it, each topic in its own way (bot/services/<topic>/topic.py), and the conversations.

    Returns how many records of each kind were erased; the audit keeps that, and no phone.
    """
    with store.unit() as unit:
        found = _filed(unit, phone)
        erased = _counts(found)
        talks = _conversations(found)
        for one, rows in found:
            for row in rows:
                one.erase(unit, row, now, offer_hours)
        for talk in talks:
            topics.erase_conversation(unit, talk)
        subject = subject_of(unit, plain_phone(phone))
        audit.write(unit, actor, "resident.erase", "resident", subject, now, reason=reason, details=erased)
        unit.commit()
    return erased


def note_export(store: Store, actor: Actor, phone: str, now: datetime, *, reason: str = "") -> None:
    """Before the data is given out."""
    with store.unit() as unit:
        subject = subject_of(unit, plain_phone(phone))
        audit.write(unit, actor, "resident.export", "resident", subject, now, reason=reason)
        unit.commit()


def subject_of(unit: UnitOfWork, digits: str) -> str:
    """What the audit calls a person: part of the keyed hash of their phone, which tells nothing without the key."""
    return unit.keys.keyed_hash(digits)[:SUBJECT_DIGITS]


def _filed(unit: UnitOfWork, phone: str) -> list[tuple[topics.Filed, Sequence[FiledByPhone]]]:
    """What each topic has of this phone."""
    digits = plain_phone(phone)
    return [(one, records.filed_by(unit, one.table, digits)) for one in topics.filed()]


def _conversations(found: list[tuple[topics.Filed, Sequence[FiledByPhone]]]) -> list[str]:
    """Ids of the conversations that they were made in."""
    rows = [row for _, rows in found for row in rows]
    return sorted({row.conversation_id for row in rows if isinstance(row, MadeInConversation) and row.conversation_id})


def _counts(found: list[tuple[topics.Filed, Sequence[FiledByPhone]]]) -> dict[str, int]:
    return {**{one.name: len(rows) for one, rows in found}, "conversations": len(_conversations(found))}


def _said(unit: UnitOfWork, conversation_id: str) -> dict[str, Any]:
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


def _recording(unit: UnitOfWork, turn_id: str) -> str | None:
    """In base64; None where no sound was kept."""
    kept = conversation_queries.recording(unit, turn_id)
    return b64encode(kept.content).decode() if kept is not None else None
