"""The real ears, loaded once, and real recordings for them to hear."""

import csv
import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.speech.audio.wav import read_wav
from bot.speech.stt.ears import Ears
from bot.speech.stt.vosk_recogniser import VoskRecogniser

AUDIO = ROOT / "evaluation" / "audio"
NOT_WRITTEN_DOWN = "TBD"
"""Where its publisher has not told what is said."""


@dataclass(frozen=True)
class Recording:
    """Somebody reading aloud; evaluation/audio/NOTICE.md says who published it."""

    path: Path
    language: str
    said: str

    @property
    def wav(self) -> bytes:
        return self.path.read_bytes()

    @property
    def pcm(self) -> bytes:
        """16 kHz."""
        return read_wav(self.wav).pcm


def recordings(language: str, *, only_written_down: bool = True) -> list[Recording]:
    with (AUDIO / "manifest.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return [
            Recording(AUDIO / row["file"], row["language"], row["transcript"])
            for row in rows
            if row["language"] == language and not (only_written_down and row["transcript"] == NOT_WRITTEN_DOWN)
        ]


@pytest.fixture(scope="session")
def chinese() -> list[Recording]:
    """Eight short sentences."""
    return recordings("zh")[:8]


@pytest.fixture(scope="session")
def english() -> Recording:
    return recordings("en")[0]


@pytest.fixture(scope="session")
def shared_recogniser() -> VoskRecogniser:
    return VoskRecogniser(ROOT / "models" / "vosk", listeners=12)


@pytest.fixture
def recogniser(shared_recogniser: VoskRecogniser) -> Iterator[VoskRecogniser]:
    """Nobody may still be listening after a test.

    Kaldi adds a little noise to every sound, out of the C library's chance, and so a doubtful word depends on all that was
    heard before. Each test hears the same noise.
    """
    ctypes.CDLL(None).srand(1)
    yield shared_recogniser
    assert shared_recogniser.active == 0


@pytest.fixture
def ears(recogniser: VoskRecogniser) -> Ears:
    return Ears(recogniser, ROOT / "models")
