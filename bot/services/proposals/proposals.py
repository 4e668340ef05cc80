"""Residents' proposals: submit, find similar ones, support, follow; what everybody may read of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.errors import AlreadySupported, NotFound, TooManyProposals, TooManyRecords, WrongState
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.store.conversations import queries as conversation_queries
from bot.store.kernel import idempotency_queries
from bot.store.proposals import queries
from bot.store.proposals.states import OPEN as OPEN
from bot.store.proposals.states import Outcome as Outcome
from bot.store.proposals.states import ProposalState as ProposalState
from bot.store.proposals.tables import Proposal as ProposalRow
from bot.store.store import Store, UnitOfWork

HOUR = timedelta(hours=1)
COMPARED = 200
"""Open proposals that a sentence is compared with: those with most support."""
OFFERED = 9
"""Proposals to choose from at once: as many as a telephone has keys for."""


@dataclass(frozen=True)
class ProposalLimits:
    """So that no script fills the list or makes a crowd."""

    open_per_phone: int = 5
    submitted_per_conversation: int = 3
    """Within an hour; what is anonymous has no phone."""
    supported_per_conversation: int = 5
    """Within an hour: a family that shares one telephone, not a street."""
    per_hour: int = 30
    """Proposals and supports of one client address."""


LIMITS = ProposalLimits()


@dataclass(frozen=True)
class ProposalRequest:
    text: str
    phone: str | None
    """None is anonymous."""
    conversation_id: str
    client_message_id: str
    language: str
    channel: str


@dataclass(frozen=True)
class Step:
    """One stage that was reached, as everybody may read it."""

    at: datetime
    stage: ProposalState
    answer: str | None


@dataclass(frozen=True)
class Proposal:
    """Without anything that tells who made it."""

    number: str
    state: ProposalState
    outcome: Outcome | None
    title: str | None
    """None until staff have published it."""
    text: str | None
    supports: int
    submitted: datetime
    published: datetime | None
    steps: tuple[Step, ...]
    """Oldest first."""
    check_code: str | None = None
    """Four digits in place of the phone's, for one without a phone; for its owner alone."""

    @property
    def answer(self) -> str | None:
        """The newest."""
        return next((step.answer for step in reversed(self.steps) if step.answer), None)

    @property
    def open(self) -> bool:
        return self.state in OPEN


def submit(
    store: Store,
    request: ProposalRequest,
    now: datetime,
    *,
    limits: ProposalLimits = LIMITS,
    random: Random = SECURE_RANDOM,
) -> Proposal:
    """File it; staff read it before it is published. The same client message again gets the same proposal.

    Raises TooManyProposals, TooManyRecords.
    """
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "propose"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return _owned(unit, _found(unit, done.number or ""))
        phone = plain_phone(request.phone) if request.phone else None
        here, _ = queries.written_in(unit, request.conversation_id, now - HOUR)
        if here >= limits.submitted_per_conversation or (
            phone and queries.open_of_phone(unit, phone) >= limits.open_per_phone
        ):
            raise TooManyProposals
        _refuse_burst(unit, request.conversation_id, now, limits)
        row = ProposalRow(
            number=new_number(unit, ProposalRow, random),
            state=ProposalState.SUBMITTED,
            text=request.text,
            phone=phone,
            phone_hash=unit.keys.keyed_hash(phone) if phone else None,
            check_code=None if phone else "".join(random.choices("0123456789", k=4)),
            conversation_id=request.conversation_id,
            channel=request.channel,
            language=request.language,
            submitted=now,
            supports_before=0,
        )
        unit.add(row)
        queries.note_event(unit, row, now, "resident", ProposalState.SUBMITTED)
        unit.flush()
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return _owned(unit, row)


