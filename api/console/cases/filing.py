"""A case filed by staff, for somebody who calls or comes to the counter."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import WithParts
from bot import wiring
from bot.errors import BadInput, TooManyCases, TooManyRecords
from bot.services.cases import corrections
from bot.services.staff.staff_sessions import Signed
from bot.turns import CATEGORIES

router = APIRouter(prefix="/staff/cases/new", include_in_schema=False)

Files = Annotated[Signed, Depends(needs("cases.file"))]
Word = Annotated[str, Form()]
CHANNELS = ("phone", "desk")


@router.get("")
def new(request: Request, signed: Files) -> Response:
    return _new(request, signed)


@router.post("")
def file(
    request: Request,
    parts: WithParts,
    signed: Files,
    category: Word = "",
    place: Word = "",
    text: Word = "",
    name: Word = "",
    phone: Word = "",
    channel: Word = "",
    message_id: Word = "",
) -> Response:
    """The same form sent twice files it once."""
    try:
        number = corrections.file_for_caller(
            parts.store, signed.actor, category=category, place=place, text=text, name=name, phone=phone,
            channel=channel, message_id=message_id or uuid.uuid4().hex, now=parts.clock(), targets=wiring.targets(),
        )  # fmt: skip
    except (BadInput, TooManyCases, TooManyRecords) as error:
        return _new(request, signed, said_of(error, words.say_in(words.language_of(request))))
    return done(f"/staff/cases/{number}", "cases.said.filed_for")


def _new(request: Request, signed: Signed, wrong: str = "") -> Response:
    say = words.say_in(words.language_of(request))
    return page(
        request,
        "cases/new.html",
        signed,
        status=422 if wrong else 200,
        wrong=wrong,
        categories=[(one, say(f"cases.category.{one}")) for one in CATEGORIES],
        channels=[(one, say(f"cases.channel.{one}")) for one in CHANNELS],
        message_id=uuid.uuid4().hex,
    )
