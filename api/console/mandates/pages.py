"""Mandates: the list, one of them with what was done under it, and its end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput
from bot.services.audit import audit
from bot.services.audit.behalf import deed
from bot.services.mandates import staff_mandates
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/mandates", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("mandates.read"))]
Works = Annotated[Signed, Depends(needs("mandates.work"))]
Word = Annotated[str, Form()]

COLUMNS = (
    Column("number", "mandates.number", lambda row: row.number, link=lambda row: f"/staff/mandates/{row.number}"),
    Column("phone", "mandates.phone", lambda row: row.phone),
    Column("helper", "mandates.helper", lambda row: row.helper),
    Column("powers", "mandates.powers", lambda row: row.powers, texts="mandates.powers."),
    Column("state", "mandates.state", lambda row: row.state, texts="mandates.state."),
    Column("ends", "mandates.ends", lambda row: row.ends),
    Column("acts", "mandates.acts", lambda row: row.acts),
)


@router.get("")
def mandates(request: Request, parts: WithParts, signed: Reads) -> Response:
    say = words.say_in(words.language_of(request))
    table = Table(request, COLUMNS, caption=say("mandates.title"), empty=say("mandates.empty"), sort="-number")
    table.fill(staff_mandates.lines(parts.store, signed.actor, parts.clock()))
    if table.export:
        signed.actor.must("mandates.export")
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "mandate.export", "table", "mandates", parts.clock())
            unit.commit()
        return table.download("mandates")
    return page(request, "mandates/list.html", signed, table=table)


@router.get("/{number}")
def mandate(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    return _mandate(request, parts, signed, number)


@router.post("/{number}/end")
def end(request: Request, parts: WithParts, signed: Works, number: str, reason: Word = "") -> Response:
    try:
        staff_mandates.end_mandate(parts.store, signed.actor, number, reason, parts.clock())
    except BadInput as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
        return _mandate(request, parts, signed, number, wrong=wrong)
    return done(f"/staff/mandates/{number}", "mandates.said.ended")


def _mandate(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> Response:
    view = staff_mandates.open_mandate(parts.store, signed.actor, number, parts.clock())
    language = words.language_of(request)
    acts = [
        (act.at, helper, deed(act, language), act.number)
        for act, helper in zip(view.mandate.acts, view.helpers, strict=True)
    ]
    return page(
        request, "mandates/mandate.html", signed, status=422 if wrong else 200, view=view, acts=acts[::-1], wrong=wrong
    )
