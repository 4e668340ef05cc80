"""The staff API: people."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends

from api.console.account.api import PROBLEMS
from api.console.frame.messages import DoneOut, InvitationOut, InviteIn, PeopleOut, PersonOut, PlaceIn
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.staff import staff_accounts
from bot.services.staff.staff_accounts import Invitation, Place
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff/people", responses=PROBLEMS, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("people.read"))]
Manages = Annotated[Signed, Depends(needs("people.manage"))]


@router.get("")
def people(parts: WithParts, signed: Reads) -> PeopleOut:
    views = staff_accounts.list_accounts(parts.store, parts.clock())
    return PeopleOut.model_validate({"people": [asdict(view) for view in views]})


@router.post("", status_code=201)
def invite(body: InviteIn, parts: WithParts, signed: Manages) -> InvitationOut:
    """A new account, and the one-time link that sets its password."""
    place = Place(body.role, body.community, body.grid)
    invitation = staff_accounts.invite(
        parts.store, signed.actor, login=body.login, name=body.name, place=place, now=parts.clock()
    )
    return _invitation(invitation)


@router.get("/{account_id}")
def person(parts: WithParts, signed: Reads, account_id: str) -> PersonOut:
    return PersonOut.model_validate(asdict(staff_accounts.account(parts.store, account_id, parts.clock())))


@router.post("/{account_id}/move")
def move(body: PlaceIn, parts: WithParts, signed: Manages, account_id: str) -> PersonOut:
    """Another role, community or grid."""
    place = Place(body.role, body.community, body.grid)
    staff_accounts.move(parts.store, signed.actor, account_id, place, parts.clock())
    return person(parts, signed, account_id)


@router.post("/{account_id}/reset-password")
def reset_password(parts: WithParts, signed: Manages, account_id: str) -> InvitationOut:
    return _invitation(staff_accounts.reset_password(parts.store, signed.actor, account_id, parts.clock()))


@router.post("/{account_id}/reset-second-factor")
def reset_second_factor(parts: WithParts, signed: Manages, account_id: str) -> DoneOut:
    staff_accounts.reset_second_factor(parts.store, signed.actor, account_id, parts.clock())
    return DoneOut()


@router.post("/{account_id}/disable")
def disable(parts: WithParts, signed: Manages, account_id: str) -> DoneOut:
    staff_accounts.disable(parts.store, signed.actor, account_id, parts.clock())
    return DoneOut()


@router.post("/{account_id}/enable")
def enable(parts: WithParts, signed: Manages, account_id: str) -> DoneOut:
    staff_accounts.enable(parts.store, signed.actor, account_id, parts.clock())
    return DoneOut()


@router.post("/{account_id}/unlock")
def unlock(parts: WithParts, signed: Manages, account_id: str) -> DoneOut:
    staff_accounts.unlock(parts.store, signed.actor, account_id, parts.clock())
    return DoneOut()


def _invitation(invitation: Invitation) -> InvitationOut:
    return InvitationOut(
        account_id=invitation.account_id,
        login=invitation.login,
        token=invitation.token,
        path=f"/staff/welcome/{invitation.token}",
        expires=invitation.expires,
    )
