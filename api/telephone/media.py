"""Where Asterisk's sound arrives: `WS /telephony/media`, guarded by a secret in the Authorization header."""

import asyncio
import base64
import contextlib
import hmac
import logging
from contextlib import aclosing, nullcontext

from fastapi import APIRouter, Response, WebSocket
from starlette.websockets import WebSocketDisconnect

from api.http.error_description import describe_error
from api.http.problems import Problem
from api.parts import Parts, parts_of
from api.telephone.call import Call
from api.telephone.capacity import AllBusy
from api.telephone.line import BadMessage, CallLine, CallStarted
from api.telephone.providers import full_house
from api.telephone.providers.websocket_line import AsteriskLine
from bot import state_folder
from bot.errors import StoreUnavailable
from bot.outbound.ari import Ari

router = APIRouter()
log = logging.getLogger(__name__)

FIRST_MESSAGE_SECONDS = 5.0
"""The first message tells which call this is."""
CLOSE_SECONDS = 2.0
"""So long we wait for somebody who does not read."""
BAD_MESSAGE, FAILED, ALL_BUSY, REFUSED = 1003, 1011, 1013, 4401


@router.websocket("/telephony/media")
async def media(socket: WebSocket) -> None:
    """One call. A caller whom we cannot serve reaches the operator, because the dialplan goes on when we leave."""
    parts = parts_of(socket)
    secret = state_folder.telephone_secret(parts.settings)
    if not may_enter(socket.headers.get("authorization", ""), secret):
        await socket.close(REFUSED)  # before accepting: the client sees 403
        return
    if await parts.capacity.is_full():  # said before accepting: for Asterisk the call was then never answered here
        log.warning("asterisk: a call was not taken, because all places are taken")
        await socket.send_denial_response(Response(status_code=503))
        return
    wanted = [name.strip() for name in socket.headers.get("sec-websocket-protocol", "").split(",")]
    await socket.accept("media" if "media" in wanted else None)
    line = AsteriskLine(socket, Ari(parts.settings.ari_port, secret), parts.exchange.held)
    await serve(parts, line, "asterisk", socket)


def may_enter(authorization: str, secret: str) -> bool:
    """Basic authorisation with our secret; the comparison takes the same time for every wrong one."""
    expected = "Basic " + base64.b64encode(f"asterisk:{secret}".encode()).decode()
    return hmac.compare_digest(authorization.encode(), expected.encode())


async def serve(parts: Parts, line: CallLine, provider: str, socket: WebSocket) -> None:
    """The call on this line, from its first message to its end; then the socket is closed.

    Only a call takes a place: a socket that has not shown yet which call it brings takes none.
    """
    code, started = 1000, None
    try:
        with parts.limits.unproven.one(parts.limits.address(socket)) if provider == "twilio" else nullcontext():
            async with aclosing(line.events()) as events:
                started = await asyncio.wait_for(anext(events, None), FIRST_MESSAGE_SECONDS)
        if not isinstance(started, CallStarted):
            raise BadMessage("sound before the start")
        async with parts.capacity.one_call():
            await Call(parts, line, provider).run(started)
    except Problem:
        log.warning("%s: a media socket was closed: too many of that address have not shown a call", provider)
        code = ALL_BUSY
    except AllBusy:
        if isinstance(started, CallStarted) and started.news == "nobody":
            await full_house.tell_and_end(parts, line)
        log.warning("%s: a call was not taken, because all places are taken", provider)
        code = ALL_BUSY
    except (BadMessage, TimeoutError):
        log.warning("%s: a media socket was closed: it sent no call", provider)
        code = BAD_MESSAGE
    except WebSocketDisconnect:
        return
    except StoreUnavailable:
        log.error("%s: a call was not served, because nothing can be kept just now", provider)
        code = FAILED
    except Exception as error:  # whatever it is: the caller reaches a person
        log.error("%s: a call was not served: %s", provider, describe_error(error))
        code = FAILED
    with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await socket.close(code)
