"""Residents' voices for the evaluation: Kokoro voices that never speak replies. What was spoken is kept for the next run."""

import hashlib
from functools import cache
from pathlib import Path

import numpy as np

from bot.language.ear import for_ear
from bot.settings import ROOT
from bot.speech.audio.loudness import spoken
from bot.speech.audio.wav import read_wav, write_wav
from bot.speech.interface import EARS_HZ
from bot.speech.tts.kokoro_driver import KOKORO_HZ, KokoroModel, cut_sounds
from bot.speech.tts.pronunciation import Pronunciation
from bot.turns import Language

VOICES: dict[Language, tuple[str, ...]] = {
    "zh": ("zf_xiaoni", "zm_yunyang", "zf_xiaobei", "zm_yunjian"),
    "en": ("bf_emma", "bm_george"),
}
SLOWER = 0.85
"""How people speak who are asked to say it again."""
BEFORE, AFTER = 0.3, 0.4
"""Seconds of silence around what is said."""


class Callers:
    def __init__(self, cache_folder: Path) -> None:
        self.folder = cache_folder
        cache_folder.mkdir(parents=True, exist_ok=True)

    def say(self, text: str, language: Language, number: int, *, slowly: bool = False) -> tuple[str, bytes]:
        """The caller's name and 16 kHz PCM; the number chooses the caller."""
        voices = VOICES[language]
        voice = voices[number % len(voices)]
        told = for_ear(text, language)
        file = self.folder / f"{hashlib.sha256(f'{voice} {told}'.encode()).hexdigest()[:20]}.wav"
        if not file.exists():
            file.write_bytes(write_wav(_rendered(told, voice, language), KOKORO_HZ))
        sound = np.frombuffer(read_wav(file.read_bytes()).pcm, "<i2").astype(np.float32) / np.float32(32768)
        pcm = spoken(sound, KOKORO_HZ, EARS_HZ, rate=SLOWER if slowly else 1.0, volume=1.0)
        return voice, bytes(2 * int(BEFORE * EARS_HZ)) + pcm + bytes(2 * int(AFTER * EARS_HZ))


@cache
def _kokoro() -> tuple[KokoroModel, Pronunciation]:
    return KokoroModel(ROOT / "models" / "kokoro", threads=2), Pronunciation()


def _rendered(text: str, voice: str, language: Language) -> bytes:
    model, pronunciation = _kokoro()
    sounds = pronunciation.of(text, language, british=voice[0] == "b")
    whole = np.concatenate([model.run(piece, voice) for piece in cut_sounds(sounds)])
    level = float(np.abs(whole).max()) or 1.0
    return (whole / level * 16000).astype("<i2").tobytes()
