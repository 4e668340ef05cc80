"""The same sound over a telephone line, or in a room where others speak."""

import random
from collections.abc import Sequence

import numpy as np

from bot.speech.audio.resample import decode_mulaw, encode_mulaw, resample
from bot.speech.interface import EARS_HZ

CONDITIONS = ("clean", "telephone", "babble 20 dB", "babble 10 dB", "babble 5 dB")
SPEAKERS = 6
LINE_HZ = 8000


def heard_as(pcm: bytes, condition: str, others: Sequence[bytes], chance: random.Random) -> bytes:
    """16 kHz PCM under one of the CONDITIONS; `others` are the people who speak in the background."""
    if condition == "clean":
        return pcm
    if condition == "telephone":
        line = encode_mulaw(resample(pcm, EARS_HZ, LINE_HZ))
        return resample(decode_mulaw(line), LINE_HZ, EARS_HZ)
    return with_noise(pcm, babble(others, len(pcm) // 2, chance), float(condition.split()[1]))


def babble(others: Sequence[bytes], samples: int, chance: random.Random) -> np.ndarray:
    """Some people at once, equally loud, each from anywhere in what they say."""
    mixed = np.zeros(samples)
    for pcm in chance.sample(list(others), min(SPEAKERS, len(others))):
        one = np.frombuffer(pcm, "<i2").astype(float)
        row = np.resize(np.roll(one, chance.randrange(max(1, len(one)))), samples)
        mixed += row / loudness(row)
    return mixed


def with_noise(pcm: bytes, noise: np.ndarray, decibels: float) -> bytes:
    """The noise is so many decibels below the speech, pauses not counted."""
    speech = np.frombuffer(pcm, "<i2").astype(float)
    spoken = speech[np.abs(speech) > 0.02 * np.abs(speech).max()]
    share = loudness(spoken) * 10 ** (-decibels / 20) / loudness(noise)
    return np.clip(speech + share * noise, -32768, 32767).astype("<i2").tobytes()


def loudness(sound: np.ndarray) -> float:
    return float(np.sqrt((sound**2).mean())) or 1.0
