"""The server of AudioSocket: a TCP port on loopback, and two addresses at which Asterisk's dialplan asks.

`deploy/audiosocket/extensions.conf` is that dialplan: it asks for a ticket, connects with it, and asks what is next.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Header
from fastapi.responses import PlainTextResponse

from api.http.error_description import describe_error
from api.http.problems import Problem, documented
from api.parts import Parts, WithParts
from api.telephone.call import Call
from api.telephone.capacity import AllBusy
from api.telephone.line import BadMessage, CallStarted
from api.telephone.media import FIRST_MESSAGE_SECONDS, may_enter
from api.telephone.providers import full_house
from api.telephone.providers.asterisk_websocket import number_of
from api.telephone.providers.audiosocket import AudioSocketLine
from bot import state_folder
from bot.errors import StoreUnavailable

log = logging.getLogger(__name__)
PROVIDER = "audiosocket"


def only_asterisk(parts: WithParts, authorization: Annotated[str, Header()] = "") -> None:
    """Whoever shows our telephone secret; where there is no AudioSocket, there is no such address either."""
    if not parts.settings.audiosocket_port:
        raise Problem(404, "not-found")
    if not may_enter(authorization, state_folder.telephone_secret(parts.settings)):
        raise Problem(401, "unauthorised", headers={"WWW-Authenticate": "Basic"})


router = APIRouter(
    prefix="/telephony/audiosocket",
    dependencies=[Depends(only_asterisk)],
    default_response_class=PlainTextResponse,
    responses=documented(400, 401, 404, 405, 413, 422, 429, 500),
    tags=["telephone"],
)
CallName = Annotated[str, Form(min_length=1, max_length=100)]


@router.post("/ticket")
async def ticket(
    parts: WithParts,
    call: CallName,
    caller: Annotated[str, Form(max_length=100)] = "",
    news: Annotated[str, Form(pattern="^(new|nobody)$")] = "new",
) -> str:
    """A UUID with which this call may connect, once and within a minute. `call` is Asterisk's own name for it."""
    started = CallStarted(call, number_of(caller), "nobody" if news == "nobody" else "new")
    return await parts.expected_calls.announce(started)


@router.post("/next")
async def what_next(parts: WithParts, call: CallName) -> str:
    """`goodbye`, `operator` with the number of the summary behind it, or `lost`."""
    what = await parts.expected_calls.what_next(call)
    return f"{what.order} {what.handover}".strip()


@asynccontextmanager
async def listen(parts: Parts) -> AsyncIterator[None]:
    """Takes calls while it is open; calls that go on when it is closed reach the operator. No port, no server."""
    port, calls = parts.settings.audiosocket_port, set[asyncio.Task[None]]()
    if not port:
        yield
        return

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.create_task(serve(parts, AudioSocketLine(reader, writer, parts.expected_calls)))
        calls.add(call)
        call.add_done_callback(calls.discard)

    server = await asyncio.start_server(take, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


async def serve(parts: Parts, line: AudioSocketLine) -> None:
    """One connection, from its ticket to its end."""
    started = None
    try:
        async with aclosing(line.events()) as events:
            started = await asyncio.wait_for(anext(events, None), FIRST_MESSAGE_SECONDS)
        if not isinstance(started, CallStarted):
            raise BadMessage("sound before the start")
        async with parts.capacity.one_call():
            await Call(parts, line, PROVIDER).run(started)
    except AllBusy:
        if isinstance(started, CallStarted) and started.news == "nobody":
            await full_house.tell_and_end(parts, line)
        log.warning("%s: a call was not taken, because all places are taken", PROVIDER)
    except (BadMessage, TimeoutError):
        log.warning("%s: a connection was closed: it brought no call", PROVIDER)
    except StoreUnavailable:
        log.error("%s: a call was not served, because nothing can be kept just now", PROVIDER)
    except Exception as error:  # whatever it is: the caller reaches a person
        log.error("%s: a call was not served: %s", PROVIDER, describe_error(error))
    finally:
        await line.close()
