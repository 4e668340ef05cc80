"""What an engine made is looked at before anybody hears it; an engine that only fails ends its process."""

import io
import time

import numpy as np
import pytest
import soundfile

from bot.errors import VoiceFailed
from bot.speech.tts.voice_engine import verified
from bot.speech.tts.voice_server import FAILURES, EngineOwner

pytestmark = pytest.mark.unit


class BrokenEngine:
    def __init__(self) -> None:
        self.works = False

    def speak(self, text: str, voice: str, rate: int) -> tuple[bytes, int]:
        if not self.works:
            raise VoiceFailed
        return b"\1\0", 22050


class SlowEngine:
    def speak(self, text: str, voice: str, rate: int) -> tuple[bytes, int]:
        time.sleep(0.5)
        return b"", 22050


def wav(samples: np.ndarray) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, 22050, format="WAV", subtype="PCM_16")
    return file.getvalue()


def test_silence_and_impossible_lengths_are_refused() -> None:
    loud = np.random.default_rng(1).uniform(-0.5, 0.5, 22050).astype(np.float32)
    assert verified(wav(loud), "您好。")[1] == 22050
    for bad, text in [(loud * 0, "您好。"), (loud[:20], "您好。"), (np.tile(loud, 9), "好"), (loud, "好" * 60)]:
        with pytest.raises(VoiceFailed):
            verified(wav(bad), text)
    with pytest.raises(VoiceFailed):
        verified(b"no sound", "您好。")


def test_not_one_bit_of_the_sound_is_changed() -> None:
    samples = np.array([-32768, -12345, -1, 0, 1, 32767] * 4000, np.int16)
    assert verified(wav(samples), "您好。")[0] == samples.tobytes()


async def test_an_engine_that_only_fails_ends_its_process() -> None:
    engine, ends = BrokenEngine(), list[int]()
    owner = EngineOwner(lambda: engine, end_process=ends.append)  # type: ignore[arg-type, return-value]
    for fails in (True, True, False, True, True, True):
        engine.works = not fails
        assert ends == []
        if fails:
            with pytest.raises(VoiceFailed):
                await owner.speak("好", "v", 160)
        else:
            assert await owner.speak("好", "v", 160) == (b"\1\0", 22050)
    assert ends == [1]
    assert FAILURES == 3


async def test_an_engine_that_never_comes_back_ends_its_process() -> None:
    ends = list[int]()
    owner = EngineOwner(SlowEngine, allowed=lambda text: 0.05, end_process=ends.append)  # type: ignore[arg-type]
    await owner.speak("好", "v", 160)
    assert ends == [1]
