"""Cases: what residents complain about, from filing to closing."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.errors import BadPhoto, NotFound, WrongState
from bot.services.audit import behalf
from bot.services.cases.photos import clean_photo
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import IsWorkingDay, Targets, deadlines, is_chinese_working_day
from bot.services.kernel.hoarding import CASE_LIMITS, CaseLimits, refuse_many_cases
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.notices import case_answered, notify_in
from bot.services.kernel.phones import phone_last4, plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.store.cases import queries as case_queries
from bot.store.cases.states import AWAITS_OFFICE as AWAITS_OFFICE
from bot.store.cases.states import AWAITS_RESPONSE as AWAITS_RESPONSE
from bot.store.cases.states import HAS_ITS_ANSWER as HAS_ITS_ANSWER
from bot.store.cases.states import CaseState as CaseState
from bot.store.cases.tables import Case as CaseRow
from bot.store.cases.tables import DraftPosition, Photo
from bot.store.kernel import idempotency_queries
from bot.store.store import Store, UnitOfWork

NEXT_STATES: dict[str, tuple[str, ...]] = {
    CaseState.FILED: (CaseState.DISPATCHED,),
    CaseState.DISPATCHED: (CaseState.HANDLING,),
    CaseState.HANDLING: (CaseState.ANSWERED,),
    CaseState.ANSWERED: (CaseState.SETTLED, CaseState.REOPENED),
    CaseState.SETTLED: (CaseState.CLOSED, CaseState.REOPENED),
    CaseState.CLOSED: (CaseState.REOPENED,),
    CaseState.REOPENED: (CaseState.DISPATCHED, CaseState.HANDLING),
}

FROM_OTHERS = "open311"
"""The channel of a case that another system has filed."""
MAX_PHOTOS = 3
"""Of one case."""


@dataclass(frozen=True)
class ComplaintRequest:
    category: str
    place: str
    text: str
    anonymous: bool
    name: str | None
    phone: str | None
    conversation_id: str
    client_message_id: str
    language: str
    channel: str


@dataclass(frozen=True)
class CaseEvent:
    at: datetime
    actor: str
    action: str
    note: str | None


@dataclass(frozen=True)
class Case:
    number: str
    category: str
    place: str
    state: CaseState
    text: str
    answer: str | None
    filed: datetime
    respond_by: datetime
    settle_by: datetime
    escalated: bool
    """A target was missed."""
    history: tuple[CaseEvent, ...]
    anonymous: bool
    public_id: str
    """What everybody may know it by."""
    phone_tail: str | None
    check_code: str | None
    """Four digits in place of the phone's, for a case filed without a phone; None otherwise."""
    conversation_id: str


def file_case(
    store: Store,
    request: ComplaintRequest,
    now: datetime,
    *,
    targets: Targets,
    is_working_day: IsWorkingDay = is_chinese_working_day,
    random: Random = SECURE_RANDOM,
    limits: CaseLimits = CASE_LIMITS,
) -> Case:
    """File it, with the draft photos of the conversation. The same client message again gets the same case.

    Raises TooManyCases, TooManyRecords.
    """
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "file"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return _case_of(locked(unit, done.number or ""))
        phone = plain_phone(request.phone) if request.phone and not request.anonymous else None
        refuse_many_cases(unit, request.conversation_id, phone, now, limits)
        respond_by, settle_by = deadlines(now, targets, is_working_day)
        row = CaseRow(
            number=new_number(unit, CaseRow, random),
            category=request.category,
            state=CaseState.FILED,
            place=request.place,
            text=request.text,
            answer=None,
            anonymous=request.anonymous,
            name=None if request.anonymous else request.name,
            phone=phone,
            phone_hash=unit.keys.keyed_hash(phone) if phone else None,
            check_code=None if phone else "".join(random.choices("0123456789", k=4)),
            conversation_id=request.conversation_id,
            channel=request.channel,
            language=request.language,
            filed=now,
            respond_by=respond_by,
            settle_by=settle_by,
            escalated=False,
        )
        unit.add(row)
        case_queries.note_event(unit, row, now, "resident", "filed", None)
        unit.flush()
        case_queries.attach_drafts(unit, request.conversation_id, row.id)
        if position := case_queries.take_position(unit, request.conversation_id):
            row.place = f"{row.place} {position}"
        idempotency_queries.record(unit, *scope, row.number)
        schedule_deadlines(unit, row)
        behalf.note(unit, request.conversation_id, row, "filed", row.category, now)
        unit.commit()
        return _case_of(row)


