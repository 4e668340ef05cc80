"""Proposals as staff see them: read, published, and moved from stage to stage, each with an answer for everybody."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadInput, NotFound, WrongState
from bot.language.masking import PAPER, PHONE, mask
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.notices import notify_in
from bot.services.kernel.permissions import Actor
from bot.services.proposals.proposals import Proposal, proposal_of
from bot.services.proposals.words import stage_reached
from bot.store.proposals import queries
from bot.store.proposals.states import Outcome, ProposalState
from bot.store.proposals.tables import Proposal as ProposalRow
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork

NEXT: dict[ProposalState, tuple[ProposalState, ...]] = {
    ProposalState.SUBMITTED: (ProposalState.CONSULTING, ProposalState.ANSWERED),
    ProposalState.CONSULTING: (ProposalState.DECIDING, ProposalState.ANSWERED),
    ProposalState.DECIDING: (ProposalState.ANSWERED,),
    ProposalState.ANSWERED: (),
}
"""The plan's order; one that cannot go on is answered earlier."""
NEEDS = {
    ProposalState.CONSULTING: "proposals.work",
    ProposalState.DECIDING: "proposals.decide",
    ProposalState.ANSWERED: "proposals.decide",
}
"""Which permission reaches a stage: the community consults, the street decides and answers."""
LONGEST_TITLE = 60
LONGEST_TEXT = 1000
SHORTEST_ANSWER = 4


@dataclass(frozen=True)
class ProposalLine:
    """Masked for whoever reads it."""

    number: str
    state: str
    outcome: str | None
    title: str
    supports: int
    submitted: datetime
    published: bool
    channel: str


@dataclass(frozen=True)
class ProposalView:
    proposal: Proposal
    said: str
    """The resident's words, masked."""
    phone: str
    channel: str
    conversation_id: str
    history: tuple[tuple[datetime, str, str, str | None], ...]
    """When, who, what, public answer."""
    next_stages: tuple[str, ...]
    """Those that the reader may move it to."""
    may_be_published: bool = True
    """Not once the resident has had it deleted while it was not public."""


def lines(store: Store, actor: Actor, *, state: str = "") -> list[ProposalLine]:
    """Newest first."""
    actor.must("proposals.read")
    with store.reading() as unit:
        counted = queries.supports_of_each(unit)
        return [
            ProposalLine(
                row.number,
                row.state,
                row.outcome,
                row.public_title or disclosure.words(actor, row.text, row.phone)[:LONGEST_TITLE],
                counted.get(row.id, 0) + row.supports_before,
                row.submitted,
                row.published is not None,
                row.channel,
            )
            for row in queries.every(unit, (state,) if state in set(ProposalState) else ())
        ]


def open_proposal(store: Store, actor: Actor, number: str, now: datetime) -> ProposalView:
    """Raises NotFound."""
    actor.must("proposals.read")
    with store.unit() as unit:
        row = queries.proposal(unit, number)
        if row is None:
            raise NotFound
        logins = {one.id: one.login for one in staff_queries.accounts(unit)}
        view = ProposalView(
            proposal_of(unit, row),
            disclosure.words(actor, row.text, row.phone),
            disclosure.phone(actor, row.phone),
            row.channel,
            row.conversation_id,
            tuple((one.at, logins.get(one.actor, one.actor), one.action, one.answer) for one in row.events),
            tuple(stage for stage in NEXT[ProposalState(row.state)] if actor.may(NEEDS[stage])),
            row.published is not None or not queries.is_emptied(unit, row),
        )
        audit.write(unit, actor, "proposal.read", "proposal", number, now)
        unit.commit()
        return view


def publish(store: Store, actor: Actor, number: str, title: str, text: str, now: datetime) -> None:
    """Show it to everybody in these words, or in better ones than before.

    Raises BadInput, NotFound; WrongState for one whose resident has had it deleted before it was public.
    """
    actor.must("proposals.work")
    with store.unit() as unit:
        row = _locked(unit, number)
        if row.published is None and queries.is_emptied(unit, row):
            raise WrongState
        title, text = _public("title", title, row, LONGEST_TITLE), _public("text", text, row, LONGEST_TEXT)
        row.bare_title, row.public_text = title, text
        if row.published is None:
            row.published = now
            queries.note_event(unit, row, now, actor.id, "published")
        audit.write(unit, actor, "proposal.publish", "proposal", number, now)
        unit.commit()


def withdraw(store: Store, actor: Actor, number: str, now: datetime) -> None:
    """Take it from the public page again. Raises WrongState where it is not there, NotFound."""
    actor.must("proposals.work")
    with store.unit() as unit:
        row = _locked(unit, number)
        if row.published is None:
            raise WrongState
        row.published = None
        queries.note_event(unit, row, now, actor.id, "withdrawn")
        audit.write(unit, actor, "proposal.withdraw", "proposal", number, now)
        unit.commit()


def move(store: Store, actor: Actor, number: str, stage: str, answer: str, now: datetime, *, outcome: str = "") -> None:
    """To the next stage, with what everybody is told; whoever proposed it is told in their conversation.

    Raises Forbidden, BadInput, WrongState for a stage that cannot follow, NotFound.
    """
    if stage not in set(NEEDS):
        raise BadInput("stage")
    reached = ProposalState(stage)
    actor.must(NEEDS[reached])
    if reached == ProposalState.ANSWERED and outcome not in set(Outcome):
        raise BadInput("outcome")
    with store.unit() as unit:
        row = _locked(unit, number)
        if reached not in NEXT[ProposalState(row.state)]:
            raise WrongState
        answer = _public("answer", answer, row, LONGEST_TEXT, shortest=SHORTEST_ANSWER)
        row.state = reached
        if reached == ProposalState.ANSWERED:
            row.outcome, row.answered = outcome, now
        queries.note_event(unit, row, now, actor.id, reached, answer)
        if row.conversation_id:
            notify_in(unit, row.conversation_id, "check_proposal", stage_reached(row, answer), now)
        details = {"stage": stage, **({"outcome": outcome} if row.outcome else {})}
        audit.write(unit, actor, "proposal.move", "proposal", number, now, details=details)
        unit.commit()


def note_export(store: Store, actor: Actor, how: str, now: datetime) -> None:
    with store.unit() as unit:
        audit.write(unit, actor, "proposal.export", "table", "proposals", now, details={"as": how})
        unit.commit()


def _public(name: str, value: str, row: ProposalRow, longest: int, *, shortest: int = 2) -> str:
    """Words for everybody. Raises BadInput where they are missing, too long, or hold somebody's number."""
    value = value.strip()
    if not shortest <= len(value) <= longest:
        raise BadInput(f"public-{name}")
    known = [row.phone] if row.phone else []
    if any(label in mask(value, known=known, places=False) for label in (PHONE, PAPER)):
        raise BadInput("public-personal")
    return value


def _locked(unit: UnitOfWork, number: str) -> ProposalRow:
    """Raises NotFound."""
    row = queries.lock(unit, number)
    if row is None:
        raise NotFound
    return row
