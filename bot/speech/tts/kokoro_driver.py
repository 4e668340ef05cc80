"""Kokoro, the natural voice, as a driver of pyttsx3: `register()`, then `pyttsx3.init("kokoro")` as usual.

Rates are words a minute as everywhere in pyttsx3; NATURAL_RATE is the voice's own speed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import types
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pyttsx3.voice import Voice as VoiceDescription

from bot.speech.audio.loudness import Sound, levelled, spoken, trimmed
from bot.speech.tts.pronunciation import Pronunciation
from bot.turns import Language

KOKORO_HZ = 24000
NATURAL_RATE = 200
LONGEST_PIECE = 400
"""Sounds in one run of the model; it takes 510, and reads shorter pieces better."""
_LANGUAGES: dict[str, Language] = {"z": "zh", "a": "en", "b": "en"}
_CODES = {"z": "zh-CN", "a": "en-US", "b": "en-GB"}
AFTER_SENTENCE, AFTER_CLAUSE = 0.4, 0.2
"""Seconds of pause."""


def register(models: Path, *, threads: int = 2, word_cache: Path | None = None) -> None:
    """Make `pyttsx3.init("kokoro")` speak with the model in this folder."""
    module = types.ModuleType("pyttsx3.drivers.kokoro")
    module.buildDriver = lambda proxy: KokoroDriver(proxy, models, threads, word_cache)  # type: ignore[attr-defined]
    sys.modules["pyttsx3.drivers.kokoro"] = module


class KokoroDriver:
    """What pyttsx3 asks of a driver. Speaking is synchronous: a command has ended when its call returns."""

    def __init__(self, proxy: Any, models: Path, threads: int, word_cache: Path | None) -> None:
        self._proxy = proxy
        self._model = KokoroModel(models, threads)
        self._pronunciation = Pronunciation(word_cache)
        self._voices = [_described(name) for name in self._model.voices]
        self._properties: dict[str, Any] = {"voice": self._voices[0].id, "rate": NATURAL_RATE, "volume": 1.0}
        self._looping = False
        self._stopping = False

    def destroy(self) -> None:
        self._looping = False

    def getProperty(self, name: str) -> Any:
        if name == "voices":
            return self._voices
        return self._properties[name]

    def setProperty(self, name: str, value: Any) -> None:
        """Raises KeyError for an unknown property and ValueError for a value that cannot be."""
        if name not in self._properties:
            raise KeyError(f"unknown property {name}")
        if name == "voice":
            if value not in self._model.voices:
                raise ValueError("unknown voice")
        else:
            lowest, highest = (60, 400) if name == "rate" else (0.0, 2.0)
            value = min(highest, max(lowest, float(value)))
        self._properties[name] = value

    def save_to_file(self, text: str, filename: str) -> None:
        with self._utterance():
            pcm = self._render(text)
            with Path(filename).open("wb") as opened, wave.open(opened) as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(KOKORO_HZ)
                file.writeframes(pcm)

    def say(self, text: str) -> None:
        """Raises RuntimeError where no player for sound files is installed."""
        player = shutil.which("paplay") or shutil.which("aplay")
        if player is None:
            raise RuntimeError("neither paplay nor aplay is installed")
        handle, name = tempfile.mkstemp(suffix=".wav")
        os.close(handle)
        try:
            self.save_to_file(text, name)
            subprocess.run([player, name], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finally:
            Path(name).unlink()

    def startLoop(self) -> None:
        """Do what is queued; pyttsx3 ends the loop by its last command."""
        self._looping = True
        self._proxy.setBusy(False)

    def endLoop(self) -> None:
        self._looping = False

    def iterate(self) -> Iterator[None]:
        """For programs with a loop of their own."""
        self._proxy.setBusy(False)
        while True:
            yield

    def stop(self) -> None:
        """End the utterance after the piece that is being rendered."""
        self._stopping = True

    def _utterance(self) -> "_Utterance":
        self._stopping = False
        return _Utterance(self._proxy)

    def _render(self, text: str) -> bytes:
        name = self._properties["voice"]
        sounds = self._pronunciation.of(text, _LANGUAGES[name[0]], british=name[0] == "b")
        pieces: list[Sound] = []
        for piece in cut_sounds(sounds):
            if self._stopping:
                break
            pause = AFTER_SENTENCE if piece[-1] in ".!?" else AFTER_CLAUSE
            pieces.append(trimmed(self._model.run(piece, name), KOKORO_HZ, after=pause))
        whole = levelled(np.concatenate(pieces)) if pieces else np.zeros(0, np.float32)
        rate = self._properties["rate"] / NATURAL_RATE
        return spoken(whole, KOKORO_HZ, KOKORO_HZ, rate=rate, volume=self._properties["volume"])


class _Utterance:
    """Tells pyttsx3 when an utterance begins and ends, also when it fails."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy

    def __enter__(self) -> None:
        self._proxy.setBusy(True)
        self._proxy.notify("started-utterance")

    def __exit__(self, kind: object, *_rest: object) -> None:
        self._proxy.notify("finished-utterance", completed=kind is None)
        if kind is None:
            self._proxy.setBusy(False)  # and the next command starts, inside this call
        else:
            self._proxy._busy = False  # the loop that called goes on by itself, after it has told of the error


class KokoroModel:
    """Sounds to sound."""

    def __init__(self, models: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # the cores are shared
        self._session = onnxruntime.InferenceSession(
            str(models / "kokoro.onnx"), options, providers=["CPUExecutionProvider"]
        )
        vocabulary = json.loads((models / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        self._numbers: dict[str, int] = {sound: number for sound, number in vocabulary.items() if len(sound) == 1}
        self._styles = {
            path.stem: np.fromfile(path, "<f4").reshape(-1, 1, 256)
            for path in sorted((models / "voices").glob("*.bin"))
        }
        self.voices = [name for name in self._styles if name[0] in _LANGUAGES]
        if not self.voices:
            raise FileNotFoundError("no voices")

    def run(self, sounds: str, voice: str) -> Sound:
        """One piece, 24 kHz. Sounds that the model does not know are left out."""
        numbers = [self._numbers[sound] for sound in sounds if sound in self._numbers]
        style = self._styles[voice]
        given = {
            "input_ids": np.array([[0, *numbers, 0]], np.int64),
            "style": style[min(len(numbers), len(style) - 1)],
            "speed": np.ones(1, np.float32),
        }
        return np.asarray(self._session.run(None, given)[0], np.float32).reshape(-1)


def cut_sounds(sounds: str) -> list[str]:
    """Pieces short enough for the model, cut at the end of a sentence, else at a comma, else between words."""
    pieces: list[str] = []
    rest = sounds.strip()
    while len(rest) > LONGEST_PIECE:
        window = rest[:LONGEST_PIECE]
        ends = [[match.end() for match in re.finditer(pattern, window)] for pattern in (r"[.!?;]\s", r"[,:]\s", r"\s")]
        end = next((found[-1] for found in ends if found), LONGEST_PIECE)
        pieces.append(rest[:end].strip())
        rest = rest[end:].strip()
    pieces.append(rest)
    return [piece for piece in pieces if re.search(r"\w", piece)]


def _described(name: str) -> VoiceDescription:
    gender = "female" if name[1] == "f" else "male"
    return VoiceDescription(name, name[3:].capitalize(), [_CODES[name[0]]], gender, None)
