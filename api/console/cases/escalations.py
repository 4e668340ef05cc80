"""Late cases that a role is told of: what nobody takes care of yet, and who takes care of the rest."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.cases.messages import EscalationsOut
from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import DoneOut
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.cases import escalation
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/escalations", include_in_schema=False)
api = APIRouter(prefix="/api/v1/staff/escalations", responses={**PROBLEMS, 409: PROBLEMS[404]}, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("escalations.read"))]


@router.get("")
def escalations(request: Request, parts: WithParts, signed: Reads) -> Response:
    return page(
        request,
        "escalations.html",
        signed,
        waiting=escalation.listed(parts.store, signed.actor),
        taken=escalation.listed(parts.store, signed.actor, acknowledged=True),
        instead=escalation.nobody_of_the_role(parts.store),
        told=escalation.TOLD,
    )


@router.post("/{escalation_id}")
def acknowledge_here(parts: WithParts, signed: Reads, escalation_id: str) -> Response:
    escalation.acknowledge(parts.store, signed.actor, _number(escalation_id), parts.clock())
    return done("/staff/escalations", "escalations.said.taken")


@api.get("")
def listed(parts: WithParts, signed: Reads, acknowledged: bool = False) -> EscalationsOut:
    """Those that nobody takes care of yet; or those that somebody does."""
    found = escalation.listed(parts.store, signed.actor, acknowledged=acknowledged)
    return EscalationsOut(escalations=found)


@api.post("/{escalation_id}/acknowledge")
def acknowledge(parts: WithParts, signed: Reads, escalation_id: str) -> DoneOut:
    """The signed in person takes care of it."""
    escalation.acknowledge(parts.store, signed.actor, _number(escalation_id), parts.clock())
    return DoneOut()


def _number(text: str) -> int:
    """-1, which nothing has, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
