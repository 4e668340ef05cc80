"""A softphone as tests and measurements use it: say something, press keys, wait for what happens, listen to what was heard."""

import json
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

SOFTPHONE = Path(__file__).with_name("softphone_process.py")
NO_KEYS = "no-key-events"
FRAME = 320
"""Bytes of 20 ms of 8 kHz 16-bit sound."""


def pcm_of(recording: Path) -> bytes:
    """16-bit PCM of a recording or a saying, of any length."""
    with wave.open(str(recording)) as file:
        pcm: bytes = file.readframes(file.getnframes())
        return pcm


class Softphone:
    """One telephone line. `recording` is what its owner hears."""

    def __init__(
        self,
        number: str,
        folder: Path,
        *,
        port: int = 0,
        answers: bool = True,
        refuses: int = 0,
        registers: tuple[str, str] | None = None,
        offers_keys: bool = True,
    ) -> None:
        """`registers`: at which exchange (host:port), with which password. Without `offers_keys` it knows no RFC 4733.

        Whoever calls it hears it ring for ever unless it `answers`; with `refuses`, 486 when busy or 603, neither.
        """
        self.number = number
        self.recording = folder / f"{number}-{time.time_ns()}.wav"
        self.events: list[dict[str, Any]] = []
        arguments = [
            number,
            str(port),
            str(self.recording),
            str(refuses or (200 if answers else 180)),
            *(registers or ()),
        ]
        if not offers_keys:
            arguments.append(NO_KEYS)
        self._process = subprocess.Popen(
            [sys.executable, str(SOFTPHONE), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for(lambda event: event["event"] == ("registered" if registers else "ready"))

    def __enter__(self) -> "Softphone":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def call(self, address: str) -> None:
        """Call and wait until it is answered."""
        self._do(do="call", to=address)
        self.wait_for_state("CONFIRMED")

    def play(self, path: Path) -> None:
        self._do(do="play", path=str(path))

    def press(self, keys: str) -> None:
        self._do(do="keys", keys=keys)

    def hold(self) -> None:
        """Nothing is heard until `resume`."""
        self._do(do="hold")

    def resume(self) -> None:
        self._do(do="resume")

    def transfer(self, address: str) -> None:
        """Ask the other end to call this address instead of us (REFER)."""
        self._do(do="transfer", to=address)

    def hear_speech(self, seconds: float) -> None:
        """Wait until so much more speech has reached the ear."""
        wanted = self.heard_seconds() + seconds
        deadline = time.monotonic() + 40
        while self.heard_seconds() < wanted:
            assert time.monotonic() < deadline, f"heard {self.heard_seconds():.1f} s instead of {wanted:.1f}"
            time.sleep(0.1)

    def heard_seconds(self) -> float:
        """How much of the recording so far is louder than a quiet line."""
        if not self.recording.exists():
            return 0.0
        sound = np.frombuffer(self.recording.read_bytes()[44:], np.uint8)
        samples = sound[: sound.size // FRAME * FRAME].view(np.int16).astype(np.float64).reshape(-1, FRAME // 2)
        return float(np.sum(np.sqrt((samples**2).mean(axis=1)) > 150) * 0.02)

    def hang_up(self) -> None:
        self._do(do="hang_up")
        self.wait_for_state("DISCONNECTED")

    def vanish(self) -> None:
        """Gone without a word, as when the line breaks."""
        self._process.kill()
        self._process.wait()

    @property
    def ended(self) -> bool:
        """The call is over, whoever ended it."""
        return any(event.get("state") == "DISCONNECTED" for event in list(self.events))

    def wait_for_state(self, state: str, seconds: float = 20) -> dict[str, Any]:
        return self.wait_for(lambda event: event.get("state") == state, seconds)

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 20) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = next((event for event in list(self.events) if wanted(event)), None)
            if found is not None:
                return found
            time.sleep(0.02)
        raise AssertionError(f"the telephone only saw {[e.get('state') or e['event'] for e in self.events]}")

    def close(self) -> None:
        assert self._process.stdin
        if self._process.stdin.closed:
            return
        if self._process.poll() is None:
            self._do(do="stop")
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(5)
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()

    def _do(self, **command: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("{"):
                self.events.append(json.loads(line))
