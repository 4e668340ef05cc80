"""The privacy page: keys, times, last deletion and backup; and one resident's data, given out or erased."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import AssistantError, BadInput, ReasonMissing
from bot.operation import trackers
from bot.services.kernel import disclosure
from bot.services.kernel.phones import plain_phone
from bot.services.residents import privacy, residents, retention
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/privacy", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("privacy.read"))]
Residents = Annotated[Signed, Depends(needs("residents.manage"))]
Word = Annotated[str, Form()]

SHORTEST_NUMBER = 5
"""Digits; nobody asks for a shorter one."""


@router.get("")
def overview(request: Request, parts: WithParts, signed: Reads) -> Response:
    return page(request, "privacy/overview.html", signed, seen=privacy.overview(parts.store), rules=rules_of(parts))


@router.post("/count")
def count(parts: WithParts, _signed: Reads) -> Response:
    privacy.ask_count(parts.store, parts.clock())
    return done("/staff/privacy", "privacy.said.counting")


@router.get("/resident")
def ask(request: Request, signed: Residents) -> Response:
    return _form(request, signed)


@router.post("/resident/export")
def export(request: Request, parts: WithParts, signed: Residents, phone: Word = "", reason: Word = "") -> Response:
    try:
        digits = checked(phone, reason)
    except (BadInput, ReasonMissing) as error:
        return _form(request, signed, error, phone, reason)
    residents.note_export(parts.store, signed.actor, digits, parts.clock(), reason=reason.strip())
    body = json.dumps(residents.export_resident(parts.store, digits), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="linyu-resident.json"', "Cache-Control": "no-store"}
    return Response(body, media_type="application/json", headers=headers)


@router.post("/resident/find")
def find(request: Request, parts: WithParts, signed: Residents, phone: Word = "", reason: Word = "") -> Response:
    """What there is of a number, before the red button can be pressed."""
    try:
        found = _found(parts, checked(phone, reason))
    except (BadInput, ReasonMissing) as error:
        return _form(request, signed, error, phone, reason)
    return _form(request, signed, None, phone, reason, found)


@router.post("/resident/erase")
def erase(
    request: Request, parts: WithParts, signed: Residents, phone: Word = "", reason: Word = "", sure: Word = ""
) -> Response:
    try:
        digits = checked(phone, reason)
        if sure != "yes":
            raise BadInput("sure")
        _found(parts, digits)
    except (BadInput, ReasonMissing) as error:
        return _form(request, signed, error, phone, reason)
    erase_all(parts, signed, digits, reason.strip())
    return done("/staff/privacy/resident", "privacy.said.erased")


def checked(phone: str, reason: str) -> str:
    """The digits. Raises BadInput, ReasonMissing."""
    digits = plain_phone(phone)
    if len(digits) < SHORTEST_NUMBER:
        raise BadInput("phone")
    if not disclosure.SHORTEST_REASON <= len(reason.strip()) <= disclosure.LONGEST_REASON:
        raise ReasonMissing
    return digits


def _found(parts: Parts, digits: str) -> dict[str, int]:
    """Raises BadInput when there is nothing."""
    found = residents.found_of(parts.store, digits)
    if not any(found.values()):
        raise BadInput("nothing-found")
    return found


def erase_all(parts: Parts, signed: Signed, digits: str, reason: str) -> dict[str, int]:
    """From the database, and from Rasa's memory."""
    talks = residents.conversations_of(parts.store, digits)
    erased = residents.erase_resident(
        parts.store,
        digits,
        parts.clock(),
        actor=signed.actor,
        reason=reason,
        offer_hours=parts.settings.waiting_offer_hours,
    )
    trackers.forget(parts.settings.state_dir, talks)
    return erased


def rules_of(parts: Parts) -> tuple[retention.Rule, ...]:
    return retention.rules(wiring.keep_of(parts.settings), parts.settings.draft_hours / 24)


def _form(
    request: Request,
    signed: Signed,
    error: AssistantError | None = None,
    phone: str = "",
    reason: str = "",
    found: dict[str, int] | None = None,
) -> Response:
    wrong = said_of(error, words.say_in(words.language_of(request))) if error else ""
    status = 422 if error else 200
    return page(
        request, "privacy/resident.html", signed, status=status, wrong=wrong, phone=phone, reason=reason, found=found
    )
