"""The people page: who works here, as what, and how they get in."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput, NotUnique
from bot.services.audit import audit
from bot.services.kernel.permissions import ROLES
from bot.services.staff import staff_accounts
from bot.services.staff.staff_accounts import AccountView, Invitation, Place
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/people", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("people.read"))]
Manages = Annotated[Signed, Depends(needs("people.manage"))]
Word = Annotated[str, Form()]

TONES = {"active": "good", "invited": "warn", "locked": "bad", "disabled": "plain"}
COLUMNS = (
    Column("login", "people.login", lambda row: row.login, link=lambda row: f"/staff/people/{row.id}"),
    Column("name", "people.name", lambda row: row.name),
    Column("role", "people.role", lambda row: row.role, texts="role."),
    Column("community", "people.community", lambda row: row.community),
    Column("grid", "people.grid", lambda row: row.grid),
    Column("state", "people.state", lambda row: row.state, texts="people.state.", badge=lambda row: TONES[row.state]),
    Column("second_factor", "people.second_factor", lambda row: row.second_factor),
    Column("last_login", "people.last_login", lambda row: row.last_login),
)
DEEDS: dict[str, Callable[..., None]] = {
    "reset_second_factor": staff_accounts.reset_second_factor,
    "disable": staff_accounts.disable,
    "enable": staff_accounts.enable,
    "unlock": staff_accounts.unlock,
}
"""What an admin confirms on a page of its own and that needs nothing but the account."""


@router.get("")
def people(request: Request, parts: WithParts, signed: Reads) -> Response:
    table = Table(
        request, COLUMNS, caption=_say(request)("people.title"), empty=_say(request)("people.empty"), sort="login"
    )
    table.fill(staff_accounts.list_accounts(parts.store, parts.clock()))
    if table.export:
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "people.export", "table", "people", parts.clock())
            unit.commit()
        return table.download("people")
    return page(request, "people/list.html", signed, table=table)


@router.get("/invite")
def invite_page(request: Request, signed: Manages) -> Response:
    return _invite(request, signed, "", {})


@router.post("/invite")
def invite(
    request: Request,
    parts: WithParts,
    signed: Manages,
    login: Word,
    name: Word,
    role: Word,
    community: Word = "",
    grid: Word = "",
) -> Response:
    try:
        invitation = staff_accounts.invite(
            parts.store, signed.actor, login=login, name=name, place=Place(role, community, grid), now=parts.clock()
        )
    except (BadInput, NotUnique) as error:
        given = {"login": login, "name": name, "role": role, "community": community, "grid": grid}
        return _invite(request, signed, said_of(error, _say(request)), given)
    return _link(request, parts, signed, invitation)


@router.get("/{account_id}")
def person(request: Request, parts: WithParts, signed: Reads, account_id: str) -> Response:
    return _person(request, signed, staff_accounts.account(parts.store, account_id, parts.clock()), "")


@router.post("/{account_id}/move")
def move(
    request: Request,
    parts: WithParts,
    signed: Manages,
    account_id: str,
    role: Word,
    community: Word = "",
    grid: Word = "",
) -> Response:
    try:
        staff_accounts.move(parts.store, signed.actor, account_id, Place(role, community, grid), parts.clock())
    except BadInput as error:
        view = staff_accounts.account(parts.store, account_id, parts.clock())
        return _person(request, signed, view, said_of(error, _say(request)))
    return done(f"/staff/people/{account_id}", "people.said.move")


@router.get("/{account_id}/{deed}")
def sure(request: Request, parts: WithParts, signed: Manages, account_id: str, deed: str) -> Response:
    """Asks once more."""
    if deed not in DEEDS and deed != "reset_password":
        raise HTTPException(404)
    view = staff_accounts.account(parts.store, account_id, parts.clock())
    return page(request, "people/sure.html", signed, person=view, deed=deed)


@router.post("/{account_id}/reset_password")
def reset_password(request: Request, parts: WithParts, signed: Manages, account_id: str) -> Response:
    return _link(
        request, parts, signed, staff_accounts.reset_password(parts.store, signed.actor, account_id, parts.clock())
    )


@router.post("/{account_id}/{deed}")
def do(parts: WithParts, signed: Manages, account_id: str, deed: str) -> Response:
    if deed not in DEEDS:
        raise HTTPException(404)
    DEEDS[deed](parts.store, signed.actor, account_id, parts.clock())
    return done(f"/staff/people/{account_id}", f"people.said.{deed}")


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))


def _roles(request: Request) -> list[tuple[str, str]]:
    return [(role, _say(request)(f"role.{role}")) for role in ROLES]


def _invite(request: Request, signed: Signed, wrong: str, given: dict[str, str]) -> Response:
    empty = {"login": "", "name": "", "role": "grid_worker", "community": "", "grid": ""}
    status = 422 if wrong else 200
    return page(
        request, "people/invite.html", signed, status=status, wrong=wrong, given=empty | given, roles=_roles(request)
    )


def _person(request: Request, signed: Signed, view: AccountView, wrong: str) -> Response:
    status = 422 if wrong else 200
    return page(
        request,
        "people/person.html",
        signed,
        status=status,
        person=view,
        wrong=wrong,
        roles=_roles(request),
        tones=TONES,
    )


def _link(request: Request, parts: Parts, signed: Signed, invitation: Invitation) -> Response:
    scheme = "https" if parts.limits.is_https(request) else "http"
    link = f"{scheme}://{request.url.netloc}/staff/welcome/{invitation.token}"
    return page(request, "people/link.html", signed, invitation=invitation, link=link)
