"""Cases as staff work on them: find, dispatch, answer, merge, note. Every change is audited in the same unit of work."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.cases import case_words, cases, escalation
from bot.services.cases.alike import likeness
from bot.services.cases.case_fields import LONGEST_TEXT as LONGEST_TEXT
from bot.services.cases.case_fields import short, written
from bot.services.cases.case_sla import remaining
from bot.services.cases.case_view import CaseLine, CaseView, HistoryLine
from bot.services.cases.cases import NEXT_STATES
from bot.services.kernel import disclosure
from bot.services.kernel.deadlines import IsWorkingDay, Targets, is_chinese_working_day
from bot.services.kernel.permissions import Actor
from bot.store.cases import queries as case_queries
from bot.store.cases.queries import CaseFilter as CaseFilter
from bot.store.cases.states import AWAITS_NOBODY, AWAITS_OFFICE, HAS_ITS_ANSWER, CaseState
from bot.store.cases.tables import Case
from bot.store.staff import queries as staff_queries
from bot.store.staff.tables import StaffAccount
from bot.store.store import Store, UnitOfWork

MOST_LISTED = 5000
COMMUNITY = re.compile(r"[\u4e00-\u9fff]{2,6}?社区")


@dataclass(frozen=True)
class Worker:
    id: str
    login: str
    name: str
    grid: str
    community: str


def list_cases(store: Store, actor: Actor, wanted: CaseFilter, now: datetime) -> list[CaseLine]:
    """What the actor may see of them, newest first."""
    actor.must("cases.read")
    with store.reading() as unit:
        logins = _logins(unit)
        rows = case_queries.found(unit, wanted, limit=MOST_LISTED)
        return [_line(actor, row, logins, now) for row in rows if disclosure.in_scope(actor, row)]


def open_case(store: Store, actor: Actor, number: str, now: datetime) -> CaseView:
    """One case, masked; that it was opened is in the audit. Raises NotFound also for what the actor may not see."""
    actor.must("cases.read")
    with store.unit() as unit:
        row = seen(unit, actor, number)
        view = _view(unit, actor, row, now)
        audit.write(unit, actor, "case.read", "case", number, now)
        unit.commit()
        return view


def photo(store: Store, actor: Actor, number: str, place: int, now: datetime) -> bytes:
    """A JPEG; that it was looked at is in the audit. Raises NotFound."""
    with store.unit() as unit:
        photos = case_queries.photos(unit, seen(unit, actor, number).id)
        if not 0 <= place < len(photos):
            raise NotFound
        content = photos[place].content
        audit.write(unit, actor, "case.photo", "case", number, now, details={"place": place})
        unit.commit()
        return content


def workers(store: Store) -> list[Worker]:
    """Grid workers that a case can be sent to."""
    with store.reading() as unit:
        rows = [row for row in staff_queries.accounts(unit) if row.role == "grid_worker" and not row.disabled]
        return [Worker(row.id, row.login, row.name, row.grid or "", row.community or "") for row in rows]


def departments(store: Store) -> list[str]:
    with store.reading() as unit:
        return list(case_queries.departments(unit))


def duplicates(store: Store, actor: Actor, number: str, now: datetime) -> list[tuple[CaseLine, likeness.Suggestion]]:
    """Open cases that may tell of the same thing, the likeliest first."""
    if not actor.may("cases.merge"):
        return []
    with store.reading() as unit:
        row = seen(unit, actor, number)
        if row.merged_into or row.state not in AWAITS_OFFICE:
            return []
        near = CaseFilter(states=AWAITS_OFFICE, since=row.filed - likeness.NEAR, until=row.filed + likeness.NEAR)
        others = {one.number: one for one in case_queries.found(unit, near, limit=MOST_LISTED)}
        found = likeness.suggest(_told(row), (_told(one) for one in others.values()))
        logins = _logins(unit)
        return [(_line(actor, others[one.number], logins, now), one) for one in found]


def dispatch(
    store: Store,
    actor: Actor,
    number: str,
    *,
    department: str | None = None,
    worker: str | None = None,
    community: str = "",
    grid: str = "",
    note: str = "",
    now: datetime,
) -> None:
    """To a department, to a grid worker, or both. `worker` is an account id; the case gets that worker's grid.

    None leaves the department or worker that it has, empty takes it off. Raises BadInput, WrongState, NotFound.
    """
    actor.must("cases.dispatch")
    community, grid = short("community", community), short("grid", grid)
    note = written("note", note, needed=False)
    with store.unit() as unit:
        row = seen(unit, actor, number, lock=True)
        not_merged(row)
        department = short("department", row.department or "" if department is None else department)
        worker = row.assignee or "" if worker is None else worker
        account = staff_queries.account(unit, worker) if worker else None
        if worker and (account is None or account.role != "grid_worker" or account.disabled):
            raise BadInput("worker")
        if not department and account is None:
            raise BadInput("dispatch")
        row.department, row.assignee = department or None, account.id if account else None
        row.community = community or (account.community if account else None) or row.community
        row.grid = (account.grid if account else None) or grid or row.grid
        if row.state in (CaseState.DISPATCHED, CaseState.HANDLING):
            case_queries.note_event(unit, row, now, actor.id, "sent_on", note or None)
        else:
            cases.advance_in(unit, row, CaseState.DISPATCHED, actor.id, note or None, now)
        row.events[-1].department, row.events[-1].assignee = row.department, row.assignee
        audit.write(unit, actor, "case.dispatch", "case", number, now, details={
            "department": bool(department), "worker": worker, "grid": row.grid or "",
        })  # fmt: skip
        unit.commit()


def advance(store: Store, actor: Actor, number: str, state: str, note: str, now: datetime) -> None:
    """Begin to handle it, settle it, close it. Raises WrongState, NotFound, BadInput."""
    if state not in (CaseState.HANDLING, *AWAITS_NOBODY):
        raise WrongState
    note = written("note", note, needed=False)
    with store.unit() as unit:
        row = worked_on(unit, actor, number)
        cases.advance_in(unit, row, state, actor.id, note or None, now)
        audit.write(unit, actor, "case.advance", "case", number, now, details={"state": state})
        unit.commit()


def answer(store: Store, actor: Actor, number: str, text: str, now: datetime, note: str = "") -> None:
    """What the resident is told, in their conversation and when they ask with the number.

    Raises BadInput without words, WrongState before somebody handles it, NotFound.
    """
    text, note = written("answer", text), written("note", note, needed=False)
    with store.unit() as unit:
        row = worked_on(unit, actor, number)
        cases.advance_in(unit, row, CaseState.ANSWERED, actor.id, note or None, now, answer=text)
        audit.write(unit, actor, "case.answer", "case", number, now, details={"state": "answered"})
        unit.commit()


def reopen(
    store: Store,
    actor: Actor,
    number: str,
    reason: str,
    now: datetime,
    *,
    targets: Targets,
    is_working_day: IsWorkingDay = is_chinese_working_day,
) -> None:
    """The resident is not content, as they told staff; the targets start afresh. Raises WrongState, NotFound, BadInput."""
    reason = written("reason", reason)
    with store.unit() as unit:
        row = worked_on(unit, actor, number, merged_too=True)
        cases.reopen_in(unit, row, actor.id, reason, now, targets, is_working_day)
        audit.write(unit, actor, "case.reopen", "case", number, now, details={"state": "reopened"})
        unit.commit()


def note(store: Store, actor: Actor, number: str, text: str, now: datetime) -> None:
    """For colleagues; the resident does not see it."""
    text = written("note", text)
    with store.unit() as unit:
        row = worked_on(unit, actor, number, merged_too=True)
        case_queries.note_event(unit, row, now, actor.id, "note", text)
        audit.write(unit, actor, "case.note", "case", number, now)
        unit.commit()


def rate(store: Store, actor: Actor, number: str, score: int, now: datetime) -> None:
    """How content the resident is, 1 to 5, as they told staff on the telephone. Raises WrongState before an answer."""
    if not 1 <= score <= 5:
        raise BadInput("score")
    with store.unit() as unit:
        row = worked_on(unit, actor, number, merged_too=True)
        if row.state not in HAS_ITS_ANSWER:
            raise WrongState
        row.satisfaction = score
        case_queries.note_event(unit, row, now, actor.id, "rated", None)
        audit.write(unit, actor, "case.rate", "case", number, now)
        unit.commit()


def merge(store: Store, actor: Actor, number: str, into: str, now: datetime) -> None:
    """`number` tells of the same thing as `into` and goes its way from now on; each resident is told the answer.

    Raises BadInput for a number that cannot be merged into, WrongState, NotFound.
    """
    actor.must("cases.merge")
    with store.unit() as unit:
        # Always in one order, so that two merges never wait for each other.
        pair = {one: case_queries.lock_case(unit, one) for one in sorted({number, into})}
        row, main = pair.get(number), pair.get(into)
        if row is None or not disclosure.in_scope(actor, row):
            raise NotFound
        if main is None or main is row or main.merged_into or main.state not in AWAITS_OFFICE:
            raise BadInput("into")
        not_merged(row)
        if row.state not in AWAITS_OFFICE or case_queries.merged_numbers(unit, number):
            raise WrongState
        row.merged_into, row.state = main.number, main.state
        row.department, row.assignee = main.department, main.assignee
        row.grid, row.community = main.grid or row.grid, main.community or row.community
        case_queries.note_event(unit, row, now, actor.id, "merged", main.number)
        case_queries.note_event(unit, main, now, actor.id, "took_in", row.number)
        audit.write(unit, actor, "case.merge", "case", number, now, details={"into": main.number})
        unit.commit()


def note_export(store: Store, actor: Actor, how: str, now: datetime) -> None:
    actor.must("cases.export")
    with store.unit() as unit:
        audit.write(unit, actor, "case.export", "table", "cases", now, details={"as": how})
        unit.commit()


def seen(unit: UnitOfWork, actor: Actor, number: str, *, lock: bool = False) -> Case:
    row = case_queries.lock_case(unit, number) if lock else case_queries.case(unit, number)
    if row is None or not disclosure.in_scope(actor, row):
        raise NotFound
    return row


def worked_on(unit: UnitOfWork, actor: Actor, number: str, *, merged_too: bool = False) -> Case:
    actor.must("cases.work")
    row = seen(unit, actor, number, lock=True)
    if not merged_too:
        not_merged(row)
    return row


def not_merged(row: Case) -> None:
    """A merged case is worked on where it was merged into."""
    if row.merged_into:
        raise WrongState


def _told(row: Case) -> likeness.Told:
    return likeness.Told(row.number, row.category, row.place, row.text, row.filed)


def _logins(unit: UnitOfWork) -> dict[str, str]:
    return {row.id: row.login for row in staff_queries.accounts(unit)}


def _line(actor: Actor, row: Case, logins: dict[str, str], now: datetime) -> CaseLine:
    left = remaining(row.state, row.targets_from or row.filed, row.respond_by, row.settle_by, now)
    return CaseLine(
        number=row.number,
        category=row.category,
        state=row.state,
        place=row.place if actor.may("cases.place") else disclosure.address(actor, row.place),
        community=row.community,
        grid=row.grid,
        department=row.department,
        assignee=logins.get(row.assignee or ""),
        channel=row.channel,
        filed=row.filed,
        escalated=row.escalated,
        satisfaction=row.satisfaction,
        light=left.light,
        target=left.target,
        due=left.due,
        hours_left=None if left.left is None else round(left.left.total_seconds() / 3600, 1) + 0.0,  # never -0.0
    )


def _view(unit: UnitOfWork, actor: Actor, row: Case, now: datetime) -> CaseView:
    accounts, known = {one.id: one for one in staff_queries.accounts(unit)}, (row.name, row.phone, row.place)
    logins = {one.id: one.login for one in accounts.values()}
    history = [
        HistoryLine(
            one.at,
            logins.get(one.actor, one.actor),
            one.action,
            # The number of a case is nobody's telephone number.
            one.note or "" if one.action in ("merged", "took_in") else disclosure.words(actor, one.note, *known),
            " · ".join(filter(None, (one.department, _worker_name(accounts.get(one.assignee or ""))))),
        )
        for one in row.events
    ]
    guess = COMMUNITY.search(row.place)
    return CaseView(
        **vars(_line(actor, row, logins, now)),
        text=case_words.words(actor, row),
        answer=row.answer or "",  # written by staff for the resident, who is told it in full
        name=disclosure.name(actor, row.name),
        phone=disclosure.phone(actor, row.phone),
        anonymous=row.anonymous,
        language=row.language,
        respond_by=row.respond_by,
        settle_by=row.settle_by,
        conversation_id=row.conversation_id,
        merged_into=row.merged_into,
        merged=tuple(case_queries.merged_numbers(unit, row.number)),
        next_states=() if row.merged_into else NEXT_STATES[row.state],
        history=tuple(history),
        escalations=tuple(escalation.of_case(unit, row)),
        worker=row.assignee or "",
        photos=case_queries.count_photos(unit, case_id=row.id),
        community_guess=row.community or (guess.group() if guess else ""),
    )


def _worker_name(account: StaffAccount | None) -> str:
    return f"{account.name} {account.grid or ''}".strip() if account else ""
