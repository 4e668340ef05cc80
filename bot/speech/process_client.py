"""How the application reaches its ear and voice processes: the one that has the fewest of ours, another one when it is gone.

One that dies or gets stuck loses what it held; whoever comes next goes to another one, or to the same when its supervisor
has started it anew.
"""

import asyncio
import contextlib
import os
import signal
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from wyoming.client import AsyncUnixClient
from wyoming.event import Event
from wyoming.info import Describe, Info

from bot.errors import AudioTooLong, BadAudio, EarsBusy, SpeechError, VoiceFailed
from bot.speech.process_server import socket_of

AGAIN_SECONDS = 0.3
STUCK_SECONDS = 5.0
"""So long nobody is sent to a process that did not answer."""
PING_SECONDS = 1.0
TOLD: dict[str | None, type[SpeechError]] = {
    one.code: one for one in (EarsBusy, BadAudio, AudioTooLong, VoiceFailed, SpeechError)
}
"""Failures that a process tells by their code."""


@dataclass
class SpeechProcess:
    """One of them, as we know it."""

    path: Path
    clients: int = 0
    """Of ours."""
    avoid_until: float = 0.0

    @property
    def avoided(self) -> bool:
        return asyncio.get_running_loop().time() < self.avoid_until

    def avoid(self) -> None:
        """It did not answer."""
        self.avoid_until = asyncio.get_running_loop().time() + STUCK_SECONDS

    async def answers(self) -> bool:
        connection = Connection(self)
        try:
            await connection.open(PING_SECONDS)
            answers = await connection.ask([Describe().event()], until=Info.is_type, silence_seconds=PING_SECONDS)
        except SpeechError:
            return False
        finally:
            await connection.close()
        return bool(answers)


class SpeechProcesses:
    """All of one kind, shared by everybody in this application."""

    def __init__(self, folder: Path, count: int, restart_seconds: float) -> None:
        """`folder` is where they listen; so long somebody waits for a process that is being started anew."""
        self._processes = [SpeechProcess(socket_of(folder, number)) for number in range(count)]
        self._restart_seconds = restart_seconds

    @property
    def count(self) -> int:
        """How many there should be."""
        return len(self._processes)

    async def answering(self) -> tuple[int, int]:
        """How many do answer, and how many there should be."""
        answers = await asyncio.gather(*(process.answers() for process in self._processes))
        return sum(answers), len(answers)

    async def one_answers(self) -> bool:
        """Does one answer now? Those that did not a moment ago are not asked: that takes a second."""
        for process in self._processes:
            if not process.avoided:
                if await process.answers():
                    return True
                process.avoid()
        return False

    async def reach[T](self, begin: Callable[[SpeechProcess], Awaitable[T]], lost: type[SpeechError]) -> T:
        """What `begin` returns, which raises `lost` where a process does not answer: then the next one is tried.

        Raises EarsBusy where all are busy, and SpeechError when none has come in time.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + self._restart_seconds
        while True:
            busy = False
            for process in sorted(self._processes, key=lambda one: (one.avoided, one.clients)):
                try:
                    begun = await begin(process)
                except EarsBusy:
                    busy = True
                except lost:
                    process.avoid()
                else:
                    process.avoid_until = 0.0  # it is back
                    return begun
            if busy:
                raise EarsBusy
            if clock() >= until:
                raise SpeechError("no process answers")
            await asyncio.sleep(AGAIN_SECONDS)


@dataclass
class Connection:
    """One client at one process. After any failure it is closed, so that no answer is taken for another one's."""

    process: SpeechProcess
    lost: type[SpeechError] = SpeechError
    """What is raised when the process is gone or stuck."""
    stuck: bool = field(default=False, init=False)
    """It was there, and said nothing for too long."""
    refused: bool = field(default=False, init=False)
    """It was there, and told that it could not."""
    _client: AsyncUnixClient | None = field(default=None, init=False)
    _peer: int = field(default=0, init=False)

    async def open(self, seconds: float) -> None:
        """Raises `lost`."""
        self._client = AsyncUnixClient(self.process.path)
        self.process.clients += 1
        async with self._closed_after_failure():
            async with asyncio.timeout(seconds):
                await self._client.connect()
            self._peer = _process_id_behind(self._client)

    async def ask(
        self, asked: Iterable[Event], *, until: Callable[[str], bool] | None = None, silence_seconds: float
    ) -> list[Event]:
        """What is told up to and including the event whose type is awaited, at once when none is.

        Raises what the process tells, and `lost` when it is gone or says nothing for so long.
        """
        client, told = self._client, list[Event]()
        if client is None:
            raise self.lost
        clock = asyncio.get_running_loop().time
        async with self._closed_after_failure(), asyncio.timeout(silence_seconds) as silence:
            for event in asked:
                await client.write_event(event)
            while until is not None:
                answer = await client.read_event()
                if answer is None:
                    raise self.lost
                if answer.type == "error":
                    self.refused = True
                    raise TOLD.get(answer.data.get("code"), self.lost)
                told.append(answer)
                if until(answer.type):
                    break
                silence.reschedule(clock() + silence_seconds)
        return told

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            self.process.clients -= 1
            with contextlib.suppress(OSError):
                await client.disconnect()

    def end_process(self) -> None:
        """A stopped process hears nothing milder; its supervisor starts another one."""
        if self._peer > 0:
            with contextlib.suppress(OSError):
                os.kill(self._peer, signal.SIGKILL)

    @contextlib.asynccontextmanager
    async def _closed_after_failure(self) -> AsyncIterator[None]:
        try:
            yield
        except BaseException as error:
            await self.close()
            if isinstance(error, TimeoutError):
                self.stuck = True
                self.process.avoid()
            if isinstance(error, OSError | EOFError | AssertionError):
                raise self.lost from None
            raise


def _process_id_behind(client: AsyncUnixClient) -> int:
    """0 where the system does not tell."""
    own_end = client._writer.get_extra_info("socket") if client._writer else None
    if own_end is None:
        return 0
    try:
        told = own_end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    except OSError:
        return 0
    return int(struct.unpack("3i", told)[0])
