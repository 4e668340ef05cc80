"""The ears as processes of their own (process_client.py). What one that dies or gets stuck was hearing is lost (EarsLost)."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from wyoming.asr import Transcribe
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event

from bot.errors import BadAudio, EarsLost, SpeechError
from bot.speech.audio.resample import resample
from bot.speech.audio.wav import FASTEST_HZ, SLOWEST_HZ, Sound, read_wav
from bot.speech.interface import EARS_HZ, Utterance
from bot.speech.process_client import Connection, SpeechProcess, SpeechProcesses
from bot.speech.stt import ear_messages as messages
from bot.speech.stt.ears import EarEvent, Final
from bot.speech.stt.hearing import LiveEars
from bot.turns import Language

OPEN_SECONDS = 5.0
"""Making a recogniser takes a tenth of a second."""
ANSWER_SECONDS = 10.0
"""A piece of sound is heard in a third of its length; beyond this, and its length, the process is stuck."""
RESTART_SECONDS = 8.0
"""So long a speaker waits for a process that is being started anew."""
FILE_PIECE_SECONDS = 1


class EarClient:
    """Shared by all speakers of this application."""

    def __init__(self, folder: Path, processes: int, *, restart_seconds: float = RESTART_SECONDS) -> None:
        self._processes = SpeechProcesses(folder, processes, restart_seconds)

    async def listen(self, rate_hz: int, language: Language, awaiting: str | None, *, hands_free: bool) -> LiveEars:
        if not SLOWEST_HZ <= rate_hz <= FASTEST_HZ:
            raise BadAudio("rate")
        return await self._open(rate_hz, language, {"awaiting": awaiting, "hands_free": hands_free})

    async def hear(self, wav: bytes, language: Language, awaiting: str | None) -> tuple[Utterance, bytes]:
        sound = await asyncio.to_thread(read_wav, wav)
        session = await self._open(sound.rate_hz, language, {"awaiting": awaiting, "whole_file": True})
        try:
            final = await _all_of(session, sound)
        except EarsLost:
            raise SpeechError from None  # a file can be sent again as it is
        finally:
            await session.close()
        if final is None:
            return Utterance(), await asyncio.to_thread(resample, sound.pcm, sound.rate_hz, EARS_HZ)
        return final.utterance, final.audio

    async def answering(self) -> tuple[int, int]:
        return await self._processes.answering()

    async def _open(self, rate_hz: int, language: Language, context: dict[str, object]) -> "RemoteEars":
        return await self._processes.reach(
            lambda process: RemoteEars(process, rate_hz).open(language, context), EarsLost
        )


@dataclass
class RemoteEars:
    """One speaker at one process."""

    process: SpeechProcess
    rate_hz: int
    _connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = Connection(self.process, EarsLost)

    async def open(self, language: Language, context: dict[str, object]) -> "RemoteEars":
        """Returns itself. Raises EarsBusy, BadAudio, EarsLost."""
        wanted = Transcribe(language=language, context=context).event()
        start = AudioStart(rate=self.rate_hz, width=2, channels=1).event()
        await self._connection.open(OPEN_SECONDS)
        await self._asked([wanted, start], until=messages.LISTENING, seconds=OPEN_SECONDS)
        return self

    async def accept(self, pcm: bytes) -> list[EarEvent]:
        chunk = AudioChunk(rate=self.rate_hz, width=2, channels=1, audio=pcm).event()
        seconds = ANSWER_SECONDS + len(pcm) / 2 / self.rate_hz
        return await self._asked([chunk], until=messages.TAKEN, seconds=seconds)

    async def awaiting(self, awaiting: str | None, language: Language) -> None:
        await self._asked([Event(messages.AWAITING, {"awaiting": awaiting, "language": language})])

    async def we_speak(self, now: bool) -> None:
        await self._asked([Event(messages.WE_SPEAK, {"now": now})])

    async def finish(self) -> Final | None:
        told = await self._asked([AudioStop().event()], until=messages.TRANSCRIPT)
        return next((event for event in told if isinstance(event, Final)), None)

    async def close(self) -> None:
        await self._connection.close()

    async def _asked(
        self, asked: list[Event], *, until: str | None = None, seconds: float | None = None
    ) -> list[EarEvent]:
        """What is told up to and including this event. Raises what the process tells, and EarsLost."""
        awaited = None if until is None else until.__eq__
        told = await self._connection.ask(asked, until=awaited, silence_seconds=seconds or ANSWER_SECONDS)
        return [heard for heard in map(messages.event_in, told) if heard is not None]


async def _all_of(session: RemoteEars, sound: Sound) -> Final | None:
    piece = FILE_PIECE_SECONDS * sound.rate_hz * 2
    for at in range(0, len(sound.pcm), piece):
        await session.accept(sound.pcm[at : at + piece])
    return await session.finish()
