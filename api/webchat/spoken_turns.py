"""What is said and heard in a turn: the resident's sound in, our replies out as sound."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress

from api.http.metrics import TURNS
from api.parts import Parts
from bot.errors import NotFound, StoreUnavailable
from bot.language.text import language_of
from bot.services.conversations import conversations, recordings
from bot.services.conversations.conversations import ConversationView
from bot.settings import Settings
from bot.speech.audio.flac import to_flac
from bot.speech.audio.wav import write_wav
from bot.speech.interface import Gender, Manner, SpokenPhrase, Utterance, Voice
from bot.turns import Language, Reply, Turn


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


async def speak(voice: Voice, replies: Iterable[Reply], manner: Manner, rate_hz: int) -> AsyncGenerator[SpokenPhrase]:
    """All replies, piece by piece, each as soon as it is rendered. Leaving early cancels the rest."""
    for reply in replies:
        if not reply.spoken.strip():
            continue
        language = language_of(reply.spoken) or manner.language
        own = Manner(language, manner.gender, manner.rate, manner.volume)
        phrases = voice.speak(reply.spoken, own, rate_hz)
        async with aclosing(phrases) as pieces:  # type: ignore[type-var]
            async for phrase in pieces:
                yield phrase


async def sound_file(
    voice: Voice, replies: Iterable[Reply], manner: Manner, rate_hz: int, is_gone: Callable[[], Awaitable[bool]]
) -> bytes:
    """All replies as one WAV file; what is there when the listener is gone."""
    audio = bytearray()
    async with aclosing(speak(voice, replies, manner, rate_hz)) as pieces:
        async for phrase in pieces:
            audio += phrase.audio
            if await is_gone():
                break
    return write_wav(bytes(audio), rate_hz)


def _gender(voice: str | None) -> Gender | None:
    if voice == "female":
        return "female"
    return "male" if voice == "male" else None
