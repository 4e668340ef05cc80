"""The staff API of the privacy page."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from api.console.frame.failures import PROBLEMS
from api.console.frame.session import needs
from api.console.privacy.messages import ErasedOut, PersonIn, PrivacyOut
from api.console.privacy.pages import checked, erase_all, rules_of
from api.parts import WithParts
from bot.services.residents import privacy, residents
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff/privacy", responses=PROBLEMS, tags=["staff"])

Residents = Annotated[Signed, Depends(needs("residents.manage"))]


@router.get("")
def overview(parts: WithParts, _signed: Annotated[Signed, Depends(needs("privacy.read"))]) -> PrivacyOut:
    """Which keys there are, how long what is kept, and when data was last deleted and saved."""
    seen = privacy.overview(parts.store)
    deletion = seen.last_deletion
    return PrivacyOut(
        keys=list(seen.keys),
        rules=list(rules_of(parts)),
        last_deletion=deletion.at if deletion else None,
        deleted=deletion.details if deletion else {},
        last_backup=seen.last_backup.at if seen.last_backup else None,
        last_restore=seen.last_restore.at if seen.last_restore else None,
    )


@router.post("/resident/export")
def export(body: PersonIn, parts: WithParts, signed: Residents) -> dict[str, Any]:
    """All that is kept on this phone number; who asked, and why, is kept."""
    digits = checked(body.phone, body.reason)
    residents.note_export(parts.store, signed.actor, digits, parts.clock(), reason=body.reason.strip())
    return residents.export_resident(parts.store, digits)


@router.post("/resident/erase")
def erase(body: PersonIn, parts: WithParts, signed: Residents) -> ErasedOut:
    """Erase all of it, for good."""
    return ErasedOut(erased=erase_all(parts, signed, checked(body.phone, body.reason), body.reason.strip()))
