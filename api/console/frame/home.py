"""The first page after signing in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.frame.render import page
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.cases import escalation
from bot.services.staff.staff_sessions import Signed

MOST_LATE = 5
"""The page of the escalations has the others."""

router = APIRouter(prefix="/staff", include_in_schema=False)


@router.get("")
def home(request: Request, parts: WithParts, signed: Annotated[Signed, Depends(needs("home.read"))]) -> Response:
    told = signed.actor.may("escalations.read")
    return page(
        request,
        "home.html",
        signed,
        late_cases=escalation.listed(parts.store, signed.actor)[:MOST_LATE] if told else [],
        instead=told and escalation.nobody_of_the_role(parts.store),
        told=escalation.TOLD,
    )
