"""Volunteers and their points: the list, hours, rewards and their stock, and what is picked up."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.days import day_of
from api.console.frame.deeds import attempt
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.points import honours, points, staff_points
from bot.services.points.errors import AlreadyConfirmed
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/points", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("points.read"))]
Confirms = Annotated[Signed, Depends(needs("points.confirm"))]
Stocks = Annotated[Signed, Depends(needs("points.stock"))]
Word = Annotated[str, Form()]

COLUMNS = (
    Column("number", "points.number", lambda row: row.number, link=lambda row: f"/staff/points/{row.number}"),
    Column("name", "points.name", lambda row: row.name),
    Column("phone", "points.phone", lambda row: row.phone),
    Column("balance", "points.balance", lambda row: row.balance),
    Column("joined", "points.joined", lambda row: row.joined),
)


@router.get("")
def volunteers(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _volunteers(request, parts, signed)


@router.post("/hand-out")
def hand_out(request: Request, parts: WithParts, signed: Confirms, code: Word = "") -> Response:
    try:
        staff_points.hand_out(parts.store, signed.actor, code, parts.clock())
    except (NotFound, WrongState) as error:
        return _volunteers(request, parts, signed, wrong=_say(request)(f"points.{error.code}"))
    return done("/staff/points", "points.said.handed_out")


@router.post("/stock")
def stock(request: Request, parts: WithParts, signed: Stocks, reward: Word = "", stock: Word = "") -> Response:
    pieces = int(stock) if stock.isascii() and stock.isdigit() and len(stock) < 7 else -1
    try:
        staff_points.set_stock(parts.store, signed.actor, reward, pieces, parts.clock())
    except BadInput as error:
        return _volunteers(request, parts, signed, wrong=said_of(error, _say(request)))
    return done("/staff/points", "points.said.stock")


@router.get("/{number}")
def volunteer(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    return _volunteer(request, parts, signed, number)


@router.post("/{number}/hours")
def hours(
    request: Request, parts: WithParts, signed: Confirms, number: str, hours: Word = "", day: Word = "", activity: Word = ""
) -> Response:  # fmt: skip
    def confirm() -> None:
        worked = day_of(day)
        if worked is None:
            raise BadInput("day-worked")
        staff_points.confirm_hours(
            parts.store, signed.actor, number, hours=_number(hours), day=worked, activity=activity, now=parts.clock()
        )  # fmt: skip

    return _do(request, parts, signed, number, confirm, "points.said.hours")


@router.post("/{number}/honour")
def honour(
    request: Request, parts: WithParts, signed: Confirms, number: str, name: Word = "", agreed: Word = ""
) -> Response:
    """The name that everybody may read at /honours; empty takes it off."""

    def write() -> None:
        honours.name_in_public(
            parts.store, signed.actor, number, name, agreed=agreed == "yes", now=parts.clock()
        )  # fmt: skip

    return _do(
        request, parts, signed, number, write, "points.said.honour" if name.strip() else "points.said.honour_ended"
    )


def _do(request: Request, parts: Parts, signed: Signed, number: str, deed: Callable[[], None], said: str) -> Response:
    return attempt(
        request, deed, lambda wrong: _volunteer(request, parts, signed, number, wrong=wrong), BadInput, AlreadyConfirmed,
        to=f"/staff/points/{number}", said=said,
    )  # fmt: skip


def _number(text: str) -> float:
    """-1 for what is no number."""
    try:
        return float(text) if len(text) < 8 else -1
    except ValueError:
        return -1


def _volunteers(request: Request, parts: Parts, signed: Signed, wrong: str = "") -> Response:
    say, english = _say(request), words.language_of(request) == "en"
    posted = "/staff/points" if request.method == "POST" else ""
    table = Table(request, COLUMNS, caption=say("points.title"), empty=say("points.empty"), sort="-joined", path=posted)
    table.fill(staff_points.lines(parts.store, signed.actor))
    if table.export:
        signed.actor.must("points.export")
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "points.export", "table", "volunteers", parts.clock())
            unit.commit()
        return table.download("volunteers")
    every = points.rewards(parts.store)
    return page(
        request,
        "points/list.html",
        signed,
        status=422 if wrong else 200,
        table=table,
        waiting=staff_points.waiting(parts.store, signed.actor),
        rewards=every,
        choices=[(one.id, one.title_en if english else one.title) for one in every],
        english=english,
        wrong=wrong,
    )


def _volunteer(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> Response:
    view = staff_points.open_volunteer(parts.store, signed.actor, number, parts.clock())
    return page(
        request,
        "points/volunteer.html",
        signed,
        status=422 if wrong else 200,
        view=view,
        honour_name=honours.name_of(parts.store, number),
        today=parts.clock().date(),
        wrong=wrong,
    )


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))
