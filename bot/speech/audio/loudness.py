"""Equal loudness, slower without a lower voice, louder without distortion, and the rate that was asked for.

Sound is float32 here, one channel, within -1 and 1.
"""

import io

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from python_stretch.Signalsmith import Stretch

Sound = NDArray[np.float32]
SPOKEN_LEVEL = 0.1
"""Root mean square of the parts where somebody speaks: -20 dB of full scale."""
_QUIET_FRAME = 0.1
"""Frames below this share of the loudest one are pauses."""
_CEILING = 0.97
"""No sample is louder."""


def levelled(sound: Sound) -> Sound:
    """Every voice equally loud. Silence stays silence."""
    level = spoken_level(sound, 240)
    return limited(sound * np.float32(SPOKEN_LEVEL / level)) if level > 1e-4 else sound


def spoken_level(sound: Sound, frame: int) -> float:
    """Root mean square without the pauses."""
    whole = sound[: sound.size // frame * frame].reshape(-1, frame)
    if not whole.size:
        return 0.0
    levels = np.sqrt(np.mean(np.square(whole), axis=1))
    return float(np.sqrt(np.mean(np.square(levels[levels >= _QUIET_FRAME * levels.max()]))))


def limited(sound: Sound, frame: int = 120) -> Sound:
    """Turned down around its peaks, softly and before they come, so that nothing is ever cut off."""
    if not sound.size or float(np.abs(sound).max()) <= _CEILING:
        return sound
    padded = np.pad(np.abs(sound), (0, -sound.size % frame)).reshape(-1, frame)
    gain = np.minimum(1.0, _CEILING / np.maximum(padded.max(axis=1), 1e-6))
    lowest = np.min(np.stack([_shifted(gain, steps) for steps in range(-4, 5)]), axis=0)
    smooth = np.mean(np.stack([_shifted(lowest, steps) for steps in range(-3, 4)]), axis=0)
    middles = np.arange(smooth.size) * frame + frame / 2
    return np.asarray(sound * np.interp(np.arange(sound.size), middles, smooth), np.float32)


def _shifted(values: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """Moved along, with the first or last value repeated."""
    return values[np.clip(np.arange(values.size) + steps, 0, values.size - 1)]


def trimmed(sound: Sound, rate_hz: int, *, before: float = 0.06, after: float) -> Sound:
    """Silence at both ends cut to a small natural pause, in seconds."""
    frame = rate_hz // 100
    whole = np.abs(sound[: sound.size // frame * frame]).reshape(-1, frame).max(axis=1, initial=0)
    loud = np.flatnonzero(whole > max(0.02 * float(whole.max(initial=0)), 1e-4))
    if not loud.size:
        return sound[:0]
    first = max(0, int(loud[0]) * frame - int(before * rate_hz))
    last = (int(loud[-1]) + 1) * frame
    pause = np.zeros(max(0, int(after * rate_hz) - (sound.size - last)), np.float32)
    return np.concatenate([sound[first : last + int(after * rate_hz)], pause])


def stretched(sound: Sound, rate_hz: int, rate: float) -> Sound:
    """`rate` 0.5 takes twice as long; the pitch stays."""
    if abs(rate - 1) < 0.01 or sound.size < rate_hz // 20:
        return sound
    stretch = Stretch(seed=1)
    stretch.preset(1, rate_hz)
    stretch.setTimeFactor(rate)
    result: Sound = np.asarray(stretch.process(sound[None, :]), np.float32)[0]
    return result


def spoken(sound: Sound, from_hz: int, to_hz: int, *, rate: float = 1.0, volume: float = 1.0) -> bytes:
    """PCM in the manner and at the rate that was asked for."""
    sound = stretched(sound, from_hz, rate)
    if from_hz != to_hz:
        sound = soxr.resample(sound, from_hz, to_hz)
    return to_pcm(limited(sound * np.float32(volume)))


def to_pcm(sound: Sound) -> bytes:
    """16-bit little-endian."""
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def from_wav(wav: bytes) -> tuple[Sound, int]:
    """The sound of a file with one channel, and its rate. Raises soundfile.LibsndfileError."""
    sound, rate_hz = soundfile.read(io.BytesIO(wav), dtype="float32")
    return np.asarray(sound, np.float32), int(rate_hz)
