"""Acting for somebody else: which mandate a conversation acts under, what it reaches, and that every act stands in both histories.

Each service that writes for a resident tells `note` in its own unit of work, so that an act is written down if, and only
if, it is done; and nothing is done once the mandate is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.errors import MandateOver, MandateTooNarrow
from bot.language import words
from bot.services.audit import audit
from bot.services.kernel import tasks
from bot.services.kernel.notices import notify_in
from bot.services.kernel.permissions import Actor
from bot.store import records
from bot.store.mandates import queries
from bot.store.mandates.states import MandateState, Powers
from bot.store.mandates.tables import Mandate, MandateAct, MandateUse
from bot.store.mixins import Record
from bot.store.store import Store, UnitOfWork
from bot.turns import Reply

__all__ = ["Acting", "MandateAct", "Powers", "acting_for", "deed", "is_live", "note", "reached"]

GOAL = "act_for_other"
TOLD_BY_CALL = "mandate_act"
"""The occasion of a call that tells of acts."""
POWER = {"booking": Powers.BOOKINGS, "case": Powers.CASES}
"""Which power a kind of record needs."""
SUBJECTS = {"booking": "bookings.service", "case": "cases.category"}
"""The family of words for the subject of an act, by the kind of record."""


class Deed(Protocol):
    """What an act tells of what was done."""

    @property
    def verb(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...


@dataclass(frozen=True)
class Acting:
    """Whom a conversation acts for just now."""

    number: str
    phone: str
    name: str | None
    relation: str | None
    """As the helper says it: 我妈."""
    helper: str
    powers: str
    ends: date


def acting_for(store: Store, conversation_id: str, power: Powers, now: datetime) -> Acting | None:
    """The mandate taken up last in this conversation, if it holds and covers this."""
    with store.reading() as unit:
        use = _current(unit, conversation_id, now)
        if use is None or not _covers(use.mandate, power) or not use.mandate.phone:
            return None
        row = use.mandate
        return Acting(row.number, use.mandate.phone, row.name, row.relation, use.name, row.powers, row.ends)


def reached[Row: Record](unit: UnitOfWork, conversation_id: str, table: type[Row], now: datetime) -> Sequence[Row]:
    """The records of whoever this conversation acts for, oldest first.

    A mandate whose giver did not prove to have the phone reaches only what was filed where it was given, or under it.
    """
    use = _current(unit, conversation_id, now)
    if use is None or not use.mandate.phone or not _covers(use.mandate, POWER[table.kind]):
        return []
    rows = records.filed_by(unit, table, use.mandate.phone)
    if use.mandate.proven:
        return rows
    known = queries.acted_on(unit, use.mandate)
    return [row for row in rows if row.number in known or row.conversation_id == use.mandate.conversation_id]


def note(unit: UnitOfWork, conversation_id: str, row: Record, verb: str, subject: str, now: datetime) -> None:
    """Something was written for this record in this conversation: an act, if the conversation acts for its owner.

    Part of the caller's unit of work. Raises MandateOver, MandateTooNarrow: then nothing may be written.
    """
    mine = [use for use in queries.uses(unit, conversation_id) if row.phone and use.mandate.phone == row.phone]
    if not mine:
        return
    for use in mine:
        queries.lock(unit, use.mandate.number)  # whoever ends it just now comes before, or after
    live = [use for use in mine if is_live(use.mandate, now)]
    fitting = next((use for use in live if _covers(use.mandate, POWER[row.kind])), None)
    if fitting is None:
        raise MandateTooNarrow if live else MandateOver
    mandate = fitting.mandate
    mandate.name = mandate.name or getattr(row, "name", None)
    mandate.changed = now
    act = MandateAct(
        mandate_id=mandate.id, use_id=fitting.id, at=now, verb=verb, kind=row.kind, number=row.number, subject=subject
    )
    unit.add(act)
    actor = Actor(f"mandate {mandate.number}", "resident")
    audit.write(unit, actor, f"mandate.{verb}", row.kind, row.number, now, details={"mandate": mandate.number})
    if mandate.tell_by_call:
        tasks.plan_call(unit, TOLD_BY_CALL, mandate.number, now)
    if mandate.conversation_id not in ("", conversation_id):
        notify_in(unit, mandate.conversation_id, GOAL, _notice(fitting.name, act, mandate.language), now)


def is_live(row: Mandate, now: datetime) -> bool:
    """May something be done under it today?"""
    return row.state == MandateState.ACTIVE and row.ends >= now.date()


def deed(act: Deed, language: str) -> str:
    """What was done, without who did it: 约了助餐."""
    subject = words.in_sentence(words.text(f"{SUBJECTS[act.kind]}.{act.subject}", language), language)
    return words.text(f"mandates.act.{act.verb}", language, subject=subject)


def _current(unit: UnitOfWork, conversation_id: str, now: datetime) -> MandateUse | None:
    return next((use for use in queries.uses(unit, conversation_id) if is_live(use.mandate, now)), None)


def _covers(row: Mandate, power: Powers) -> bool:
    return row.powers in (power, Powers.ALL)


def _notice(helper: str, act: MandateAct, language: str) -> Reply:
    told = {"helper": helper, "deed": deed(act, language), "number": act.number}
    text = words.text("mandates.notice.act", language, **told)
    return Reply(text=text, spoken=words.spoken("mandates.notice.act", language, **told).strip())
