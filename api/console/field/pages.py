"""In the field: one page for the telephone, and what its script sends. The page itself holds nothing of anybody, so that a
telephone may keep it for where there is no connection."""

import asyncio
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from pydantic import BaseModel

from api.console.frame import words
from api.console.frame.failures import PROBLEMS
from api.console.frame.render import page
from api.console.frame.session import needs
from api.parts import WithParts
from bot import wiring
from bot.errors import BadInput
from bot.language.words import codes_below, values_of
from bot.services.cases import field
from bot.services.cases.field import Report
from bot.services.staff.staff_sessions import Signed
from bot.turns import CATEGORIES

router = APIRouter(prefix="/staff/field", include_in_schema=False)
api = APIRouter(prefix="/api/v1/staff/field", responses={**PROBLEMS, 409: PROBLEMS[404]}, tags=["staff"])

Works = Annotated[Signed, Depends(needs("cases.work"))]
Words = Annotated[str, Form(max_length=2000)]
Short = Annotated[str, Form(max_length=100)]
MAY = "camera=(), geolocation=(self), microphone=(self)"
"""The browser still asks before it tells where somebody is."""


class TaskOut(BaseModel):
    number: str
    category: str
    state: str
    """As the worker reads it."""
    place: str
    text: str
    due: datetime
    arrived: bool


class FieldOut(BaseModel):
    account: str
    """Whose queue it is: what another one wrote on this telephone waits for them."""
    csrf: str
    tasks: list[TaskOut]


class DeedOut(BaseModel):
    number: str


class HeardOut(BaseModel):
    text: str


@router.get("")
def in_the_field(request: Request, parts: WithParts, signed: Works) -> Response:
    say = words.say_in(words.language_of(request))
    response = page(
        request, "field/field.html", None,
        categories=[(one, say(f"cases.category.{one}")) for one in CATEGORIES if one != "staff_conduct"],
        says={key: _with_holes(say, f"field.says.{key}") for key in codes_below("field.says.")},
    )  # fmt: skip
    response.headers["Permissions-Policy"] = MAY
    return response


def _with_holes(say: words.Say, code: str) -> str:
    """A value that the script fills in stands as {name}."""
    return say(code, **{name: f"{{{name}}}" for name in values_of(code)})


@api.get("/tasks")
def tasks(request: Request, parts: WithParts, signed: Works) -> FieldOut:
    """What was sent to whoever asks, the most urgent first."""
    say = words.say_in(words.language_of(request))
    found = [
        TaskOut(
            **vars(one) | {"category": say(f"cases.category.{one.category}"), "state": say(f"cases.state.{one.state}")}
        )
        for one in field.tasks_of(parts.store, signed.actor)
    ]
    return FieldOut(account=signed.actor.id, csrf=signed.csrf, tasks=found)


@api.post("/deeds")
async def deed(
    parts: WithParts,
    signed: Works,
    mark: Annotated[str, Form(max_length=field.LONGEST_MARK)],
    deed: Annotated[Literal["report", "arrived", "done", "photo"], Form()],
    number: Short = "",
    category: Short = "other",
    place: Short = "",
    position: Short = "",
    words: Words = "",
    photo: Annotated[UploadFile | None, File()] = None,
) -> DeedOut:
    """One thing that was done in the field. The same mark again does it once, whenever it comes."""
    content, now = await photo.read() if photo is not None else None, parts.clock()
    if deed == "report":
        told = Report(category, place, words, position)
        number = await asyncio.to_thread(
            field.report, parts.store, signed.actor, told, mark=mark, photo=content, now=now, targets=wiring.targets()
        )
    elif not number:
        raise BadInput("note")
    else:
        await asyncio.to_thread(
            field.do, parts.store, signed.actor, number, deed,
            mark=mark, words=words, position=position, photo=content, now=now,
        )  # fmt: skip
    return DeedOut(number=number)


@api.post("/audio")
async def hear(request: Request, parts: WithParts, signed: Works) -> HeardOut:
    """A WAV file in words, for the worker to read over; nothing of it is kept."""
    utterance, _ = await parts.speech.hear_file(await request.body(), "zh", None)
    return HeardOut(text=utterance.text)
