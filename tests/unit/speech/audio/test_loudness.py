"""Equal loudness, slower without a lower voice, louder without distortion."""

import numpy as np
import pytest

from bot.speech.audio.loudness import SPOKEN_LEVEL, Sound, levelled, limited, spoken, spoken_level, stretched, trimmed

pytestmark = pytest.mark.unit

HZ = 24000


def tone(loudness: float = 0.3, seconds: float = 2.0, pitch: float = 220.0) -> Sound:
    return (loudness * np.sin(2 * np.pi * pitch * np.arange(int(HZ * seconds)) / HZ)).astype(np.float32)


def pitch_of(sound: Sound, rate_hz: int) -> float:
    middle = sound[sound.size // 4 : -sound.size // 4]
    strength = np.abs(np.fft.rfft(middle * np.hanning(middle.size)))
    return float(np.argmax(strength) * rate_hz / middle.size)


@pytest.mark.parametrize("rate", [0.5, 0.7, 0.85, 1.15, 1.5])
def test_slower_lasts_longer_at_the_same_pitch(rate: float) -> None:
    slow = stretched(tone(), HZ, rate)
    assert slow.size / HZ == pytest.approx(2.0 / rate, rel=0.01)
    assert pitch_of(slow, HZ) == pytest.approx(220, rel=0.02)


@pytest.mark.parametrize("loudness", [0.02, 0.3, 0.9])
def test_every_voice_is_equally_loud(loudness: float) -> None:
    assert spoken_level(levelled(tone(loudness)), 240) == pytest.approx(SPOKEN_LEVEL, rel=0.03)


def test_pauses_do_not_count_for_loudness() -> None:
    with_pause = np.concatenate([tone(), np.zeros(HZ * 5, np.float32)])
    assert spoken_level(with_pause, 240) == pytest.approx(spoken_level(tone(), 240), rel=0.02)


def test_silence_stays_silence() -> None:
    assert not levelled(np.zeros(HZ, np.float32)).any()
    assert not spoken(np.zeros(0, np.float32), HZ, 8000)


def test_loud_is_never_clipped() -> None:
    loud = limited(tone(0.9) * np.float32(4))
    assert np.abs(loud).max() < 1
    strength = np.abs(np.fft.rfft(loud * np.hanning(loud.size)))
    assert strength[3 * 440] < 0.001 * strength.max()  # a clipped tone would have its third overtone
    assert np.array_equal(limited(tone(0.6)), tone(0.6))


def test_a_single_peak_turns_down_its_surroundings_only() -> None:
    sound = tone(0.5)
    sound[24000] = 3.0
    made = limited(sound)
    assert np.abs(made).max() < 1
    assert np.array_equal(made[:20000], sound[:20000])
    assert np.array_equal(made[-20000:], sound[-20000:])


@pytest.mark.parametrize("rate_hz", [8000, 16000, 22050, 24000])
def test_the_rate_that_was_asked_for(rate_hz: int) -> None:
    pcm = spoken(tone(), HZ, rate_hz)
    assert len(pcm) / 2 / rate_hz == pytest.approx(2.0, abs=0.01)
    assert pitch_of(np.frombuffer(pcm, "<i2").astype(np.float32), rate_hz) == pytest.approx(220, rel=0.02)


def test_twice_the_volume_is_twice_as_loud_until_the_limit() -> None:
    quiet, loud = (np.frombuffer(spoken(tone(0.15), HZ, HZ, volume=v), "<i2") for v in (1.0, 2.0))
    assert np.abs(loud).max() == pytest.approx(2 * np.abs(quiet).max(), rel=0.01)


def test_silence_around_is_cut_to_a_small_pause() -> None:
    sound = np.concatenate([np.zeros(HZ, np.float32), tone(seconds=1.0), np.zeros(HZ, np.float32)])
    assert trimmed(sound, HZ, before=0.05, after=0.2).size / HZ == pytest.approx(1.25, abs=0.02)
    assert trimmed(tone(seconds=1.0), HZ, after=0.3).size / HZ == pytest.approx(1.3, abs=0.02)
