"""Cases: list, board, hot spots, one case with everything that is done to it, and the sheet to print."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.days import day_of
from api.console.frame.deeds import attempt
from api.console.frame.failures import said_of
from api.console.frame.render import page
from api.console.frame.reveal import in_place
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import BadInput, ReasonMissing, WrongState
from bot.services.cases import answer_templates, case_words, corrections, dispatch_rules, staff_cases
from bot.services.cases.alike import hot_spots
from bot.services.cases.case_view import CaseLine
from bot.services.cases.cases import AWAITS_OFFICE, NEXT_STATES
from bot.services.cases.staff_cases import CaseFilter
from bot.services.kernel import disclosure
from bot.services.kernel.disclosure import Subject
from bot.services.staff.staff_sessions import Signed
from bot.turns import CATEGORIES

router = APIRouter(prefix="/staff/cases", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("cases.read"))]
Works = Annotated[Signed, Depends(needs("cases.work"))]
Dispatches = Annotated[Signed, Depends(needs("cases.dispatch"))]
Corrects = Annotated[Signed, Depends(needs("cases.correct"))]
Merges = Annotated[Signed, Depends(needs("cases.merge"))]
Reveals = Annotated[Signed, Depends(needs("personal.reveal"))]
Word = Annotated[str, Form()]

TONES = {"green": "good", "yellow": "warn", "red": "bad", "none": "plain"}
LIGHTS = tuple(TONES)
STATES = tuple(NEXT_STATES)
MOST_SHORT = 100
"""Cards of the board that say what they are about: reading that takes a while."""
BOARD = ("filed", "reopened", "dispatched", "handling", "answered")
"""Columns of the board; what is settled or closed is in the list."""
COLUMNS = (
    Column("number", "cases.number", lambda row: row.number, link=lambda row: f"/staff/cases/{row.number}"),
    Column(
        "light", "cases.light", lambda row: row.light, texts="cases.light.",
        badge=lambda row: TONES[row.light],
    ),
    Column("left", "cases.left", lambda row: row.hours_left),
    Column("state", "cases.state", lambda row: row.state, texts="cases.state."),
    Column("category", "cases.category", lambda row: row.category, texts="cases.category."),
    Column("place", "cases.place", lambda row: row.place),
    Column("community", "cases.community", lambda row: row.community),
    Column("grid", "cases.grid", lambda row: row.grid),
    Column("department", "cases.department", lambda row: row.department),
    Column("assignee", "cases.assignee", lambda row: row.assignee),
    Column("filed", "cases.filed", lambda row: row.filed),
    Column("satisfaction", "cases.satisfaction", lambda row: row.satisfaction),
)  # fmt: skip


def _count_of(category: str) -> Callable[[hot_spots.Spot], int]:
    return lambda spot: spot.by_category.get(category, 0)


SPOT_COLUMNS = (
    Column("community", "cases.community", lambda row: row.community),
    Column("grid", "cases.grid", lambda row: row.grid),
    *(Column(one, f"cases.category.{one}", _count_of(one)) for one in CATEGORIES),
    Column("total", "cases.spots.total", lambda row: row.total),
    Column("open", "cases.spots.open", lambda row: row.open),
    Column("late", "cases.spots.late", lambda row: row.late),
)


@router.get("")
def listed(request: Request, parts: WithParts, signed: Reads) -> Response:
    say = _say(request)
    lines = _found(request, parts, signed)
    if request.query_params.get("export"):  # what leaves the house is masked for everybody
        lines = [replace(line, place=disclosure.address(signed.actor, line.place)) for line in lines]
    short: dict[str, str] = {}
    about = Column("about", "cases.text", lambda row: short.get(row.number, ""), sortable=False)
    wanted = COLUMNS if request.query_params.get("export") else (*COLUMNS[:5], about, *COLUMNS[5:])
    table = Table(request, wanted, caption=say("cases.title"), empty=say("cases.empty"), sort="-filed").fill(lines)
    if table.export:
        staff_cases.note_export(parts.store, signed.actor, table.export, parts.clock())
        return table.download("cases")
    short |= case_words.in_short(parts.store, signed.actor, [row.number for row in table.rows])
    asked = {name: request.query_params.get(name, "") for name in FILTERS}
    choices = {
        "state": [("", say("frame.all")), ("open", say("cases.open")), *_named(say, "cases.state.", STATES)],
        "category": [("", say("frame.all")), *_named(say, "cases.category.", CATEGORIES)],
        "light": [("", say("frame.all")), *_named(say, "cases.light.", LIGHTS)],
    }
    return page(request, "cases/list.html", signed, table=table, asked=asked, choices=choices)


@router.get("/board")
def board(request: Request, parts: WithParts, signed: Reads) -> Response:
    now = parts.clock()
    lines = staff_cases.list_cases(parts.store, signed.actor, CaseFilter(states=BOARD), now)
    most_urgent = sorted(lines, key=lambda line: line.due or line.filed)
    columns = {state: [line for line in most_urgent if line.state == state] for state in BOARD}
    short = case_words.in_short(parts.store, signed.actor, [line.number for line in most_urgent[:MOST_SHORT]])
    return page(
        request, "cases/board.html", signed, columns=columns, short=short, tones=TONES, left=_left_words(request, now)
    )


@router.get("/spots")
def spots(request: Request, parts: WithParts, signed: Reads) -> Response:
    days = next((one for one in hot_spots.SPOTS_DAYS if request.query_params.get("days") == str(one)), 30)
    found = hot_spots.hot_spots(parts.store, signed.actor, days, parts.clock())
    table = Table(request, SPOT_COLUMNS, caption="", empty="", sort="-total").fill(found)
    if table.export:
        staff_cases.note_export(parts.store, signed.actor, table.export, parts.clock())
        return table.download("hot-spots")
    most = max((count for spot in found for count in spot.by_category.values()), default=0)
    return page(
        request, "cases/spots.html", signed,
        spots=found, table=table, categories=CATEGORIES, most=most, days=days, periods=hot_spots.SPOTS_DAYS,
    )  # fmt: skip


@router.get("/{number}")
def case(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    return _case(request, parts, signed, number)


@router.get("/{number}/photos/{place}")
def photo(parts: WithParts, signed: Reads, number: str, place: str) -> Response:
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 3 else -1
    content = staff_cases.photo(parts.store, signed.actor, number, at, parts.clock())
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.get("/{number}/sheet")
def sheet(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    view = staff_cases.open_case(parts.store, signed.actor, number, parts.clock())
    full = in_place(parts, signed, "case", number)
    return page(request, "cases/sheet.html", signed, case=view, full=full, wrong="", now=parts.clock())


@router.post("/{number}/sheet")
def full_sheet(request: Request, parts: WithParts, signed: Reveals, number: str, reason: Word = "") -> Response:
    """With name, phone and place in full: somebody has to go there."""
    now, full, wrong = parts.clock(), {}, ""
    try:
        with parts.store.unit() as unit:
            full = disclosure.reveal(unit, signed.actor, Subject("case", number), reason, now)
            unit.commit()
    except ReasonMissing as error:
        wrong = said_of(error, _say(request))
    view = staff_cases.open_case(parts.store, signed.actor, number, now)
    return page(
        request, "cases/sheet.html", signed, status=422 if wrong else 200, case=view, full=full, wrong=wrong, now=now
    )


@router.post("/{number}/dispatch")
def dispatch(
    request: Request,
    parts: WithParts,
    signed: Dispatches,
    number: str,
    department: Word = "",
    worker: Word = "",
    community: Word = "",
    grid: Word = "",
    note: Word = "",
) -> Response:
    return _do(request, parts, signed, number, "dispatched", lambda: staff_cases.dispatch(
        parts.store, signed.actor, number, department=department, worker=worker, community=community, grid=grid,
        note=note, now=parts.clock(),
    ))  # fmt: skip


@router.post("/{number}/advance")
def advance(
    request: Request, parts: WithParts, signed: Works, number: str, state: Word = "", note: Word = ""
) -> Response:
    return _do(request, parts, signed, number, "advanced", lambda: staff_cases.advance(
        parts.store, signed.actor, number, state, note, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/answer")
def answer(
    request: Request, parts: WithParts, signed: Works, number: str, answer: Word = "", note: Word = ""
) -> Response:
    return _do(request, parts, signed, number, "answered", lambda: staff_cases.answer(
        parts.store, signed.actor, number, answer, parts.clock(), note
    ))  # fmt: skip


@router.post("/{number}/reopen")
def reopen(request: Request, parts: WithParts, signed: Works, number: str, why: Word = "") -> Response:
    return _do(request, parts, signed, number, "reopened", lambda: staff_cases.reopen(
        parts.store, signed.actor, number, why, parts.clock(), targets=wiring.targets()
    ))  # fmt: skip


@router.post("/{number}/note")
def note(request: Request, parts: WithParts, signed: Works, number: str, note: Word = "") -> Response:
    return _do(request, parts, signed, number, "noted", lambda: staff_cases.note(
        parts.store, signed.actor, number, note, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/rate")
def rate(request: Request, parts: WithParts, signed: Works, number: str, score: Word = "") -> Response:
    given = int(score) if score in ("1", "2", "3", "4", "5") else 0
    return _do(request, parts, signed, number, "rated", lambda: staff_cases.rate(
        parts.store, signed.actor, number, given, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/merge")
def merge(request: Request, parts: WithParts, signed: Merges, number: str, into: Word = "") -> Response:
    return _do(request, parts, signed, number, "merged", lambda: staff_cases.merge(
        parts.store, signed.actor, number, into.strip(), parts.clock()
    ))  # fmt: skip


@router.post("/{number}/dispatch-by-rule")
def dispatch_by_rule(request: Request, parts: WithParts, signed: Dispatches, number: str) -> Response:
    return _do(request, parts, signed, number, "dispatched", lambda: corrections.send_by_rule(
        parts.store, signed.actor, number, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/correct")
def correct(
    request: Request, parts: WithParts, signed: Corrects, number: str, category: Word = "", right_place: Word = ""
) -> Response:
    return _do(request, parts, signed, number, "corrected", lambda: corrections.correct(
        parts.store, signed.actor, number, category=category, place=right_place, now=parts.clock()
    ))  # fmt: skip


@router.post("/{number}/split")
def split(request: Request, parts: WithParts, signed: Merges, number: str) -> Response:
    return _do(request, parts, signed, number, "split", lambda: corrections.split(
        parts.store, signed.actor, number, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/close-as")
def close_as(
    request: Request, parts: WithParts, signed: Corrects, number: str, closing: Word = "", why_closed: Word = ""
) -> Response:
    return _do(request, parts, signed, number, "closed_as", lambda: corrections.close_as(
        parts.store, signed.actor, number, closing, why_closed, parts.clock()
    ))  # fmt: skip


FILTERS = ("number", "state", "category", "light", "community", "grid", "department", "since", "until")


def filter_of(asked: Callable[[str], str], parts: Parts) -> CaseFilter:
    """From the query of a page or of the API; `asked` gives the value of a name, or nothing."""
    state = asked("state")
    return CaseFilter(
        states=AWAITS_OFFICE if state == "open" else (state,) if state in STATES else (),
        category=asked("category"),
        community=asked("community").strip(),
        grid=asked("grid").strip(),
        department=asked("department").strip(),
        since=_day(asked("since"), parts),
        until=_day(asked("until"), parts, days=1),
        number=asked("number").strip(),
    )


def _found(request: Request, parts: Parts, signed: Signed) -> list[CaseLine]:
    def asked(name: str) -> str:
        return request.query_params.get(name, "")

    lines = staff_cases.list_cases(parts.store, signed.actor, filter_of(asked, parts), parts.clock())
    return [line for line in lines if asked("light") in ("", line.light)]


def _do(request: Request, parts: Parts, signed: Signed, number: str, said: str, deed: Callable[[], None]) -> Response:
    return attempt(
        request, deed, lambda wrong: _case(request, parts, signed, number, wrong), BadInput, WrongState,
        to=f"/staff/cases/{number}", said=f"cases.said.{said}", wrong_state="cases.wrong-state",
    )  # fmt: skip


def _case(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> Response:
    values = case_values(request, parts, signed, number, wrong)
    return page(request, "cases/case.html", signed, status=422 if wrong else 200, **values)


def case_values(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> dict[str, Any]:
    """What the page of a case shows, and the inbox beside its list. Raises NotFound."""
    now, say, language = parts.clock(), _say(request), words.language_of(request)
    view = staff_cases.open_case(parts.store, signed.actor, number, now)
    may = signed.actor.may
    there = staff_cases.workers(parts.store) if may("cases.dispatch") else []
    return {
        "case": view,
        "full": in_place(parts, signed, "case", number),
        "wrong": wrong,
        "tones": TONES,
        "left": _left_words(request, now),
        "workers": [("", "—"), *((one.id, f"{one.name} · {one.grid}") for one in there)],
        "departments": staff_cases.departments(parts.store) if may("cases.dispatch") else [],
        "suggested": dispatch_rules.suggest(view.category, view.community_guess, view.grid or "", there)
        if may("cases.dispatch") else None,
        "duplicates": staff_cases.duplicates(parts.store, signed.actor, number, now),
        "scores": [("", "—"), *_named(say, "cases.score.", ("5", "4", "3", "2", "1"))],
        "categories": [("", "—"), *_named(say, "cases.category.", CATEGORIES)],
        "closings": _named(say, "cases.closing.", corrections.CLOSINGS),
        "templates": answer_templates.filled(view.category, view.language, {
            "number": view.number,
            "category": words.say_in(view.language)(f"cases.category.{view.category}"),
            "department": view.department or words.say_in(view.language)("cases.template.we"),
            "today": now.date().isoformat(),
        }),
        "template_language": language,
    }  # fmt: skip


def _left_words(request: Request, now: datetime) -> Callable[[CaseLine], str]:
    """How much time is left, in words."""
    say = _say(request)

    def words_of(line: CaseLine) -> str:
        if line.due is None:
            return ""
        left = line.due - now
        kind, minutes = "late" if left <= timedelta() else "remains", abs(int(left.total_seconds())) // 60
        if minutes < 60:
            return say(f"cases.{kind}.minutes", minutes=minutes)
        days, hours = divmod(minutes // 60, 24)
        return say(f"cases.{kind}", days=days, hours=hours)

    return words_of


def _named(say: words.Say, prefix: str, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, say(f"{prefix}{code}")) for code in codes]


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))


def _day(text: str, parts: Parts, *, days: int = 0) -> datetime | None:
    day = day_of(text)
    return datetime.combine(day, time(), parts.clock().tzinfo) + timedelta(days=days) if day else None
