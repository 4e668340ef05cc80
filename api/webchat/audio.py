"""Saying something as a sound file."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile

from api.http.problems import Problem, documented
from api.parts import WithParts
from api.webchat.messages import MESSAGE_ID
from api.webchat.routes import PROBLEMS, Own, note_origin
from api.webchat.spoken_turns import hear_turn, heard_before, language_to_hear
from bot.errors import UnknownAudio
from bot.services.conversations import conversations
from bot.turns import Turn

WAV_TYPES = ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "application/octet-stream")
HEADERS = ("client-message-id", "x-client-message-id", "client_message_id")
"""Names under which a client may send its message id as a header."""
SOUND = {"type": "string", "format": "binary"}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            **{kind: {"schema": SOUND} for kind in WAV_TYPES},
            "multipart/form-data": {"schema": {"type": "object", "properties": {"audio": SOUND}}},
        },
    },
    "parameters": [{"name": "Client-Message-Id", "in": "header", "required": False, "schema": {"type": "string"}}],
}
router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["resident"])


@router.post("/conversations/{conversation_id}/audio", responses=documented(415), openapi_extra=BODY)
async def say_aloud(
    request: Request,
    conversation: Own,
    parts: WithParts,
    client_message_id: Annotated[str | None, Query(description="new for each message; may also be a header")] = None,
) -> Turn:
    """One turn from a WAV file of at most 60 seconds, 8 to 48 kHz, mono or stereo; `heard` tells what was understood.

    The same `client_message_id` again returns the same turn and does nothing twice.
    """
    await parts.limits.message(conversation.id)
    wav, named = await _sound_of(request)
    message_id = client_message_id or named or f"audio-{uuid.uuid4().hex}"
    if not MESSAGE_ID.fullmatch(message_id):
        raise Problem(422, "invalid")
    await note_origin(conversation, request, parts)
    turn = await heard_before(parts, conversation.id, message_id)
    if turn is None:
        last = await parts.in_store(conversations.last_turn, conversation.id)
        utterance, audio = await parts.speech.hear_file(
            wav, language_to_hear(conversation), last.state.awaiting if last else None
        )
        turn = await hear_turn(parts, conversation, utterance, audio, message_id)
    return turn


async def _sound_of(request: Request) -> tuple[bytes, str | None]:
    """The file, and the message id where header or form name one. Raises UnknownAudio."""
    named = next((request.headers[name] for name in HEADERS if name in request.headers), None)
    kind = request.headers.get("content-type", "application/octet-stream").partition(";")[0].strip().lower()
    if kind in WAV_TYPES:
        return await request.body(), named
    if kind != "multipart/form-data":
        raise UnknownAudio
    async with request.form(max_files=1, max_fields=5) as form:
        files = [value for value in form.values() if isinstance(value, UploadFile)]
        if not files:
            raise UnknownAudio
        field = form.get("client_message_id")
        return await files[0].read(), named or (field if isinstance(field, str) else None)
