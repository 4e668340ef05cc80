"""Other rates to and from 16 kHz, and the telephone's mu-law. How this is done decides how well a call is understood."""

import numpy as np
import soxr
from numpy.typing import NDArray


def resample(pcm: bytes, from_hz: int, to_hz: int) -> bytes:
    """The same sound at another rate; 16-bit mono PCM. Half a sample at the end is dropped."""
    resampler = Resampler(from_hz, to_hz)
    return resampler.feed(pcm) + resampler.flush()


class Resampler:
    """The same for a stream: pieces of any length, even ones that end within a sample."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._stream = None if from_hz == to_hz else soxr.ResampleStream(from_hz, to_hz, 1, dtype="int16")
        self._spare = b""

    def feed(self, pcm: bytes) -> bytes:
        """What is ready so far; some 20 ms stay inside until more comes."""
        pcm = self._spare + pcm
        whole = len(pcm) // 2 * 2
        pcm, self._spare = pcm[:whole], pcm[whole:]
        return self._pass_on(pcm, last=False)

    def flush(self) -> bytes:
        """The rest. Nothing can be fed afterwards."""
        self._spare = b""
        return self._pass_on(b"", last=True)

    def _pass_on(self, pcm: bytes, *, last: bool) -> bytes:
        if self._stream is None:
            return pcm
        samples: NDArray[np.int16] = self._stream.resample_chunk(np.frombuffer(pcm, np.int16), last=last)
        return samples.tobytes()


# ITU-T G.711, mu-law: sign, three bits of segment, four bits of step, all inverted; 14 of 16 bits are kept.
_BIAS, _LOUDEST = 0x84, 32635


def encode_mulaw(pcm: bytes) -> bytes:
    """One byte per sample, as a telephone line carries it."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], np.int16).astype(np.int32)
    sign = np.where(samples < 0, 0x80, 0)
    size = np.minimum(np.abs(samples), _LOUDEST) + _BIAS
    segment = np.floor(np.log2(size)).astype(np.int32) - 7
    step = (size >> (segment + 3)) & 0x0F
    codes: NDArray[np.uint8] = (~(sign | (segment << 4) | step) & 0xFF).astype(np.uint8)
    return codes.tobytes()


def decode_mulaw(line: bytes) -> bytes:
    """16-bit PCM from a telephone line's bytes."""
    code = ~np.frombuffer(line, np.uint8).astype(np.int32) & 0xFF
    size = (((code & 0x0F) << 3) + _BIAS << ((code >> 4) & 0x07)) - _BIAS
    samples: NDArray[np.int16] = np.where(code & 0x80, -size, size).astype(np.int16)
    return samples.tobytes()
