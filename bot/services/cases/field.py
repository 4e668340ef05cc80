"""What a grid worker does in the street: reports what they see; arrives at a task, is done with it, takes pictures.

Each deed carries a mark made on the telephone: what was written while there was no connection is sent again until it is
answered, and is done once.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.errors import BadInput, BadPhoto, NotFound, WrongState
from bot.services.audit import audit
from bot.services.cases import case_words, cases
from bot.services.cases.case_fields import LONGEST_NAME, written
from bot.services.cases.photos import clean_photo
from bot.services.kernel import disclosure
from bot.services.kernel.deadlines import IsWorkingDay, Targets, deadlines, is_chinese_working_day
from bot.services.kernel.permissions import Actor
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.store.cases import queries as case_queries
from bot.store.cases.queries import CaseFilter
from bot.store.cases.states import AWAITS_OFFICE, CaseState
from bot.store.cases.tables import Case, Photo
from bot.store.kernel import idempotency_queries
from bot.store.store import Store, UnitOfWork
from bot.turns import CATEGORIES

CHANNEL = "field"
MOST_PHOTOS = 9
"""Of one case, those of the resident too."""
LONGEST_MARK = 64


@dataclass(frozen=True)
class Task:
    number: str
    category: str
    state: str
    place: str
    text: str
    due: datetime
    arrived: bool


@dataclass(frozen=True)
class Report:
    category: str
    place: str
    text: str
    position: str = ""
    """Latitude and longitude, where the worker chose to add them."""


def tasks_of(store: Store, actor: Actor) -> list[Task]:
    """What was sent to this worker and is not answered yet, the most urgent first."""
    actor.must("cases.work")
    with store.reading() as unit:
        rows = case_queries.found(unit, CaseFilter(states=AWAITS_OFFICE, assignee=actor.id))
        seen = [row for row in rows if disclosure.in_scope(actor, row)]
        return sorted((_task(actor, row) for row in seen), key=lambda one: one.due)


def report(
    store: Store,
    actor: Actor,
    told: Report,
    *,
    mark: str,
    photo: bytes | None,
    now: datetime,
    targets: Targets,
    is_working_day: IsWorkingDay = is_chinese_working_day,
    random: Random = SECURE_RANDOM,
) -> str:
    """The number of the case; the same mark again gives the same. Raises BadInput, BadPhoto."""
    actor.must("cases.work")
    text = written("note", told.text)
    place = " ".join(filter(None, (told.place.strip(), told.position.strip())))
    if not place or len(place) > 2 * LONGEST_NAME or told.category not in CATEGORIES:
        raise BadInput("note")
    picture = clean_photo(photo) if photo else None
    with store.unit() as unit:
        if (number := _done_before(unit, actor, mark, now)) is not None:
            return number
        respond_by, settle_by = deadlines(now, targets, is_working_day)
        row = Case(
            number=new_number(unit, Case, random), category=told.category, state=CaseState.FILED, place=place, text=text,
            answer=None, anonymous=True, name=None, phone=None, phone_hash=None, check_code=None, conversation_id="",
            channel=CHANNEL, language="zh", filed=now, respond_by=respond_by, settle_by=settle_by, escalated=False,
            community=actor.community, grid=actor.grid,
        )  # fmt: skip
        unit.add(row)
        case_queries.note_event(unit, row, now, actor.id, "filed", None)
        unit.flush()
        cases.schedule_deadlines(unit, row)
        if picture:
            unit.add(Photo(case_id=row.id, conversation_id=None, content=picture, at=now))
        audit.write(unit, actor, "case.field_report", "case", row.number, now)
        _keep(unit, actor, mark, row.number)
        unit.commit()
        return row.number


def do(
    store: Store, actor: Actor, number: str, deed: str, *, mark: str, words: str = "", position: str = "",
    photo: bytes | None = None, now: datetime,
) -> None:  # fmt: skip
    """arrived, done (the words are the resident's answer), or photo. The same mark again does nothing.

    Raises NotFound for what is not theirs, WrongState, BadInput, BadPhoto.
    """
    actor.must("cases.work")
    picture = clean_photo(photo) if photo else None
    with store.unit() as unit:
        if _done_before(unit, actor, mark, now) is not None:
            return
        row = case_queries.lock_case(unit, number)
        if row is None or not disclosure.in_scope(actor, row) or row.merged_into:
            raise NotFound
        if deed == "arrived":
            _arrive(unit, row, actor, position, now)
        elif deed == "done":
            answer = written("answer", words)
            if row.state == CaseState.DISPATCHED:
                _arrive(unit, row, actor, position, now)
            cases.advance_in(unit, row, CaseState.ANSWERED, actor.id, None, now, answer=answer)
        elif deed != "photo" or picture is None:
            raise BadInput("note")
        if picture:
            if case_queries.count_photos(unit, case_id=row.id) >= MOST_PHOTOS:
                raise BadPhoto
            unit.add(Photo(case_id=row.id, conversation_id=None, content=picture, at=now))
            case_queries.note_event(unit, row, now, actor.id, "photo", None)
        audit.write(unit, actor, "case.field_work", "case", number, now, details={"deed": deed})
        _keep(unit, actor, mark, number)
        unit.commit()


def _arrive(unit: UnitOfWork, row: Case, actor: Actor, position: str, now: datetime) -> None:
    if row.state == CaseState.DISPATCHED:
        cases.advance_in(unit, row, CaseState.HANDLING, actor.id, None, now)
    elif row.state != CaseState.HANDLING:
        raise WrongState
    case_queries.note_event(unit, row, now, actor.id, "arrived", position[:LONGEST_NAME] or None)


def _done_before(unit: UnitOfWork, actor: Actor, mark: str, now: datetime) -> str | None:
    """The number that this mark has written; None where it does so now."""
    if not 0 < len(mark) <= LONGEST_MARK:
        raise BadInput("note")
    done = idempotency_queries.claim(unit, actor.id, mark, "field", now)
    return None if done is None else done.number or ""


def _keep(unit: UnitOfWork, actor: Actor, mark: str, number: str) -> None:
    idempotency_queries.record(unit, actor.id, mark, "field", number)


def _task(actor: Actor, row: Case) -> Task:
    place = row.place if actor.may("cases.place") else disclosure.address(actor, row.place)
    arrived = any(event.action == "arrived" for event in row.events)
    due = row.settle_by if row.state == CaseState.HANDLING else row.respond_by
    return Task(row.number, row.category, row.state, place, case_words.words(actor, row), due, arrived)
