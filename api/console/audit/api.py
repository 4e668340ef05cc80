"""The staff API: the audit."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.console.audit.pages import MOST_PROBLEMS, filter_of, note_check
from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import EntriesOut, VerdictOut
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.audit import audit, audit_check
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff/audit", responses=PROBLEMS, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("audit.read"))]


@router.get("")
def entries(
    request: Request,
    parts: WithParts,
    signed: Reads,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    actor: str = "",
    action: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
) -> EntriesOut:
    """Newest first. `since` and `until` are days such as 2026-11-23; both days are included."""
    rows, total = audit.page_of(parts.store, filter_of(request, parts), offset=offset, limit=limit)
    return EntriesOut(entries=rows, total=total)


@router.post("/verify")
def verify(parts: WithParts, signed: Reads) -> VerdictOut:
    """Reads the whole audit and names what was altered, is missing, was moved, put in or cut off."""
    verdict = audit_check.verify(parts.store)
    note_check(parts, signed, verdict)
    problems = [asdict(one) for one in verdict.problems[:MOST_PROBLEMS]]
    return VerdictOut.model_validate({"checked": verdict.checked, "whole": verdict.whole, "problems": problems})
