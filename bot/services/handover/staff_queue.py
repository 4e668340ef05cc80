"""People who wait for a person: requests from chat and telephone, claimed and done by staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import PERMISSIONS, Actor
from bot.store.conversations import queries as conversation_queries
from bot.store.handover import queries as handover_queries
from bot.store.handover.states import HandoverState
from bot.store.handover.tables import Handover
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork

Outcome = Literal["answered", "called_back", "not_reached", "not_needed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Waiting:
    number: str
    reason: str
    """Code: asked, erase, assistant_off, or the goal that led to it."""
    channel: str
    language: str
    asked: datetime
    waited: timedelta
    call_back_by: datetime | None
    """As it was promised."""
    late: bool
    """That moment is over."""
    phone: str
    """Masked."""
    summary: str
    """What a caller said last, masked."""
    state: str
    claimed_by: str | None
    """Login."""
    mine: bool
    note: str
    """Of the colleague who passed it on, masked."""
    conversation_id: str
    live: bool
    """The conversation is still there, so that it can be looked into."""


def waiting(store: Store, actor: Actor, now: datetime) -> list[Waiting]:
    """Who was in danger first, then the longest waiting."""
    actor.must("queue.read")
    with store.reading() as unit:
        rows = sorted(handover_queries.waiting(unit), key=lambda row: row.reason != "emergency")
        summaries = handover_queries.summaries(unit, [row.number for row in rows])
        logins = {row.id: row.login for row in staff_queries.accounts(unit)}
        return [_waiting(unit, actor, row, summaries.get(row.number, ""), logins, now) for row in rows]


def count_open(unit: UnitOfWork, actor: Actor) -> int:
    """How many people nobody has claimed yet; none for a role that may not see them."""
    return handover_queries.count_open_handovers(unit) if actor.may("queue.read") else 0


def claim(store: Store, actor: Actor, number: str, now: datetime) -> None:
    """Only one person gets it. Raises WrongState when somebody has it, NotFound."""
    with store.unit() as unit:
        row = _locked(unit, actor, number)
        if row.state != HandoverState.OPEN:
            raise WrongState
        row.state, row.claimed_by, row.claimed = HandoverState.CLAIMED, actor.id, now
        audit.write(unit, actor, "queue.claim", "handover", number, now)
        unit.commit()


def release(store: Store, actor: Actor, number: str, now: datetime) -> None:
    """Put it back for others; a dispatcher may do so for a colleague. Raises WrongState, NotFound."""
    with store.unit() as unit:
        row = _locked(unit, actor, number)
        if row.state != HandoverState.CLAIMED or not (row.claimed_by == actor.id or actor.may("service.switch")):
            raise WrongState
        row.state, row.claimed_by, row.claimed = HandoverState.OPEN, None, None
        audit.write(unit, actor, "queue.release", "handover", number, now)
        unit.commit()


def finish(store: Store, actor: Actor, number: str, outcome: str, now: datetime) -> None:
    """By the one who has it. Raises BadInput, WrongState, NotFound."""
    if outcome not in OUTCOMES:
        raise BadInput("outcome")
    with store.unit() as unit:
        row = _locked(unit, actor, number)
        if row.state != HandoverState.CLAIMED or row.claimed_by != actor.id:
            raise WrongState
        row.state, row.outcome, row.done = HandoverState.DONE, outcome, now
        audit.write(unit, actor, "queue.done", "handover", number, now, details={"outcome": outcome})
        unit.commit()


def pass_on(store: Store, actor: Actor, number: str, to: str, note: str, now: datetime) -> None:
    """To a colleague of the desk (an account id), who has it then; or to a role, whose people all see it as free again.

    The note is for them. Where the actor writes in that chat, they stop. Raises BadInput, WrongState, NotFound.
    """
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise BadInput("note")
    with store.unit() as unit:
        row = _locked(unit, actor, number)
        if row.state == HandoverState.DONE or (row.claimed_by and row.claimed_by != actor.id):
            raise WrongState
        account = staff_queries.account(unit, to)
        if to in PERMISSIONS["queue.work"]:
            row.state, row.claimed_by, row.claimed = HandoverState.OPEN, None, None
        elif account is not None and not account.disabled and account.role in PERMISSIONS["queue.work"]:
            row.state, row.claimed_by, row.claimed = HandoverState.CLAIMED, account.id, now
        else:
            raise BadInput("to")
        row.passed_to, row.passed_note = to, note
        running = handover_queries.running_takeover(unit, row.conversation_id)
        if running is not None and running.account_id == actor.id:
            running.ended = now
        audit.write(unit, actor, "queue.pass_on", "handover", number, now, details={"to": to})
        unit.commit()


def colleagues(store: Store, actor: Actor) -> list[tuple[str, str]]:
    """Account and name of those that something can be passed on to."""
    actor.must("queue.work")
    with store.reading() as unit:
        rows = staff_queries.accounts(unit)
        desk = [row for row in rows if row.role in PERMISSIONS["queue.work"] and not row.disabled]
        return [(row.id, row.name) for row in desk if row.id != actor.id]


def _locked(unit: UnitOfWork, actor: Actor, number: str) -> Handover:
    actor.must("queue.work")
    row = handover_queries.lock_handover(unit, number)
    if row is None:
        raise NotFound
    return row


def _waiting(
    unit: UnitOfWork, actor: Actor, row: Handover, summary: str, logins: dict[str, str], now: datetime
) -> Waiting:
    # An admin sees that people wait, and nothing of what they said; nor does an office of which somebody complained.
    hidden = row.conversation_id in disclosure.hidden_conversations(unit, actor)
    seen = actor.may("personal.read") and not hidden
    return Waiting(
        number=row.number,
        reason=row.reason,
        channel=row.channel,
        language=row.language,
        asked=row.asked,
        waited=now - row.asked,
        call_back_by=row.call_back_by,
        late=row.call_back_by is not None and row.call_back_by < now,
        phone=disclosure.phone(actor, row.phone),
        summary=disclosure.words(actor, summary, row.phone) if seen else "",
        state=row.state,
        claimed_by=logins.get(row.claimed_by or ""),
        mine=row.claimed_by == actor.id,
        note=disclosure.words(actor, row.passed_note, row.phone) if seen else "",
        conversation_id=row.conversation_id,
        live=not hidden and conversation_queries.conversation(unit, row.conversation_id) is not None,
    )
