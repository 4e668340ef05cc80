"""One engine of pyttsx3 with everything around it that it needs: the voice of a process. Used by one thread."""

import os
import re
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile

from bot.errors import VoiceFailed
from bot.speech.audio.loudness import from_wav

EngineName = Literal["kokoro", "espeak"]
SPEAKING_SECONDS = 20.0
"""After pyttsx3 has returned; more than enough."""
_SILENT = 0.003
"""A peak below it is silence."""


@dataclass(frozen=True)
class EngineSetup:
    """What an engine needs to start."""

    name: EngineName
    folder: Path
    """Its own, for files of the moment."""
    models: Path | None = None
    """Of Kokoro."""
    espeak_data: Path | None = None
    """Other than the wheel's own."""
    word_cache: Path | None = None
    threads: int = 2


class VoiceEngine:
    """Speaks one text at a time, into memory. Whoever uses it must be silent (`be_silent`): the libraries print."""

    def __init__(self, setup: EngineSetup) -> None:
        """Raises VoiceFailed, whose text tells an operator what is missing."""
        self._file = setup.folder / "speech.wav"
        try:
            for folder in (setup.folder, setup.word_cache or setup.folder):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            tempfile.tempdir = str(setup.folder)
            self._engine, self._settle = _loaded(setup)
            _say(self._engine, "好", self._file, SPEAKING_SECONDS)  # the first time takes longest
            self._settle()
        except Exception as error:
            raise VoiceFailed(_what_is_wrong(setup, error)) from error

    def speak(self, text: str, voice: str, rate: int) -> tuple[bytes, int]:
        """16-bit mono PCM and its rate; `rate` is in words a minute. Raises VoiceFailed, whose text holds no words."""
        try:
            wav = self._speak(text, voice, rate)
        except Exception as error:
            raise VoiceFailed(type(error).__name__) from error
        finally:
            self._file.unlink(missing_ok=True)  # what residents are told does not stay on any disk
        return verified(wav, text)

    def _speak(self, text: str, voice: str, rate: int) -> bytes:
        self._set("voice", voice)
        self._set("rate", rate)
        _say(self._engine, text, self._file, SPEAKING_SECONDS)
        self._settle()
        return self._file.read_bytes()

    def _set(self, name: str, value: object) -> None:
        """Past pyttsx3's queue, which may be emptied before its turn comes. An unknown voice is ignored by eSpeak."""
        if self._engine.getProperty(name) != value:
            self._engine.proxy._driver.setProperty(name, value)
            self._settle()
            if self._engine.getProperty(name) != value:
                raise LookupError


def _say(engine: Any, text: str, file: Path, seconds: float) -> None:
    """Into the file. Raises TimeoutError when it is not finished in so many seconds."""
    finished, errors = threading.Event(), list[Exception]()
    tokens = [
        engine.connect("finished-utterance", lambda name, completed: finished.set()),
        engine.connect("error", lambda name, exception: errors.append(exception)),
    ]
    try:
        engine.save_to_file(text, str(file))
        engine.runAndWait()
        if not errors and not finished.wait(seconds):  # eSpeak's driver may return before it has spoken
            raise TimeoutError
    finally:
        for token in tokens:
            engine.disconnect(token)
    if errors:
        raise errors[0]


def verified(wav: bytes, text: str) -> tuple[bytes, int]:
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
    return np.round(sound * 32768).clip(-32768, 32767).astype("<i2").tobytes(), rate_hz


def be_silent() -> int:
    """From now on nothing that a library prints reaches the terminal. Returns a descriptor of what was standard error."""
    terminal, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    return terminal


def _what_is_wrong(setup: EngineSetup, error: Exception) -> str:
    if setup.name == "kokoro" and setup.models and not (setup.models / "kokoro.onnx").is_file():
        return f"no model of the natural voice in {setup.models}: run make setup"
    return f"{setup.name} does not start ({type(error).__name__}): run make setup"


def _loaded(setup: EngineSetup) -> tuple[Any, Callable[[], None]]:
    """The engine, and how to wait for what it does after it has finished."""
    from bot.speech.tts import espeak

    espeak.prepare(setup.espeak_data)
    if setup.name == "kokoro":
        from bot.speech.tts import kokoro_driver

        assert setup.models
        kokoro_driver.register(setup.models, threads=setup.threads, word_cache=setup.word_cache)
    import pyttsx3

    return pyttsx3.init(setup.name), espeak.settle if setup.name == "espeak" else lambda: None
