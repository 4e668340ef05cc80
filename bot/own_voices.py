"""Voice processes of one's own that end with their user: for commands, measuring and tests, while no Linyu runs."""

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.settings import ROOT
from bot.speech.process_server import socket_of
from bot.voice_process import Kind, voices_folder

START_SECONDS = 120.0
AGAIN_SECONDS = 0.1


@asynccontextmanager
async def own_voices(kinds: Sequence[Kind], words: Path | None = None) -> AsyncGenerator[Path]:
    """The state folder in whose `voices` they listen, once each has started or has told on standard error why not.

    `words` is where the list of Chinese words is kept ready for the next start.
    """
    with tempfile.TemporaryDirectory(prefix="linyu-", ignore_cleanup_errors=True) as folder:
        state = Path(folder)
        started = {kind: await _start(kind, state, words) for kind in kinds}
        try:
            async with asyncio.timeout(START_SECONDS):
                for kind, process in started.items():
                    await _settled(process, socket_of(voices_folder(state, kind), 0))
            yield state
        finally:
            for process in started.values():
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


def command_of(kind: Kind, state: Path, words: Path | None = None, number: int = 0) -> list[str]:
    """It ends with whoever starts it."""
    become = [sys.executable, "-m", "bot.operation.program", f"voices-{kind}"]
    kept = ["--words", str(words)] if words else []
    return [*become, sys.executable, "-m", "bot.voice_process", kind, str(number), "--state", str(state), *kept]


async def _start(kind: Kind, state: Path, words: Path | None) -> Process:
    return await asyncio.create_subprocess_exec(*command_of(kind, state, words), cwd=ROOT, stdin=DEVNULL)


async def _settled(process: Process, socket: Path) -> None:
    while process.returncode is None and not os.path.exists(socket):  # noqa: ASYNC110, ASYNC240  a poll is plainer here
        await asyncio.sleep(AGAIN_SECONDS)
