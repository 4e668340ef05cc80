"""The staff API: cases."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.console.cases.messages import (
    AdvanceIn,
    AnswerIn,
    CasesOut,
    DispatchIn,
    DuplicateOut,
    DuplicatesOut,
    MergeIn,
    NoteIn,
    ScoreIn,
    SpotsOut,
    WhyIn,
)
from api.console.cases.pages import filter_of
from api.console.frame.failures import PROBLEMS
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot import wiring
from bot.services.cases import staff_cases
from bot.services.cases.alike import hot_spots
from bot.services.cases.case_view import CaseView
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff/cases", responses={**PROBLEMS, 409: PROBLEMS[404]}, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("cases.read"))]
Works = Annotated[Signed, Depends(needs("cases.work"))]
Dispatches = Annotated[Signed, Depends(needs("cases.dispatch"))]
Merges = Annotated[Signed, Depends(needs("cases.merge"))]
Word = Annotated[str, Query(max_length=60)]


@router.get("")
def listed(
    request: Request,
    parts: WithParts,
    signed: Reads,
    number: Word = "",
    state: Word = "",
    category: Word = "",
    community: Word = "",
    grid: Word = "",
    department: Word = "",
    since: Word = "",
    until: Word = "",
    light: Word = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> CasesOut:
    """Newest first. `state` may be "open"; `since` and `until` are days such as 2026-11-24."""
    wanted = filter_of(lambda name: request.query_params.get(name, ""), parts)
    lines = staff_cases.list_cases(parts.store, signed.actor, wanted, parts.clock())
    lines = [line for line in lines if light in ("", line.light)]
    return CasesOut(cases=lines[offset : offset + limit], total=len(lines))


@router.get("/spots")
def spots(parts: WithParts, signed: Reads, days: Annotated[int, Query(ge=1, le=3650)] = 30) -> SpotsOut:
    """How many cases per community, grid and category."""
    found = hot_spots.hot_spots(parts.store, signed.actor, days, parts.clock())
    return SpotsOut(spots=found)


@router.get("/{number}")
def case(parts: WithParts, signed: Reads, number: str) -> CaseView:
    return _case(parts, signed, number)


@router.get("/{number}/duplicates")
def duplicates(parts: WithParts, signed: Merges, number: str) -> DuplicatesOut:
    """Open cases that may tell of the same thing, and why."""
    found = staff_cases.duplicates(parts.store, signed.actor, number, parts.clock())
    return DuplicatesOut(
        duplicates=[
            DuplicateOut(
                number=line.number,
                category=line.category,
                place_likeness=round(why.place, 3),
                words_likeness=round(why.words, 3),
                same_category=why.same_category,
                hours_apart=round(why.apart.total_seconds() / 3600, 1),
            )
            for line, why in found
        ]
    )


@router.post("/{number}/dispatch")
def dispatch(body: DispatchIn, parts: WithParts, signed: Dispatches, number: str) -> CaseView:
    """To a department, a grid worker, or both."""
    staff_cases.dispatch(parts.store, signed.actor, number, **body.model_dump(), now=parts.clock())
    return _case(parts, signed, number)


@router.post("/{number}/advance")
def advance(body: AdvanceIn, parts: WithParts, signed: Works, number: str) -> CaseView:
    staff_cases.advance(parts.store, signed.actor, number, body.state, body.note, parts.clock())
    return _case(parts, signed, number)


@router.post("/{number}/answer")
def answer(body: AnswerIn, parts: WithParts, signed: Works, number: str) -> CaseView:
    """The resident is told."""
    staff_cases.answer(parts.store, signed.actor, number, body.answer, parts.clock(), body.note)
    return _case(parts, signed, number)


@router.post("/{number}/reopen")
def reopen(body: WhyIn, parts: WithParts, signed: Works, number: str) -> CaseView:
    targets = wiring.targets()
    staff_cases.reopen(parts.store, signed.actor, number, body.reason, parts.clock(), targets=targets)
    return _case(parts, signed, number)


@router.post("/{number}/note")
def note(body: NoteIn, parts: WithParts, signed: Works, number: str) -> CaseView:
    staff_cases.note(parts.store, signed.actor, number, body.note, parts.clock())
    return _case(parts, signed, number)


@router.post("/{number}/satisfaction")
def satisfaction(body: ScoreIn, parts: WithParts, signed: Works, number: str) -> CaseView:
    staff_cases.rate(parts.store, signed.actor, number, body.score, parts.clock())
    return _case(parts, signed, number)


@router.post("/{number}/merge")
def merge(body: MergeIn, parts: WithParts, signed: Merges, number: str) -> CaseView:
    """This case goes the way of `into` from now on."""
    staff_cases.merge(parts.store, signed.actor, number, body.into, parts.clock())
    return _case(parts, signed, number)


def _case(parts: Parts, signed: Signed, number: str) -> CaseView:
    return staff_cases.open_case(parts.store, signed.actor, number, parts.clock())
