"""The voice stream `WS /api/v1/conversations/{id}/stream?ticket=`: who may open it.

Text frames are JSON (`stream_messages.py`), binary frames sound. Every event of ours has `type` and `seq`:
ready, partial, final, turn, speech_start, speech_phrase (its sound follows), speech_end, manner, still_there, gave_up, error.
"""

import logging
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket

from api.http.metrics import STREAMS
from api.http.problems import Problem, language_of, problem
from api.parts import Parts, WithParts
from api.webchat.voice_session import VoiceSession
from bot.errors import NotFound
from bot.services.conversations import conversations

BAD_TICKET, NO_CONVERSATION = 4401, 4404
ROUTE = "/api/v1/conversations/{conversation_id}/stream"

router = APIRouter()
access = logging.getLogger("linyu.access")


@router.websocket(ROUTE)
async def stream(socket: WebSocket, conversation_id: str, parts: WithParts, ticket: str = "") -> None:
    place = ExitStack()
    arrived = parts.streams.arrive()
    try:
        if not _same_origin(socket):
            raise Problem(403, "forbidden")
        await parts.limits.request(socket)
        place.enter_context(parts.limits.streams.one(parts.limits.address(socket)))
    except Problem as error:
        detail = parts.words.reply(error.say, language_of(socket)).text
        await socket.send_denial_response(problem(error.status, error.code, detail, headers=error.headers))
        access.info("WS %s %d", ROUTE, error.status)
        return
    with place:
        await _serve(socket, conversation_id, parts, ticket, arrived)


async def _serve(socket: WebSocket, conversation_id: str, parts: Parts, ticket: str, arrived: int) -> None:
    """From the accepted socket to its end; `arrived` orders the sockets of one conversation."""
    started = time.perf_counter()
    await socket.accept()
    try:
        await parts.tickets.redeem(ticket, conversation_id)
    except NotFound:
        return await _refuse(socket, parts, BAD_TICKET)
    try:
        conversation = await parts.in_store(conversations.view, conversation_id)
    except NotFound:
        return await _refuse(socket, parts, NO_CONVERSATION)
    session = VoiceSession(parts, socket, conversation, time.monotonic, arrived)
    older = parts.streams.enter(conversation_id, session)
    if older is not None:
        parts.streams.finish_later(older.give_way())
    STREAMS.inc()
    try:
        await session.run()
    finally:
        STREAMS.dec()
        parts.streams.leave(conversation_id, session)
        access.info("WS %s %.0f s", ROUTE, time.perf_counter() - started)


async def _refuse(socket: WebSocket, parts: Parts, code: int) -> None:
    detail = parts.words.reply(NotFound.say, language_of(socket)).text
    await socket.send_json({"type": "error", "seq": 1, "code": NotFound.code, "detail": detail})
    await socket.close(code)
    access.info("WS %s %d", ROUTE, code)


def _same_origin(socket: WebSocket) -> bool:
    """Browsers name the page that opens a socket; pages of others are refused, programs name none."""
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == socket.headers.get("host", "").lower()
