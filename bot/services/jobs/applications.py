"""Applications for work: written after the read-back, passed on to the employer by staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.errors import BadInput, NotFound, TooManyRecords, WrongState
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.store.conversations import queries as conversation_queries
from bot.store.jobs import queries
from bot.store.jobs.tables import ApplicationState, JobApplication
from bot.store.kernel import idempotency_queries
from bot.store.store import Store, UnitOfWork

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class ApplicationLimits:
    """So that no script applies for everything in the names of others."""

    open_per_phone: int = 10
    per_conversation: int = 10
    """Within an hour."""
    per_hour: int = 30
    """Of one client address."""


LIMITS = ApplicationLimits()


@dataclass(frozen=True)
class ApplicationRequest:
    posting_id: int
    name: str
    phone: str
    conversation_id: str
    client_message_id: str
    language: str
    channel: str


@dataclass(frozen=True)
class Application:
    number: str
    title: str
    employer: str
    state: str
    joined: bool = False
    """The same phone had applied for it already in this conversation."""


@dataclass(frozen=True)
class Applied:
    """What staff see of it."""

    number: str
    title: str
    employer: str
    name: str
    """Masked."""
    phone: str
    """Masked."""
    contact: str
    """Of the employer; empty when none is on file."""
    state: str
    filed: datetime


def apply(
    store: Store,
    request: ApplicationRequest,
    now: datetime,
    *,
    limits: ApplicationLimits = LIMITS,
    random: Random = SECURE_RANDOM,
) -> Application:
    """Write it down. The same client message again gets the same; so does the same phone for the same posting.

    That holds within one conversation: in another, whoever knows a phone would learn what it has applied for.
    Raises NotFound where the posting is over, TooManyRecords.
    """
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "apply"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            before = queries.application(unit, done.number or "")
            assert before is not None
            return _of(before)
        posting = queries.posting(unit, request.posting_id)
        if posting is None or posting.valid_until < now.date():
            raise NotFound
        phone = plain_phone(request.phone)
        there = queries.open_application(unit, phone, posting.id, request.conversation_id)
        if there is not None:
            idempotency_queries.record(unit, *scope, there.number)
            unit.commit()
            return _of(there, joined=True)
        _refuse_many(unit, request.conversation_id, phone, now, limits)
        row = JobApplication(
            number=new_number(unit, JobApplication, random),
            conversation_id=request.conversation_id,
            posting_id=posting.id,
            title=posting.title,
            employer=posting.employer,
            name=request.name,
            phone=phone,
            phone_hash=unit.keys.keyed_hash(phone),
            state=ApplicationState.OPEN,
            channel=request.channel,
            language=request.language,
            filed=now,
            done_by=None,
        )
        unit.add(row)
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return _of(row)


def waiting(store: Store, actor: Actor) -> list[Applied]:
    """Those that staff have to do something about, the oldest first."""
    actor.must("jobs.work")
    with store.reading() as unit:
        return [
            Applied(
                number=row.number,
                title=row.title,
                employer=row.employer,
                name=disclosure.name(actor, row.name),
                phone=disclosure.phone(actor, row.phone),
                contact=(posting.contact or "") if posting else "",
                state=row.state,
                filed=row.filed,
            )
            for row, posting in queries.applications(unit)
        ]


def move(store: Store, actor: Actor, number: str, state: str, now: datetime) -> None:
    """Passed on to the employer, or closed. Raises BadInput, NotFound; WrongState where it is so already, or closed."""
    actor.must("jobs.work")
    if state not in (ApplicationState.PASSED_ON, ApplicationState.CLOSED):
        raise BadInput("state")
    with store.unit() as unit:
        row = queries.lock_application(unit, number)
        if row is None:
            raise NotFound
        if row.state in (state, ApplicationState.CLOSED):
            raise WrongState
        row.state, row.done_by = ApplicationState(state), actor.id
        audit.write(unit, actor, f"jobs.{state}", "application", number, now)
        unit.commit()


def _refuse_many(unit: UnitOfWork, conversation_id: str, phone: str, now: datetime, limits: ApplicationLimits) -> None:
    """Raises TooManyRecords."""
    if queries.count_of_phone(unit, phone) >= limits.open_per_phone:
        raise TooManyRecords
    if queries.count_in_conversation(unit, conversation_id, now - HOUR) >= limits.per_conversation:
        raise TooManyRecords
    origin = conversation_queries.origin(unit, conversation_id)
    if origin is not None and queries.count_from(unit, origin, now - HOUR) >= limits.per_hour:
        raise TooManyRecords


def _of(row: JobApplication, *, joined: bool = False) -> Application:
    return Application(row.number, row.title, row.employer, row.state, joined)
