"""WAV files in and out. What comes from outside may be broken, huge, or no sound at all."""

import io
import re
import wave
from dataclasses import dataclass

import numpy as np

from bot.errors import AudioTooLong, BadAudio, UnknownAudio

SLOWEST_HZ, FASTEST_HZ = 8000, 48000
LONGEST_SECONDS = 60
WAV_FAMILY = frozenset({"WAV", "WAVEX", "RF64", "W64"})
MAGIC = re.compile(rb"(RIFF|RIFX|RF64)(.{4}WAVE|.{0,7}\Z)|riff", re.DOTALL)
"""How a WAV file begins, be it cut off within the first twelve bytes."""


@dataclass(frozen=True)
class Sound:
    pcm: bytes
    """16-bit mono."""
    rate_hz: int

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.rate_hz


def read_wav(file: bytes) -> Sound:
    """The sound of a WAV file of any usual coding, mixed to one channel; of a truncated file, what is there.

    Raises UnknownAudio for anything that is no WAV, BadAudio for a broken or empty one or one outside 8 to 48 kHz or with
    more than two channels, AudioTooLong beyond 60 s.
    """
    import soundfile

    if not file:
        raise BadAudio("empty")
    if not MAGIC.match(file):
        raise UnknownAudio("no WAV")
    try:
        with soundfile.SoundFile(io.BytesIO(file)) as opened:
            if opened.format not in WAV_FAMILY:
                raise UnknownAudio("no WAV")
            rate = opened.samplerate
            if not SLOWEST_HZ <= rate <= FASTEST_HZ:
                raise BadAudio("rate")
            if opened.channels > 2:
                raise BadAudio("channels")
            # Never trust the header's length: read no more than one frame over the limit.
            samples = opened.read(LONGEST_SECONDS * rate + 1, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError) as error:
        raise BadAudio("unreadable") from error
    if len(samples) > LONGEST_SECONDS * rate:
        raise AudioTooLong
    if not len(samples):
        raise BadAudio("no sound inside")
    return Sound(_whole_numbers(samples), rate)


def _whole_numbers(samples: np.ndarray) -> bytes:
    mono = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float64).mean(axis=1)
    loudest = float(np.abs(mono).max())
    if loudest > 1.0:  # a float file may use any scale
        mono /= loudest
    return np.asarray(np.round(mono * 32767), np.int16).tobytes()


def write_wav(pcm: bytes, rate_hz: int) -> bytes:
    """A mono 16-bit WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm[: len(pcm) // 2 * 2])
    return buffer.getvalue()
