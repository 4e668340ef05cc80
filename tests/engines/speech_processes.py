"""Real ear and voice processes, started as the supervisor does, for tests that let them die."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.operation.environment import APP_BIN
from bot.own_voices import command_of
from bot.settings import ROOT
from bot.speech.process_server import socket_of
from bot.voice_process import Kind, voices_folder

PATIENCE_SECONDS = 180
"""Other tests may keep both cores busy."""


class SpeechProcesses:
    """`folder` is where they listen."""

    def __init__(self, folder: Path, state: Path, commands: Sequence[Sequence[str]]) -> None:
        self.folder, self._state, self._commands = folder, state, commands
        self._running = {number: self._start(number) for number in range(len(commands))}

    def pid(self, number: int) -> int:
        return self._running[number].pid

    @property
    def count(self) -> int:
        return len(self._running)

    def kill(self, number: int) -> None:
        """No last words."""
        self._running[number].kill()
        self._running[number].wait()

    def hold(self, number: int) -> None:
        """Stop it in the middle of what it does."""
        os.kill(self.pid(number), signal.SIGSTOP)

    def start_again(self, number: int) -> None:
        """As the supervisor does."""
        self._running[number] = self._start(number)

    def await_all(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not all(socket_of(self.folder, number).exists() for number in self._running):
            assert time.monotonic() < deadline, "they do not come"
            assert all(one.poll() is None for one in self._running.values()), "some have ended"
            time.sleep(0.1)

    def mend(self) -> None:
        """Those that have ended are started again, and all are there."""
        for number, one in self._running.items():
            if not socket_of(self.folder, number).exists() or one.poll() is not None:
                self.kill(number)
                socket_of(self.folder, number).unlink(missing_ok=True)
                self.start_again(number)
        self.await_all()

    def alive(self) -> bool:
        return all(one.poll() is None for one in self._running.values())

    def threads(self, number: int) -> int:
        return len(os.listdir(f"/proc/{self.pid(number)}/task"))

    def files(self, number: int) -> int:
        return len(os.listdir(f"/proc/{self.pid(number)}/fd"))

    def printed(self, number: int) -> str:
        return self._log(number).read_text("utf-8")

    def ended(self, number: int) -> int:
        """Its exit code, once it has ended by itself."""
        return self._running[number].wait(PATIENCE_SECONDS)

    def close(self) -> None:
        for one in self._running.values():
            one.kill()
            one.wait()

    def _log(self, number: int) -> Path:
        return self._state / f"{self.folder.name}-{number}.log"

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "LINYU_STATE_DIR": str(self._state), "PYTHONPATH": str(ROOT)}
        with self._log(number).open("ab") as log:
            return subprocess.Popen(self._commands[number], cwd=ROOT, env=environment, stdout=log, stderr=log)


@contextmanager
def ear_processes(state: Path, count: int = 2) -> Iterator[SpeechProcesses]:
    """Running and loaded."""
    commands = [[str(APP_BIN / "python"), "-m", "bot.ear_process", str(number)] for number in range(count)]
    with _loaded(SpeechProcesses(state / "ears", state, commands)) as running:
        yield running


@contextmanager
def voice_processes(
    state: Path, kind: Kind, count: int = 1, more: Sequence[str] = (), *, comes: bool = True
) -> Iterator[SpeechProcesses]:
    """Running, and loaded unless it is said that they cannot be. `more` are further arguments."""
    commands = [[*command_of(kind, state, number=number), *more] for number in range(count)]
    with _loaded(SpeechProcesses(voices_folder(state, kind), state, commands), comes) as running:
        yield running


@contextmanager
def _loaded(running: SpeechProcesses, comes: bool = True) -> Iterator[SpeechProcesses]:
    try:
        if comes:
            running.await_all()
        yield running
    finally:
        running.close()
