"""Residents' needs as far as they agreed to have them known: who walks with a stick, who eats no sugar."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.render import page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import WithParts
from bot.services.profiles import staff_profiles
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/profiles", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("profiles.read"))]
COLUMNS = (
    Column("number", "needs.number", lambda row: row.number, link=lambda row: f"/staff/profiles/{row.number}"),
    Column("name", "needs.name", lambda row: row.name),
    Column("phone", "needs.phone", lambda row: row.phone),
    Column("place", "needs.place", lambda row: row.place),
    Column("has_needs", "needs.has_needs", lambda row: row.has_needs),
    Column("agreed", "needs.agreed", lambda row: row.agreed),
    Column("last_used", "needs.last_used", lambda row: row.last_used),
)


@router.get("")
def listed(request: Request, parts: WithParts, signed: Reads) -> Response:
    say = words.say_in(words.language_of(request))
    table = Table(request, COLUMNS, caption=say("nav.profiles"), empty=say("needs.empty"), sort="-last_used")
    table.export = ""  # who needs what leaves the house on no list
    return page(
        request, "profiles/list.html", signed, table=table.fill(staff_profiles.lines(parts.store, signed.actor, parts.clock()))
    )  # fmt: skip


@router.get("/{number}")
def profile(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    view = staff_profiles.open_profile(parts.store, signed.actor, number, parts.clock())
    return page(request, "profiles/profile.html", signed, view=view)
