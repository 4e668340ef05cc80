"""Residents' personal data in front of staff: masked everywhere, shown in full only after a click with a reason.

What is masked stays masked for every role; roles without personal.read see nothing of it at all.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, ClassVar

from bot.errors import NotFound, ReasonMissing
from bot.language.masking import mask
from bot.services.audit import audit
from bot.services.kernel.permissions import Actor
from bot.services.kernel.phones import plain_phone
from bot.store import records
from bot.store.cases import queries as case_queries
from bot.store.cases.states import ABOUT_STAFF as ABOUT_STAFF
from bot.store.conversations import queries as conversation_queries
from bot.store.learning import review_queries
from bot.store.mixins import Record
from bot.store.staff import audit_queries
from bot.store.store import UnitOfWork

SHORTEST_REASON = 4
LONGEST_REASON = 500
REVEALED = "personal.reveal"
"""The audit's word for personal values shown in full."""
HIDDEN = "〔隐藏〕"
"""In place of everything personal, for a role that may not see it even masked."""
_COMMUNITY = re.compile(r"^.{1,12}?(?:社区|小区|街道|[路街村])")


@dataclass(frozen=True)
class Subject:
    """A record that holds personal data: kind is that of a record, or "conversation"."""

    kind: str
    number: str


def phone(actor: Actor, value: str | None) -> str:
    """138****5678; empty when there is none."""
    if not value or not actor.may("personal.read"):
        return HIDDEN if value else ""
    digits = plain_phone(value)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"****{digits[-2:]}"


def name(actor: Actor, value: str | None) -> str:
    """王**: the family name alone."""
    if not value or not actor.may("personal.read"):
        return HIDDEN if value else ""
    return value[0] + "*" * max(1, len(value) - 1) if not value.isascii() else f"{value[0]}***"


def address(actor: Actor, value: str | None) -> str:
    """东风社区****: no more than community, estate or road."""
    if not value or not actor.may("personal.read"):
        return HIDDEN if value else ""
    area = _COMMUNITY.match(value)
    return f"{area.group()}****" if area else "****"


def words(actor: Actor, value: str | None, *known: str | None, places: bool = True) -> str:
    """A free text without names, numbers and addresses; `known` are those of the record. Without `places`, addresses stay."""
    if not value or not actor.may("personal.read"):
        return HIDDEN if value else ""
    return mask(value, known=[one for one in known if one], places=places)


def in_scope(actor: Actor, row: Any) -> bool:
    """A grid worker works in the own grid only; a record without a grid belongs to nobody's.

    Community staff of one community do not see the cases and bookings of another; what has none is everybody's.
    A complaint about staff is for the dispatcher alone.
    """
    if getattr(row, "category", None) == ABOUT_STAFF:
        return actor.role == "dispatcher"
    if actor.role == "grid_worker":
        return bool(actor.grid) and getattr(row, "grid", None) == actor.grid
    community = getattr(row, "community", None)
    return actor.role != "community_staff" or not actor.community or not community or _same(community, actor.community)


def hidden_conversations(unit: UnitOfWork, actor: Actor) -> frozenset[str]:
    """In which somebody complained about staff: as the complaint itself, they are for the dispatcher alone."""
    return frozenset() if actor.role == "dispatcher" else case_queries.conversations_about_staff(unit)


def _same(one: str, other: str) -> bool:
    """Staff write 东风 and 东风社区."""
    return one.removesuffix("社区") == other.removesuffix("社区")


def reveal(unit: UnitOfWork, actor: Actor, subject: Subject, reason: str, now: datetime) -> dict[str, str]:
    """The personal values in full, and an audit entry in the same unit of work: commit it before showing them.

    Raises Forbidden, ReasonMissing, and NotFound also for what the actor may not see.
    """
    actor.must("personal.reveal")
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    row = _find(unit, subject)
    if row is None or not in_scope(actor, row):
        raise NotFound
    values = _values(row)
    audit.write(unit, actor, REVEALED, subject.kind, subject.number, now, reason=reason, details={"fields": [*values]})
    return values


def revealed_today(unit: UnitOfWork, actor: Actor, subject: Subject, now: datetime) -> dict[str, str]:
    """The personal values in full for who gave a reason for this record today already; empty for everybody else.

    One reason holds for one record, one person and one day: whoever works on a case comes back to it.
    """
    today = datetime.combine(now.date(), time(), now.tzinfo)
    if not actor.may(REVEALED) or not audit_queries.was_written(
        unit, actor.id, REVEALED, subject.kind, subject.number, today
    ):
        return {}
    row = _find(unit, subject)
    return _values(row) if row is not None and in_scope(actor, row) else {}


def _values(row: "Record | Said") -> dict[str, str]:
    return {field: str(getattr(row, field)) for field in row.personal if getattr(row, field)}


@dataclass(frozen=True)
class Said:
    """What a resident said in one conversation; it belongs to no grid."""

    text: str
    grid: str | None = None
    personal: ClassVar[tuple[str, ...]] = ("text",)


def _find(unit: UnitOfWork, subject: Subject) -> Record | Said | None:
    if subject.kind in records.kinds():
        return records.find(unit, subject.kind, subject.number)
    if subject.kind == "conversation" and conversation_queries.conversation(unit, subject.number) is not None:
        turns = review_queries.turns(unit, subject.number)
        return Said("\n".join(f"{turn.seq}. {turn.text}" for turn in turns))
    return None
