"""Guides in the console: read as residents are told them, and confirmed once the departments stand behind every step."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import BadInput, NotFound
from bot.services.guides import confirmations
from bot.services.guides.guides import Guide
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/guides", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("items.read"))]
Writes = Annotated[Signed, Depends(needs("items.write"))]


@router.get("")
def listing(request: Request, parts: WithParts, signed: Reads) -> Response:
    guides = [(one, confirmations.confirmed(parts.store, one)) for one in wiring.guides().guides.values()]
    return page(request, "guides/list.html", signed, guides=guides)


@router.get("/{guide_id}")
def guide(request: Request, parts: WithParts, signed: Reads, guide_id: str) -> Response:
    return _guide(request, parts, signed, _found(guide_id))


@router.post("/{guide_id}/confirm")
def confirm(
    request: Request, parts: WithParts, signed: Writes, guide_id: str, source: Annotated[str, Form()] = ""
) -> Response:
    found = _found(guide_id)
    try:
        confirmations.confirm(parts.store, signed.actor, found, source, parts.clock())
    except BadInput as error:
        return _guide(request, parts, signed, found, wrong=said_of(error, _say(request)))
    return done(f"/staff/guides/{guide_id}", "guides.said.confirmed")


@router.post("/{guide_id}/take-back")
def take_back(parts: WithParts, signed: Writes, guide_id: str) -> Response:
    confirmations.take_back(parts.store, signed.actor, _found(guide_id), parts.clock())
    return done(f"/staff/guides/{guide_id}", "guides.said.taken_back")


def _found(guide_id: str) -> Guide:
    found = wiring.guides().guides.get(guide_id)
    if found is None:
        raise NotFound
    return found


def _guide(request: Request, parts: Parts, signed: Signed, shown: Guide, wrong: str = "") -> Response:
    return page(
        request,
        "guides/guide.html",
        signed,
        status=422 if wrong else 200,
        guide=shown,
        since=confirmations.confirmed(parts.store, shown),
        wrong=wrong,
    )


def _say(request: Request) -> Callable[..., str]:
    return words.say_in(words.language_of(request))
