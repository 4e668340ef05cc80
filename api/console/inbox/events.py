"""Tells an open inbox that something in it has changed, as server-sent events; what changed, it then asks for itself.

A stream ends after a minute, and the browser opens another: whoever is signed out or has lost a role is noticed there,
and a server that stops waits for nobody.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.console.frame.session import needs
from api.http.problems import Problem
from api.parts import WithParts
from bot.services.inbox import inbox
from bot.services.staff.staff_sessions import Signed

LOOKS_EVERY = 2.0
"""Seconds."""
ENDS_AFTER = 60.0
"""Seconds."""
COMES_BACK_AFTER = 1000
"""Milliseconds until the browser opens the next stream."""

router = APIRouter(prefix="/staff/inbox/events", include_in_schema=False)


def reader(request: Request, signed: Annotated[Signed, Depends(needs("inbox.read"))]) -> Signed:
    """Who may, and can read a stream: others would wait for its end."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        raise Problem(400, "bad-input")
    return signed


@router.get("", response_class=EventSourceResponse)
async def events(
    parts: WithParts, signed: Annotated[Signed, Depends(reader)], since: str = ""
) -> AsyncIterator[ServerSentEvent]:
    """`since` is the mark of the page that is shown; an event with another says that it is old."""
    known = since
    loop = asyncio.get_running_loop()
    ends = loop.time() + ENDS_AFTER
    yield ServerSentEvent(comment="open", retry=COMES_BACK_AFTER)
    while loop.time() < ends:
        mark = await parts.in_store(inbox.pulse, signed.actor)
        if mark != known:
            known = mark
            yield ServerSentEvent(event="changed", data=mark)
        await asyncio.sleep(LOOKS_EVERY)
