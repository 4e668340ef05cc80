"""The hall's scanner reads the number of a booking, and whoever it belongs to is checked in: only in the hall itself."""

import asyncio
from typing import Literal

from fastapi import Request
from fastapi.routing import APIRouter
from pydantic import BaseModel

from api.http.problems import Problem, documented
from api.parts import WithParts
from api.public.mine import InLanguage, Number
from api.webchat.messages import Strict
from api.webchat.routes import PROBLEMS, Own
from bot.language.times import say_day, say_window
from bot.services.bookings import desk

api = APIRouter(
    prefix="/api/v1/conversations/{conversation_id}/arrival",
    responses=PROBLEMS | documented(403, 423),
    tags=["resident"],
)


class Scanned(Strict):
    number: Number
    there: bool = False
    """True once the visitor has confirmed it; until then nothing changes."""


class ArrivalOut(BaseModel):
    outcome: Literal["today", "already", "other_day", "over", "cancelled", "waiting", "at_home"]
    """With "today" they may be checked in, or have just been."""
    title: str
    place: str
    day: str
    time: str
    """In words, like the day. Nothing of whose booking it is: a slip may lie about."""


@api.post("")
async def arrive(
    body: Scanned, conversation: Own, request: Request, language: InLanguage, parts: WithParts
) -> ArrivalOut:
    """What the booking is, and whether its visitor can be checked in here. 403 anywhere but at the hall's screen."""
    await parts.limits.sign_in(request)
    if request.client is None or not parts.settings.is_in_hall(request.client.host):
        raise Problem(403, "forbidden")
    do = desk.check_in if body.there else desk.arrival
    found = await asyncio.to_thread(
        do, parts.store, body.number, conversation.id, parts.clock(), english=language == "en"
    )
    return ArrivalOut(
        outcome=found.outcome,
        title=found.title,
        place=found.place,
        day=say_day(found.day, language),
        time=say_window(found.starts, found.ends, language),
    )
