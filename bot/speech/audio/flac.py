"""Recordings made small without loss."""

import io

import numpy as np
import soundfile

from bot.speech.interface import EARS_HZ


def to_flac(pcm: bytes) -> bytes:
    """16 kHz, 16-bit mono PCM as FLAC."""
    written = io.BytesIO()
    soundfile.write(written, np.frombuffer(pcm, dtype="<i2"), EARS_HZ, format="FLAC", subtype="PCM_16")
    return written.getvalue()
