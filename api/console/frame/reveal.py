"""Personal data in full, after a reason: as a page, and in the staff API."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import PROBLEMS, said_of
from api.console.frame.messages import ReasonIn, RevealedOut
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.topics import page_of
from api.parts import Parts, WithParts
from bot.errors import ReasonMissing
from bot.services.kernel import disclosure
from bot.services.kernel.disclosure import Subject
from bot.services.staff.staff_sessions import Signed

IN_PLACE = ("case", "booking")
"""Kinds whose own page shows the values for the rest of the day."""

pages = APIRouter(prefix="/staff/reveal", include_in_schema=False)
api = APIRouter(prefix="/api/v1/staff/reveal", responses=PROBLEMS, tags=["staff"])

Reveals = Annotated[Signed, Depends(needs("personal.reveal"))]


@pages.post("/{kind}/{number}")
def reveal_page(
    request: Request, parts: WithParts, signed: Reveals, kind: str, number: str, reason: Annotated[str, Form()] = ""
) -> Response:
    values, wrong = {}, ""
    try:
        values = _reveal(parts, signed, kind, number, reason)
    except ReasonMissing as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
    if values and kind in IN_PLACE:
        return done(page_of(kind, number), "reveal.said.noted")
    return page(
        request, "reveal.html", signed, status=422 if wrong else 200,
        kind=kind, number=number, values=values, wrong=wrong, back=page_of(kind, number),
    )  # fmt: skip


@api.post("/{kind}/{number}")
def reveal(body: ReasonIn, parts: WithParts, signed: Reveals, kind: str, number: str) -> RevealedOut:
    """The personal values of a record of this kind ("case", "booking", "handover"); who asked, and why, is kept."""
    return RevealedOut(values=_reveal(parts, signed, kind, number, body.reason))


def in_place(parts: Parts, signed: Signed, kind: str, number: str) -> dict[str, str]:
    """What the page of a record shows in full: everything, to whoever gave a reason today."""
    with parts.store.reading() as unit:
        return disclosure.revealed_today(unit, signed.actor, Subject(kind, number), parts.clock())


def _reveal(parts: Parts, signed: Signed, kind: str, number: str, reason: str) -> dict[str, str]:
    with parts.store.unit() as unit:
        values = disclosure.reveal(unit, signed.actor, Subject(kind, number), reason, parts.clock())
        unit.commit()
    return values
