"""Hearing a reply as a sound file, and choosing how it is spoken."""

from enum import IntEnum
from typing import Any

from fastapi import APIRouter, Request, Response

from api.parts import WithParts
from api.voice.spoken_replies import sound_file
from api.webchat.messages import MannerIn, MannerOut
from api.webchat.routes import PROBLEMS, Own
from api.webchat.spoken_turns import manner_for, manner_of
from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.settings import Settings

WAV: dict[int | str, dict[str, Any]] = {200: {"content": {"audio/wav": {"schema": {"type": "string"}}}}}


class SpeechHz(IntEnum):
    """Samples per second of the file."""

    TELEPHONE = 8000
    WIDE = 16000
    SMALL_VOICE = 22050
    FULL = 24000


router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["resident"])


@router.get(
    "/conversations/{conversation_id}/turns/{turn_id}/speech", response_class=Response, responses={**PROBLEMS, **WAV}
)
async def reply_aloud(
    conversation_id: str,
    turn_id: str,
    request: Request,
    parts: WithParts,
    ticket: str = "",
    rate_hz: SpeechHz = SpeechHz.FULL,
) -> Response:
    """All replies of the turn as spoken, in the manner of the conversation."""
    await parts.tickets.redeem(ticket, conversation_id)
    conversation = await parts.in_store(conversations.view, conversation_id)
    turn = await parts.in_store(conversations.told, conversation_id, turn_id)
    manner = manner_for(turn, conversation, parts.settings)
    wav = await sound_file(parts.speech.voice(), turn.replies, manner, rate_hz, request.is_disconnected)
    return Response(wav, media_type="audio/wav", headers={"Cache-Control": "private, no-store"})


@router.put("/conversations/{conversation_id}/manner")
async def set_manner(body: MannerIn, conversation: Own, parts: WithParts) -> MannerOut:
    """How to speak in this conversation from now on; what is not named stays. Returns the manner in force."""
    changed = await parts.in_store(
        conversations.set_manner, conversation.id, rate=body.rate, volume=body.volume, voice=body.voice
    )
    return manner_out(changed, parts.settings)


def manner_out(conversation: ConversationView, settings: Settings) -> MannerOut:
    manner = manner_of(conversation, settings)
    return MannerOut(rate=manner.rate, volume=manner.volume, voice=manner.gender)
