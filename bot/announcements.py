"""What Asterisk says by itself, in our own voice, when no place is free and no person answers: recorded at set-up."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

from bot import wiring
from bot.errors import VoiceFailed
from bot.settings import Settings
from bot.speech.audio.wav import write_wav
from bot.speech.interface import Manner

ANNOUNCEMENTS = {"nobody": "utter_phone_no_person", "later": "utter_phone_later"}
"""Name of the recording, and of the reply that it says in Chinese and in English."""
LINE_HZ = 8000
PAUSE = bytes(LINE_HZ)
"""Half a second."""
RATE = 0.85
"""As in every call."""


def record(settings: Settings, folder: Path, tell: Callable[[str], None]) -> None:
    """Those that are missing, or whose words have changed. Without any voice callers hear a tone instead."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, reply in ANNOUNCEMENTS.items():
        words = [(language, wiring.fixed_reply(reply, language)) for language in wiring.LANGUAGES]
        text = "\n".join(spoken for _, spoken in words)
        sound, said = folder / f"{name}.wav", folder / f"{name}.txt"
        if sound.exists() and said.exists() and said.read_text("utf-8") == text:
            continue
        manners = [(spoken, Manner(language, settings.voice_gender, RATE)) for language, spoken in words]
        try:
            pcm = asyncio.run(_speak(settings, manners))
        except VoiceFailed:
            tell("an announcement for the telephone could not be recorded; callers hear a tone instead")
            continue
        sound.write_bytes(write_wav(pcm, LINE_HZ))
        said.write_text(text, "utf-8")


async def _speak(settings: Settings, manners: list[tuple[str, Manner]]) -> bytes:
    """By the natural voice; by the small one where nothing is rendered ahead, because that takes a moment only."""
    engine = settings.voice if settings.render_ahead else "espeak"
    pieces: list[bytes] = []
    async with wiring.own_voice(engine=engine) as voice:
        for text, manner in manners:
            async with aclosing(voice.speak(text, manner, LINE_HZ)) as phrases:
                pieces += [phrase.audio async for phrase in phrases]
            pieces.append(PAUSE)
    return b"".join(pieces)