def find_case(store: Store, number: str, tail: str, *, asker: str, now: datetime) -> Case:
    """By its number and the last four digits of the phone, or the check code of a case without a phone.

    Raises NotFound, or Locked after five wrong tries.
    """

    def find(unit: UnitOfWork) -> Case | None:
        row = case_queries.case(unit, number)
        if row is None:
            return None
        expected = row.phone[-4:] if row.phone else row.check_code or ""
        return _case_of(row) if same_digits(tail, expected) else None

    return open_record(store, find, number=number, asker=asker, now=now)


def of_conversation(store: Store, conversation_id: str) -> list[Case]:
    """Every case filed in this conversation, oldest first."""
    with store.reading() as unit:
        return [_case_of(row) for row in case_queries.cases_of_conversation(unit, conversation_id)]


def of_mandate(store: Store, conversation_id: str, now: datetime) -> list[Case]:
    """Of whoever this conversation acts for, oldest first."""
    with store.reading() as unit:
        return [_case_of(row) for row in behalf.reached(unit, conversation_id, CaseRow, now)]


def reopen_case(
    store: Store,
    number: str,
    *,
    reason: str,
    client_message_id: str,
    now: datetime,
    conversation_id: str | None = None,
    targets: Targets | None = None,
    is_working_day: IsWorkingDay = is_chinese_working_day,
) -> Case:
    """The resident is not content; the targets start afresh. Raises WrongState when it is still open, NotFound."""
    with store.unit() as unit:
        row = locked(unit, number)
        scope = conversation_id or row.conversation_id, client_message_id, f"reopen {number}"
        if idempotency_queries.claim(unit, *scope, now) is not None:
            return _case_of(row)
        reopen_in(unit, row, "resident", reason, now, targets or Targets(), is_working_day)
        behalf.note(unit, conversation_id or "", row, "reopened", row.category, now)
        unit.commit()
        return _case_of(row)


def chase(store: Store, number: str, now: datetime) -> bool:
    """The resident asks for it to be hurried: staff see so in its history, once a day. False where nothing is owed any more."""
    with store.unit() as unit:
        row = locked(unit, number)
        if row.state not in AWAITS_OFFICE:
            return False
        if not any(event.action == "chased" and event.at.date() == now.date() for event in row.events):
            case_queries.note_event(unit, row, now, "resident", "chased", None)
        unit.commit()
        return True


def add_to_case(
    store: Store, number: str, words: str, *, client_message_id: str, conversation_id: str, now: datetime
) -> Case:
    """The resident tells something more of it. Raises WrongState when it has its answer already, NotFound."""
    with store.unit() as unit:
        row = locked(unit, number)
        if idempotency_queries.claim(unit, conversation_id, client_message_id, f"add {number}", now) is not None:
            return _case_of(row)
        if row.state in HAS_ITS_ANSWER:
            raise WrongState
        row.text = f"{row.text}{' ' if words.isascii() else '。'}{words}"
        case_queries.note_event(unit, row, now, "resident", "added", None)
        unit.commit()
        return _case_of(row)


def is_answered(store: Store, number: str) -> bool:
    """Has it its answer, so that it can be opened again? False where there is no such case."""
    with store.reading() as unit:
        row = case_queries.case(unit, number)
        return row is not None and row.state in HAS_ITS_ANSWER


def reopen_in(
    unit: UnitOfWork,
    row: CaseRow,
    actor: str,
    reason: str | None,
    now: datetime,
    targets: Targets,
    is_working_day: IsWorkingDay = is_chinese_working_day,
) -> None:
    """Part of the caller's unit of work. Raises WrongState when it is still open.

    A case that was merged stands for itself again: what settled the other did not settle this one.
    """
    _move(unit, row, CaseState.REOPENED, actor, reason, now)
    row.merged_into, row.satisfaction, row.targets_from = None, None, now
    row.respond_by, row.settle_by = deadlines(now, targets, is_working_day)
    schedule_deadlines(unit, row)


