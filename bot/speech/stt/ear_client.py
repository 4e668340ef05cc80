"""The ears as processes of their own: each speaker is heard by the one that has the fewest of ours.

One that dies or gets stuck loses what it was hearing (EarsLost); whoever speaks next is heard by another one, or by the same
when its supervisor has started it anew.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from wyoming.asr import Transcribe
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncUnixClient
from wyoming.event import Event
from wyoming.info import Describe, Info

from bot.errors import BadAudio, EarsBusy, EarsLost, SpeechError
from bot.speech.audio.resample import resample
from bot.speech.audio.wav import FASTEST_HZ, SLOWEST_HZ, Sound, read_wav
from bot.speech.interface import EARS_HZ, Utterance
from bot.speech.stt import ear_messages as messages
from bot.speech.stt.ear_server import socket_of
from bot.speech.stt.ears import EarEvent, Final
from bot.speech.stt.hearing import LiveEars
from bot.turns import Language

OPEN_SECONDS = 5.0
"""Making a recogniser takes a tenth of a second."""
ANSWER_SECONDS = 10.0
"""A piece of sound is heard in a third of its length; beyond this, and its length, the process is stuck."""
RESTART_SECONDS = 8.0
"""So long a speaker waits for a process that is being started anew."""
AGAIN_SECONDS = 0.3
STUCK_SECONDS = 5.0
"""So long nobody is sent to a process that did not answer."""
PING_SECONDS = 1.0
FILE_PIECE_SECONDS = 1


@dataclass
class EarProcess:
    """One of them, as we know it."""

    path: Path
    speakers: int = 0
    """Of ours."""
    avoid_until: float = 0.0

    async def answers(self) -> bool:
        try:
            async with asyncio.timeout(PING_SECONDS), _connected(self.path) as client:
                await client.write_event(Describe().event())
                answer = await client.read_event()
        except (OSError, TimeoutError):
            return False
        return answer is not None and Info.is_type(answer.type)


class EarClient:
    """Shared by all speakers of this application."""

    def __init__(self, folder: Path, processes: int, *, restart_seconds: float = RESTART_SECONDS) -> None:
        self._processes = [EarProcess(socket_of(folder, number)) for number in range(processes)]
        self._restart_seconds = restart_seconds

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
        answers = await asyncio.gather(*(process.answers() for process in self._processes))
        return sum(answers), len(answers)

    async def _open(self, rate_hz: int, language: Language, context: dict[str, object]) -> "RemoteEars":
        clock = asyncio.get_running_loop().time
        until = clock() + self._restart_seconds
        while True:
            busy = False
            for process in sorted(self._processes, key=lambda one: (one.avoid_until > clock(), one.speakers)):
                try:
                    return await RemoteEars(process, rate_hz).open(language, context)
                except EarsBusy:
                    busy = True
                except EarsLost:
                    process.avoid_until = clock() + STUCK_SECONDS
            if busy:
                raise EarsBusy
            if clock() >= until:
                raise SpeechError("no ear process answers")
            await asyncio.sleep(AGAIN_SECONDS)


@dataclass
class RemoteEars:
    """One speaker at one process. After any failure the connection is gone, so that no answer is taken for another one's."""

    process: EarProcess
    rate_hz: int
    _client: AsyncUnixClient | None = field(default=None, init=False)

    async def open(self, language: Language, context: dict[str, object]) -> "RemoteEars":
        """Returns itself. Raises EarsBusy, BadAudio, EarsLost."""
        self._client = AsyncUnixClient(self.process.path)
        self.process.speakers += 1
        wanted = Transcribe(language=language, context=context).event()
        start = AudioStart(rate=self.rate_hz, width=2, channels=1).event()
        await self._asked([wanted, start], until=messages.LISTENING, seconds=OPEN_SECONDS, connect=True)
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
        client, self._client = self._client, None
        if client is not None:
            self.process.speakers -= 1
            with contextlib.suppress(OSError):
                await client.disconnect()

    async def _asked(
        self, asked: list[Event], *, until: str | None = None, seconds: float = ANSWER_SECONDS, connect: bool = False
    ) -> list[EarEvent]:
        """What is told up to and including this event. Raises what the process tells, and EarsLost."""
        client, told = self._client, list[EarEvent]()
        if client is None:
            raise EarsLost
        try:
            async with asyncio.timeout(seconds):
                if connect:
                    await client.connect()
                for event in asked:
                    await client.write_event(event)
                while until is not None:
                    answer = await client.read_event()
                    if answer is None:
                        raise EarsLost
                    event_in = messages.event_in(answer)
                    if event_in is not None:
                        told.append(event_in)
                    if answer.type == until:
                        break
        except BaseException as error:
            await self.close()
            if isinstance(error, TimeoutError):
                self.process.avoid_until = asyncio.get_running_loop().time() + STUCK_SECONDS
            if isinstance(error, OSError | EOFError | AssertionError):
                raise EarsLost from None
            raise
        return told


async def _all_of(session: RemoteEars, sound: Sound) -> Final | None:
    piece = FILE_PIECE_SECONDS * sound.rate_hz * 2
    for at in range(0, len(sound.pcm), piece):
        await session.accept(sound.pcm[at : at + piece])
    return await session.finish()


@asynccontextmanager
async def _connected(path: Path) -> AsyncIterator[AsyncUnixClient]:
    client = AsyncUnixClient(path)
    await client.connect()
    try:
        yield client
    finally:
        with contextlib.suppress(OSError):
            await client.disconnect()