def support(
    store: Store,
    number: str,
    *,
    phone: str,
    conversation_id: str,
    client_message_id: str,
    now: datetime,
    limits: ProposalLimits = LIMITS,
) -> Proposal:
    """Stand behind a published proposal, once for each phone. The same client message again changes nothing.

    Raises AlreadySupported, TooManyProposals, TooManyRecords; WrongState when it is answered, NotFound.
    """
    digits = plain_phone(phone)
    with store.unit() as unit:
        row = _locked(unit, number)
        scope = conversation_id, client_message_id, f"support {number}"
        if idempotency_queries.claim(unit, *scope, now) is not None:
            return proposal_of(unit, row)
        if row.published is None:
            raise NotFound
        if row.state not in OPEN:
            raise WrongState
        if queries.has_supported(unit, row, digits):
            raise AlreadySupported
        _, here = queries.written_in(unit, conversation_id, now - HOUR)
        if here >= limits.supported_per_conversation:
            raise TooManyProposals
        _refuse_burst(unit, conversation_id, now, limits)
        if not queries.add_support(unit, row, digits, conversation_id, now):
            raise AlreadySupported
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return proposal_of(unit, row)


def find_proposal(store: Store, number: str, tail: str, *, asker: str, now: datetime) -> Proposal:
    """By its number and the last four digits of the phone, or the check code of one without a phone.

    Raises NotFound, or Locked after five wrong tries.
    """

    def find(unit: UnitOfWork) -> Proposal | None:
        row = queries.proposal(unit, number)
        if row is None:
            return None
        expected = row.phone[-4:] if row.phone else row.check_code or ""
        return proposal_of(unit, row) if same_digits(tail, expected) else None

    return open_record(store, find, number=number, asker=asker, now=now)


def of_conversation(store: Store, conversation_id: str) -> list[Proposal]:
    """Those submitted in this conversation, oldest first."""
    with store.reading() as unit:
        return [proposal_of(unit, row) for row in queries.of_conversation(unit, conversation_id)]


def public_one(store: Store, number: str) -> Proposal | None:
    """One that everybody may read; None when there is no such, or it is not published."""
    with store.reading() as unit:
        row = queries.proposal(unit, number)
        return proposal_of(unit, row) if row and row.published else None


def public_list(
    store: Store, *, state: str | None = None, open_only: bool = False, offset: int = 0, limit: int | None = None
) -> list[Proposal]:
    """Published ones, most supported first."""
    with store.reading() as unit:
        found = queries.public(unit, _states(state, open_only), offset=offset, limit=limit)
        return [_of(row, supports) for row, supports in found]


def count_public(store: Store, *, state: str | None = None) -> int:
    with store.reading() as unit:
        return queries.count_public(unit, _states(state, open_only=False))


def _states(state: str | None, open_only: bool) -> tuple[str, ...]:
    if state is not None:
        return (state,)
    return OPEN if open_only else ()


def proposal_of(unit: UnitOfWork, row: ProposalRow) -> Proposal:
    return _of(row, queries.supports(unit, row))


def _owned(unit: UnitOfWork, row: ProposalRow) -> Proposal:
    return _of(row, queries.supports(unit, row), row.check_code)


def _of(row: ProposalRow, supports: int, check_code: str | None = None) -> Proposal:
    stages = set(ProposalState)
    return Proposal(
        number=row.number,
        state=ProposalState(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        title=row.public_title,
        text=row.public_text,
        supports=supports,
        submitted=row.submitted,
        published=row.published,
        steps=tuple(Step(one.at, ProposalState(one.action), one.answer) for one in row.events if one.action in stages),
        check_code=check_code,
    )


def _refuse_burst(unit: UnitOfWork, conversation_id: str, now: datetime, limits: ProposalLimits) -> None:
    origin = conversation_queries.origin(unit, conversation_id)
    if origin is not None and queries.written_from(unit, origin, now - HOUR) >= limits.per_hour:
        raise TooManyRecords


def _found(unit: UnitOfWork, number: str) -> ProposalRow:
    row = queries.proposal(unit, number)
    if row is None:
        raise NotFound
    return row


def _locked(unit: UnitOfWork, number: str) -> ProposalRow:
    """Raises NotFound."""
    row = queries.lock(unit, number)
    if row is None:
        raise NotFound
    return row
