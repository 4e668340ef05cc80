"""Replies as sound: all that a turn says, each reply in its own language."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import replace

from bot.language.text import language_of
from bot.speech.audio.wav import write_wav
from bot.speech.interface import Manner, SpokenPhrase, Voice
from bot.turns import Reply


async def speak(voice: Voice, replies: Iterable[Reply], manner: Manner, rate_hz: int) -> AsyncGenerator[SpokenPhrase]:
    """All replies, piece by piece, each as soon as it is rendered. Leaving early cancels the rest."""
    for reply in replies:
        if not reply.spoken.strip():
            continue
        language = language_of(reply.spoken) or manner.language
        own = replace(manner, language=language)
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
