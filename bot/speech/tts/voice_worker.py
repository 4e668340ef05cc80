"""The process that holds one pyttsx3 engine and speaks one request at a time. It ends when its parent does."""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

Engine = Literal["kokoro", "espeak"]
PRIMING_SECONDS = 20


@dataclass(frozen=True)
class WorkerSetup:
    """What a worker needs to start."""

    engine: Engine
    folder: Path
    """Its own, for files of the moment; gone when it ends."""
    models: Path | None = None
    """Of Kokoro."""
    espeak_data: Path | None = None
    """Other than the wheel's own."""
    word_cache: Path | None = None
    threads: int = 2
    in_background: bool = False
    """Its work must not slow anything else."""


@dataclass(frozen=True)
class Spoken:
    """A request: words, and how."""

    text: str
    voice: str
    rate: int
    """Words a minute."""


def serve(pipe: Connection, setup: WorkerSetup) -> None:
    """Answers True when ready; then a WAV file's bytes for every request, or the name of what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _be_silent()
    if setup.in_background:
        os.setpriority(os.PRIO_PROCESS, 0, 19)
    tempfile.tempdir = str(setup.folder)
    with contextlib.suppress(EOFError, OSError):
        try:
            engine = _engine(setup)
        except Exception as error:
            pipe.send(type(error).__name__)
            return
        pipe.send(True)
        while True:
            request: Spoken = pipe.recv()
            try:
                pipe.send(_speak(engine, request, setup.folder / "speech.wav"))
            except Exception as error:
                pipe.send(type(error).__name__)
    shutil.rmtree(setup.folder, ignore_errors=True)  # the parent is gone


def _be_silent() -> None:
    """pyttsx3 prints; the libraries under it too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115


def _engine(setup: WorkerSetup) -> Any:
    from bot.speech.tts import espeak

    espeak.prepare(setup.espeak_data)
    if setup.engine == "kokoro":
        from bot.speech.tts import kokoro_driver

        assert setup.models
        kokoro_driver.register(setup.models, threads=setup.threads, word_cache=setup.word_cache)
    import pyttsx3

    engine = pyttsx3.init(setup.engine)
    _prime(engine, setup.folder / "first.wav")
    return engine


def _prime(engine: Any, file: Path) -> None:
    """The first run of espeak's driver returns before it has spoken, and would end the second one too early."""
    finished = threading.Event()
    told = engine.connect("finished-utterance", lambda name, completed: finished.set())
    engine.save_to_file("好", str(file))
    engine.runAndWait()
    if not finished.wait(PRIMING_SECONDS):
        raise TimeoutError
    engine.disconnect(told)
    time.sleep(0.2)  # its thread has two more steps to do, which it does not tell
    file.unlink()


def _speak(engine: Any, request: Spoken, file: Path) -> bytes:
    errors: list[Exception] = []
    told = engine.connect("error", lambda name, exception: errors.append(exception))
    try:
        if engine.getProperty("voice") != request.voice:
            engine.setProperty("voice", request.voice)
        engine.setProperty("rate", request.rate)
        file.unlink(missing_ok=True)
        engine.save_to_file(request.text, str(file))
        engine.runAndWait()
    finally:
        engine.disconnect(told)
    if errors:
        raise errors[0]
    if engine.getProperty("voice") != request.voice:  # an unknown voice is ignored without a word
        raise LookupError
    return file.read_bytes()