def advance_in(
    unit: UnitOfWork,
    row: CaseRow,
    state: str,
    actor: str,
    note: str | None,
    now: datetime,
    *,
    answer: str | None = None,
    spoken_answer: str | None = None,
) -> None:
    """Part of the caller's unit of work. Cases merged into this one go the same way, each with its own resident told."""
    if state == CaseState.ANSWERED and not answer:
        raise WrongState
    _move(unit, row, state, actor, note, now)
    if answer:
        tell_answer(unit, row, answer, spoken_answer, now)
    for merged in case_queries.lock_merged(unit, row.number):
        merged.state = state
        case_queries.note_event(unit, merged, now, actor, state, None)
        if answer:
            tell_answer(unit, merged, answer, spoken_answer, now)


def tell_answer(unit: UnitOfWork, row: CaseRow, answer: str, spoken_answer: str | None, now: datetime) -> None:
    """Keep the answer, and tell it to the resident in their conversation and, where that is on, by telephone."""
    row.answer = answer
    if (
        row.conversation_id and row.channel != FROM_OTHERS
    ):  # a grid worker saw it, its resident was erased, or another system tells them
        notify_in(unit, row.conversation_id, "check_case", case_answered(row, answer, spoken_answer), now)
        tasks.plan_news(unit, "case_answered", row.number, row.conversation_id, now)
    if row.phone:
        tasks.plan_call(unit, "case_answered", row.number, now)


def keep_draft_photo(store: Store, conversation_id: str, content: bytes, now: datetime) -> None:
    """Keep it until this conversation files its case. Raises BadPhoto (also for a fourth one)."""
    with store.reading() as unit:
        if case_queries.count_photos(unit, conversation_id=conversation_id) >= MAX_PHOTOS:
            raise BadPhoto  # before it costs the work of decoding
    photo = clean_photo(content)
    with store.unit() as unit:
        if case_queries.count_photos(unit, conversation_id=conversation_id) >= MAX_PHOTOS:
            raise BadPhoto
        unit.add(Photo(case_id=None, conversation_id=conversation_id, content=photo, at=now))
        unit.commit()


def keep_position(store: Store, conversation_id: str, latitude: float, longitude: float, now: datetime) -> None:
    """Where the resident stands, until this conversation files its case; told again, the last one counts."""
    with store.unit() as unit:
        row = case_queries.draft_position(unit, conversation_id)
        if row is None:
            row = DraftPosition(conversation_id=conversation_id)
            unit.add(row)
        row.position, row.at = f"({latitude:.5f}, {longitude:.5f})", now
        unit.commit()


def schedule_deadlines(unit: UnitOfWork, row: CaseRow) -> None:
    tasks.schedule(unit, "case_response_due", row.respond_by, {"number": row.number})
    tasks.schedule(unit, "case_settlement_due", row.settle_by, {"number": row.number})


def _move(unit: UnitOfWork, row: CaseRow, state: str, actor: str, note: str | None, now: datetime) -> None:
    if state not in NEXT_STATES[row.state]:
        raise WrongState
    row.state = state
    case_queries.note_event(unit, row, now, actor, state, note)


def locked(unit: UnitOfWork, number: str) -> CaseRow:
    """Raises NotFound."""
    row = case_queries.lock_case(unit, number)
    if row is None:
        raise NotFound
    return row


def _case_of(row: CaseRow) -> Case:
    return Case(
        number=row.number,
        category=row.category,
        place=row.place,
        state=CaseState(row.state),
        text=row.text,
        answer=row.answer,
        filed=row.filed,
        respond_by=row.respond_by,
        settle_by=row.settle_by,
        escalated=row.escalated,
        history=tuple(CaseEvent(one.at, one.actor, one.action, one.note) for one in row.events),
        anonymous=row.anonymous,
        public_id=row.public_id or "",
        phone_tail=phone_last4(row.phone) if row.phone else None,
        check_code=row.check_code,
        conversation_id=row.conversation_id,
    )
