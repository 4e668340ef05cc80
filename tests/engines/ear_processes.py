"""Real ear processes, started as the supervisor does, for tests that let them die."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.operation.environment import APP_BIN
from bot.settings import ROOT
from bot.speech.stt.ear_server import socket_of

PATIENCE_SECONDS = 60


class EarProcesses:
    """`folder` is where they listen."""

    def __init__(self, state: Path, count: int) -> None:
        self.folder, self._state = state / "ears", state
        self._running = {number: self._start(number) for number in range(count)}

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
            assert time.monotonic() < deadline, "the ears do not come"
            assert all(one.poll() is None for one in self._running.values()), "ears have ended"
            time.sleep(0.1)

    def alive(self) -> bool:
        return all(one.poll() is None for one in self._running.values())

    def threads(self, number: int) -> int:
        return len(os.listdir(f"/proc/{self.pid(number)}/task"))

    def files(self, number: int) -> int:
        return len(os.listdir(f"/proc/{self.pid(number)}/fd"))

    def close(self) -> None:
        for one in self._running.values():
            one.kill()
            one.wait()

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "LINYU_STATE_DIR": str(self._state), "PYTHONPATH": str(ROOT)}
        command = [str(APP_BIN / "linyu"), "ears", "--number", str(number)]
        with (self._state / f"ears-{number}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


@contextmanager
def ear_processes(state: Path, count: int = 2) -> Iterator[EarProcesses]:
    """Running and loaded."""
    running = EarProcesses(state, count)
    try:
        running.await_all()
        yield running
    finally:
        running.close()
