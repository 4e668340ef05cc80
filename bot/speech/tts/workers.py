"""The parent's side of a voice worker: starts it, waits, verifies what it made, and starts it anew when it is stuck."""

import logging
import multiprocessing
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import soundfile

from bot.errors import VoiceFailed
from bot.speech.audio.loudness import Sound, from_wav
from bot.speech.tts.voice_worker import Spoken, WorkerSetup, serve

log = logging.getLogger(__name__)
LONGEST_BACK_OFF_SECONDS = 300.0
_SILENT = 0.003
"""A peak below it is silence."""


class VoiceWorker:
    """One worker process. Blocking: call it from one thread at a time, `close` from any."""

    def __init__(
        self,
        setup: WorkerSetup,
        *,
        start_seconds: float = 60,
        limit_seconds: Callable[[str], float] = lambda text: 20 + 0.5 * len(text),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`setup.folder` is where each process gets a folder of its own."""
        self._setup = setup
        self._start_seconds = start_seconds
        self._limit_seconds = limit_seconds
        self._clock = clock
        self._guard = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._folder: Path | None = None
        self._failures = 0
        self._not_before = 0.0
        self._closed = False
        self.restarts = 0
        """How often a process that had been ready had to be replaced."""

    @property
    def process_id(self) -> int | None:
        """None while no process runs."""
        return self._process.pid if self._process else None

    @property
    def answers(self) -> bool:
        """False after a failure that was not followed by a success."""
        return self._failures == 0

    @property
    def rested(self) -> bool:
        """True when it may be tried, perhaps again."""
        return self._clock() >= self._not_before

    def render(self, text: str, voice: str, rate: int) -> tuple[Sound, int]:
        """The sound and its rate. A process that died, got stuck or made nothing is replaced and asked once more.

        Raises VoiceFailed.
        """
        for _ in range(2):
            self.start()
            try:
                return self._ask(Spoken(text, voice, rate))
            except VoiceFailed as failure:
                if self._closed:
                    raise
                log.warning("%s voice: %s; starting it anew", self._setup.engine, failure)
                self.restarts += 1
                self._end()
        self._failed()
        raise VoiceFailed(f"{self._setup.engine} failed twice")

    def start(self) -> None:
        """Start the process, if none runs. Raises VoiceFailed when it cannot, or failed too short a time ago."""
        if self._process and self._process.is_alive():
            return
        self._end()
        if self._clock() < self._not_before:
            raise VoiceFailed(f"{self._setup.engine} rests after a failure")
        try:
            self._launch()
            self._answer(self._start_seconds)
        except (VoiceFailed, OSError) as failure:
            self._end()
            if self._closed:
                raise VoiceFailed("closed") from failure
            self._failed()
            log.error("%s voice does not start: %s", self._setup.engine, failure)
            raise VoiceFailed(f"{self._setup.engine} does not start") from failure

    def close(self) -> None:
        """End the process and remove its files; whoever waits for it gets VoiceFailed."""
        self._closed = True
        self._end()

    def pause(self) -> None:
        """End the process until it is needed again."""
        self._end()

    def _launch(self) -> None:
        with self._guard:
            if self._closed:
                raise VoiceFailed("closed")
            self._setup.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder = Path(tempfile.mkdtemp(prefix=f"{self._setup.engine}-", dir=self._setup.folder))
            spawn = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            process = spawn.Process(target=serve, args=(theirs, replace(self._setup, folder=self._folder)), daemon=True)
            process.start()
            theirs.close()
            self._process = process

    def _ask(self, request: Spoken) -> tuple[Sound, int]:
        pipe = self._pipe
        try:
            assert pipe
            pipe.send(request)
        except (OSError, AssertionError) as broken:
            raise VoiceFailed("died") from broken
        sound, rate_hz = verified(self._answer(self._limit_seconds(request.text)), request.text)
        self._failures = 0
        return sound, rate_hz

    def _answer(self, seconds: float) -> bytes:
        pipe = self._pipe
        try:
            if pipe is None or not pipe.poll(seconds):
                raise VoiceFailed("stuck")
            answer = pipe.recv()
        except (EOFError, OSError) as broken:
            raise VoiceFailed("died") from broken
        if isinstance(answer, str):
            raise VoiceFailed(answer)
        return answer if isinstance(answer, bytes) else b""

    def _failed(self) -> None:
        """Rest before the next try, twice as long every time."""
        self._failures += 1
        self._not_before = self._clock() + min(2.0**self._failures, LONGEST_BACK_OFF_SECONDS)

    def _end(self) -> None:
        with self._guard:
            if self._process:
                self._process.kill()  # a stopped process does not hear anything milder
                self._process.join()
                self._process.close()
                self._process = None
            if self._pipe:
                self._pipe.close()
                self._pipe = None
            if self._folder:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None


def verified(wav: bytes, text: str) -> tuple[Sound, int]:
    """The sound, if that can be this text: no broken file, no silence, no impossible length. Raises VoiceFailed."""
    try:
        sound, rate_hz = from_wav(wav)
    except soundfile.LibsndfileError as broken:
        raise VoiceFailed("no sound file") from broken
    seconds, characters = sound.size / rate_hz, len(re.findall(r"\w", text))
    if sound.ndim != 1 or not 0.03 * characters <= seconds <= 3 + 1.2 * len(text):
        raise VoiceFailed("impossible length")
    if float(np.abs(sound).max(initial=0)) < _SILENT:
        raise VoiceFailed("silence")
    return sound, rate_hz
