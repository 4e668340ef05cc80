import numpy as np
import pytest

from bot.speech.audio.resample import Resampler, decode_mulaw, encode_mulaw, resample

pytestmark = pytest.mark.unit

DITHER = 3
"""soxr rounds to 16 bits with a little random noise."""


def tone(hertz: float, rate: int, seconds: float = 1.0, loud: float = 0.5) -> bytes:
    time = np.arange(int(rate * seconds)) / rate
    return np.round(np.sin(2 * np.pi * hertz * time) * loud * 32767).astype(np.int16).tobytes()


def loudest_hertz(pcm: bytes, rate: int) -> float:
    samples = np.frombuffer(pcm, np.int16).astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * rate / len(samples))


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 24000, 44100, 48000])
def test_length_and_pitch_stay(rate: int) -> None:
    heard = resample(tone(440, rate), rate, 16000)
    assert len(heard) / 2 == pytest.approx(16000, abs=2)
    assert loudest_hertz(heard, 16000) == pytest.approx(440, abs=2)


def test_what_sixteen_kilohertz_cannot_carry_is_removed_and_not_folded_back() -> None:
    heard = np.frombuffer(resample(tone(15000, 48000), 48000, 16000), np.int16)
    assert np.abs(heard[800:-800].astype(int)).max() < 50


def test_pieces_give_the_same_sound_as_the_whole() -> None:
    sound = tone(300, 8000)
    resampler = Resampler(8000, 16000)
    pieces = [resampler.feed(sound[at : at + 320]) for at in range(0, len(sound), 320)]
    streamed = np.frombuffer(b"".join(pieces) + resampler.flush(), np.int16).astype(int)
    whole = np.frombuffer(resample(sound, 8000, 16000), np.int16).astype(int)
    assert len(streamed) == len(whole)
    assert np.abs(streamed - whole).max() <= DITHER


@pytest.mark.parametrize("rate", [8000, 16000])
def test_a_piece_may_end_within_a_sample(rate: int) -> None:
    sound = tone(300, rate)
    odd, even = Resampler(rate, 16000), Resampler(rate, 16000)
    in_odd = b"".join(odd.feed(sound[at : at + 333]) for at in range(0, len(sound), 333)) + odd.flush()
    in_even = even.feed(sound) + even.flush()
    assert len(in_odd) == len(in_even)
    assert np.abs(np.frombuffer(in_odd, np.int16).astype(int) - np.frombuffer(in_even, np.int16)).max() <= DITHER


def test_half_a_sample_at_the_very_end_is_dropped() -> None:
    assert resample(b"\1\2\3", 16000, 16000) == b"\1\2"
    assert resample(b"", 8000, 16000) == b""


def test_full_scale_is_clipped_and_never_wraps() -> None:
    square = np.where(np.arange(8000) // 20 % 2, 32767, -32768).astype(np.int16)
    heard = np.frombuffer(resample(square.tobytes(), 8000, 16000), np.int16).astype(int)
    steps = np.repeat(square.astype(int), 2)[: len(heard)]
    settled = np.arange(len(heard)) % 40
    middle = (settled > 10) & (settled < 30)
    assert (np.sign(heard[middle]) == np.sign(steps[middle])).all()


def test_mulaw_has_the_codes_of_the_standard() -> None:
    samples = np.array([0, -1, 32767, -32768, 8, -8], np.int16)
    assert encode_mulaw(samples.tobytes()) == bytes([0xFF, 0x7F, 0x80, 0x00, 0xFE, 0x7E])
    assert np.frombuffer(decode_mulaw(bytes([0xFF, 0x80, 0x00])), np.int16).tolist() == [0, 32124, -32124]


def test_every_mulaw_code_survives_the_way_there_and_back() -> None:
    codes = bytes(code for code in range(256) if code != 0x7F)  # 0x7F is minus zero
    assert encode_mulaw(decode_mulaw(codes)) == codes


def test_mulaw_keeps_speech_within_its_steps() -> None:
    sound = tone(440, 8000)
    back = np.frombuffer(decode_mulaw(encode_mulaw(sound)), np.int16).astype(float)
    original = np.frombuffer(sound, np.int16).astype(float)
    noise = np.sqrt(np.mean((back - original) ** 2)) / np.sqrt(np.mean(original**2))
    assert 20 * np.log10(noise) < -35
