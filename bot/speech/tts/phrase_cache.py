"""Rendered phrases: fixed ones on disk, shared by all processes; all others for a few minutes in memory.

What a resident said, or what concerns one resident, is never written: only phrases that the caller knows to be fixed.
"""

import contextlib
import hashlib
import hmac
import io
import logging
import os
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from bot.speech.audio.loudness import Sound

log = logging.getLogger(__name__)
MEMORY_BYTES = 32_000_000
MEMORY_SECONDS = 300.0
_LOOK_AGAIN_AFTER = 100
"""Other processes write too: after so many phrases the folder is measured anew."""


class PhraseCache:
    def __init__(
        self,
        folder: Path,
        *,
        megabytes: float,
        secret: str,
        engine: str,
        is_fixed: Callable[[str], bool],
        rate_hz: int = 24000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`engine` names voice software and model, so that a new one never plays an old one's phrases.

        `secret` keys the names of the files: they do not tell what is in them.
        """
        self._folder = folder
        self._most = int(megabytes * 1_000_000)
        self._secret = secret.encode()
        self._engine = engine
        self.is_fixed = is_fixed
        self._rate_hz = rate_hz
        self._memory = _Memory(clock)
        self._guard = threading.Lock()
        self._size: int | None = None
        self._written = 0

    def find(self, text: str, voice: str) -> Sound | None:
        """The phrase in the voice's natural rate; None when it has to be rendered."""
        if not self.is_fixed(text):
            return self._memory.find((text, voice))
        path = self._path(text, voice)
        try:
            sound, rate_hz = soundfile.read(str(path), dtype="float32")
            if rate_hz != self._rate_hz or sound.ndim != 1 or not sound.size:
                return None
            os.utime(path)
        except (soundfile.LibsndfileError, OSError):
            return self._memory.find((text, voice))  # where the disk could not be written
        return np.asarray(sound, np.float32)

    def has(self, text: str, voice: str) -> bool:
        """Without reading it."""
        if self.is_fixed(text) and self._path(text, voice).exists():
            return True
        return self._memory.find((text, voice)) is not None

    def keep(self, text: str, voice: str, sound: Sound) -> None:
        """A disk that cannot be written is logged, and memory serves instead."""
        if not self.is_fixed(text):
            self._memory.keep((text, voice), sound)
            return
        try:
            self._write(self._path(text, voice), sound)
        except (OSError, soundfile.LibsndfileError) as error:
            log.warning("the phrase cache cannot be written: %s", type(error).__name__)
            self._memory.keep((text, voice), sound)

    def _path(self, text: str, voice: str) -> Path:
        name = "\n".join((self._engine, voice, text))
        key = hmac.new(self._secret, name.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:40]
        return self._folder / key[:2] / f"{key}.flac"

    def _write(self, path: Path, sound: Sound) -> None:
        flac = io.BytesIO()
        soundfile.write(flac, sound, self._rate_hz, format="FLAC", subtype="PCM_16")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(flac.getvalue())
            os.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        self._bound(flac.getbuffer().nbytes)

    def _bound(self, added: int) -> None:
        """Over the bound, the phrases that nobody heard for longest go, until a tenth is free."""
        with self._guard:
            self._written += 1
            self._size = None if self._size is None else self._size + added
            if self._size is not None and self._size <= self._most and self._written % _LOOK_AGAIN_AFTER:
                return
            files = sorted(self._files())
            self._size = sum(size for _, size, _ in files)
            if self._size <= self._most:
                return
            for _, size, path in files:
                if self._size <= 0.9 * self._most:
                    break
                with contextlib.suppress(OSError):
                    os.unlink(path)
                self._size -= size

    def _files(self) -> list[tuple[float, int, str]]:
        """Last use, size and path of every phrase. Half-written files of a process that died go."""
        found = []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                if path.suffix == ".flac":
                    found.append((status.st_mtime, status.st_size, str(path)))
                elif path.name.startswith(".new-") and time.time() - status.st_mtime > 60:
                    path.unlink()
        return found


class _Memory:
    """A few minutes of phrases that are not fixed: for “please repeat”, and for the next rate or volume."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, Sound]] = OrderedDict()
        self._bytes = 0
        self._guard = threading.Lock()

    def find(self, key: tuple[str, str]) -> Sound | None:
        with self._guard:
            self._forget()
            kept = self._kept.get(key)
            return kept[1] if kept else None

    def keep(self, key: tuple[str, str], sound: Sound) -> None:
        with self._guard:
            if old := self._kept.pop(key, None):
                self._bytes -= old[1].nbytes
            self._kept[key] = (self._clock(), sound)
            self._bytes += sound.nbytes
            self._forget()

    def _forget(self) -> None:
        oldest = self._clock() - MEMORY_SECONDS
        while self._kept and (self._bytes > MEMORY_BYTES or next(iter(self._kept.values()))[0] < oldest):
            self._bytes -= self._kept.popitem(last=False)[1][1].nbytes
