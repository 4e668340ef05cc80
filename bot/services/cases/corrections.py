"""What a dispatcher puts right: category and place, a case that is none of ours, and a dispatch taken back at once."""

from datetime import datetime, timedelta
from typing import Literal, get_args

from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.cases import cases, dispatch_rules, staff_cases
from bot.services.cases.case_fields import short, written
from bot.services.cases.staff_cases import not_merged, seen
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.store.cases import queries as case_queries
from bot.store.cases.states import AWAITS_OFFICE, CaseState
from bot.store.staff import queries as staff_queries
from bot.store.store import Store
from bot.turns import CATEGORIES

ClosedAs = Literal["not_ours", "invalid"]
CLOSINGS: tuple[ClosedAs, ...] = get_args(ClosedAs)
"""A double is merged, so that its resident is told the answer of the other."""
UNDO_WITHIN = timedelta(seconds=15)
"""The ten seconds that the page shows, and the way there."""
DISPATCHED = (str(CaseState.DISPATCHED), "sent_on")


def correct(store: Store, actor: Actor, number: str, *, category: str, place: str, now: datetime) -> None:
    """Empty leaves what is there. What was changed stands in the history. Raises BadInput, WrongState, NotFound."""
    actor.must("cases.correct")
    place = short("place", place)
    if category and category not in CATEGORIES:
        raise BadInput("category")
    with store.unit() as unit:
        row = seen(unit, actor, number, lock=True)
        not_merged(row)
        changed = [
            name
            for name, value, before in (("category", category, row.category), ("place", place, row.place))
            if value and value != before
        ]
        if not changed:
            raise BadInput("nothing_changed")
        row.category, row.place = category or row.category, place or row.place
        for name in changed:
            case_queries.note_event(unit, row, now, actor.id, f"corrected_{name}", None)
        audit.write(unit, actor, "case.correct", "case", number, now, details={"fields": changed})
        unit.commit()


def close_as(store: Store, actor: Actor, number: str, closing: str, answer: str, now: datetime) -> None:
    """Not ours, with where to go, or nothing to act on: the resident is told in these words, and the clock stops.

    Raises BadInput without words, WrongState once it has its answer, NotFound.
    """
    actor.must("cases.correct")
    if closing not in CLOSINGS:
        raise BadInput("closing")
    answer = written("answer", answer)
    with store.unit() as unit:
        row = seen(unit, actor, number, lock=True)
        not_merged(row)
        if row.state not in AWAITS_OFFICE or case_queries.merged_numbers(unit, number):
            raise WrongState
        row.state = CaseState.CLOSED
        case_queries.note_event(unit, row, now, actor.id, f"closed_{closing}", None)
        cases.tell_answer(unit, row, answer, None, now)
        audit.write(unit, actor, "case.close_as", "case", number, now, details={"as": closing})
        unit.commit()


def send_by_rule(store: Store, actor: Actor, number: str, now: datetime) -> None:
    """To where the rules of the office say. Raises BadInput where no rule holds, WrongState, NotFound."""
    workers = staff_cases.workers(store)
    with store.reading() as unit:
        row = case_queries.case(unit, number)
        if row is None:
            raise NotFound
        if row.state not in (CaseState.FILED, CaseState.REOPENED):
            raise WrongState
        community = dispatch_rules.community_of(row)
        found = dispatch_rules.suggest(row.category, community, row.grid or "", workers)
    if found is None:
        raise BadInput("no_rule")
    staff_cases.dispatch(
        store,
        actor,
        number,
        department=found.department or None,
        worker=found.worker or None,
        community=community,
        now=now,
    )


def take_back(store: Store, actor: Actor, number: str, now: datetime) -> None:
    """The dispatch that this person has just made is undone; nobody outside was told of it.

    Raises WrongState when it is longer ago, was somebody else's, or something happened since; NotFound.
    """
    actor.must("cases.dispatch")
    with store.unit() as unit:
        row = seen(unit, actor, number, lock=True)
        last = row.events[-1] if row.events else None
        if last is None or last.action not in DISPATCHED or last.actor != actor.id or now - last.at > UNDO_WITHIN:
            raise WrongState
        sent = [one for one in row.events[:-1] if one.action in DISPATCHED]
        if last.action == CaseState.DISPATCHED:
            before = next(one.action for one in reversed(row.events[:-1]) if one.action in ("filed", "reopened"))
            row.state = CaseState(before)
        row.department = sent[-1].department if sent else None
        row.assignee = sent[-1].assignee if sent else None
        before_that = staff_queries.account(unit, row.assignee) if row.assignee else None
        row.grid = before_that.grid if before_that else None  # nobody's, as before it was sent to anybody
        case_queries.note_event(unit, row, now, actor.id, "taken_back", None)
        audit.write(unit, actor, "case.take_back", "case", number, now)
        unit.commit()


def split(store: Store, actor: Actor, number: str, now: datetime) -> None:
    """A case that was merged by mistake stands for itself again, where it stood before. Raises WrongState, NotFound."""
    actor.must("cases.merge")
    with store.unit() as unit:
        row = seen(unit, actor, number, lock=True)
        if not row.merged_into or row.state not in AWAITS_OFFICE:
            raise WrongState
        main = case_queries.lock_case(unit, row.merged_into)
        place = max(n for n, one in enumerate(row.events) if one.action == "merged")
        before = row.events[:place]
        state = next(one.action for one in reversed(before) if one.action in set(CaseState))
        sent = [one for one in before if one.action in DISPATCHED]
        row.merged_into, row.state = None, CaseState(state)
        row.department = sent[-1].department if sent else None
        row.assignee = sent[-1].assignee if sent else None
        case_queries.note_event(unit, row, now, actor.id, "split", None)
        if main is not None:
            case_queries.note_event(unit, main, now, actor.id, "gave_back", None)
        audit.write(unit, actor, "case.split", "case", number, now)
        unit.commit()


def file_for_caller(
    store: Store,
    actor: Actor,
    *,
    category: str,
    place: str,
    text: str,
    name: str,
    phone: str,
    channel: str,
    message_id: str,
    now: datetime,
    targets: Targets,
) -> str:
    """Filed by a person for somebody who calls or comes; the number, to be told. Raises BadInput, TooManyCases."""
    actor.must("cases.file")
    if category not in CATEGORIES:
        raise BadInput("category")
    if channel not in ("phone", "web", "desk"):
        raise BadInput("channel")
    place, text, name = short("place", place), written("text", text), short("name", name)
    digits = "".join(one for one in phone if one.isdigit())
    if not place:
        raise BadInput("place")
    if phone.strip() and not 7 <= len(digits) <= 15:
        raise BadInput("phone")
    request = cases.ComplaintRequest(
        category=category, place=place, text=text, anonymous=not digits, name=name or None, phone=digits or None,
        conversation_id=f"desk-{actor.id}", client_message_id=message_id, language="zh", channel=channel,
    )  # fmt: skip
    filed = cases.file_case(store, request, now, targets=targets)
    with store.unit() as unit:
        row = cases.locked(unit, filed.number)
        row.conversation_id = ""
        case_queries.note_event(unit, row, now, actor.id, "filed_for", None)
        audit.write(unit, actor, "case.file_for", "case", filed.number, now, details={"channel": channel})
        unit.commit()
    return filed.number
