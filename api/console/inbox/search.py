"""The search box of every page: a number leads straight to its record; a phone or words to a list."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.topics import page_of
from api.parts import WithParts
from bot.services.inbox import search
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/search", include_in_schema=False)


@router.post("")
def find(request: Request, parts: WithParts, signed: Annotated[Signed, Depends(needs("inbox.read"))]) -> Response:
    """Posted, so that no phone stands in an address or a log."""
    asked = getattr(request.state, "typed", {}).get("q", "")
    found = search.find(parts.store, signed.actor, asked, parts.clock())
    if len(found.hits) == 1:
        return done(page_of(found.hits[0].kind, found.hits[0].number))
    return page(request, "inbox/found.html", signed, found=found, page_of=page_of)
