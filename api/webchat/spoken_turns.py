"""What is heard in a turn, and in which manner we speak."""

from contextlib import suppress
from dataclasses import replace

from api.http.metrics import TURNS
from api.parts import Parts
from bot.errors import NotFound, StoreUnavailable
from bot.services.conversations import conversations, recordings
from bot.services.conversations.conversations import ConversationView
from bot.settings import Settings
from bot.speech.audio.flac import to_flac
from bot.speech.interface import Gender, Manner, Utterance
from bot.turns import Language, Turn


async def hear_turn(
    parts: Parts, conversation: ConversationView, utterance: Utterance, audio: bytes, client_message_id: str
) -> Turn:
    """Answer what was heard. The sound is kept only where the office chose to."""
    turn = await parts.dialogue.say(conversation, utterance.text, client_message_id, utterance)
    TURNS.labels(turn.goal).inc()
    if parts.settings.keep_audio_days and audio:
        flac = await parts.speech.in_thread(to_flac, audio)
        with suppress(StoreUnavailable, NotFound):  # the answer matters more than its sound
            await parts.in_store(recordings.keep, conversation.id, turn.turn_id, flac, parts.clock())
    return turn


async def heard_before(parts: Parts, conversation_id: str, client_message_id: str) -> Turn | None:
    """The turn that this message got already."""
    return await parts.in_store(conversations.turn_of_message, conversation_id, client_message_id)


def language_to_hear(conversation: ConversationView) -> Language:
    """The language that the ears expect."""
    return "en" if conversation.language == "en" else "zh"


def manner_of(conversation: ConversationView, settings: Settings) -> Manner:
    """How to speak in this conversation."""
    return Manner(
        language=language_to_hear(conversation),
        gender=_gender(conversation.voice) or settings.voice_gender,
        rate=1.0 if conversation.rate is None else conversation.rate,
        volume=1.0 if conversation.volume is None else conversation.volume,
    )


def manner_for(turn: Turn, conversation: ConversationView, settings: Settings) -> Manner:
    """The same for the replies of one turn: what it reads back is to be understood."""
    return replace(manner_of(conversation, settings), weighty=turn.state.awaiting == "confirmation")


def _gender(voice: str | None) -> Gender | None:
    if voice == "female":
        return "female"
    return "male" if voice == "male" else None
