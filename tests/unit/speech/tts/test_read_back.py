"""What is read back to be agreed to leaves a moment before its question. Every phrase lies ready; no engine speaks."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.speech.interface import Manner
from bot.speech.tts.natural_voices import natural_voice
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.phrases import cut
from bot.speech.tts.pyttsx3_voice import BEFORE_AGREEING_SECONDS, Pyttsx3Voice

pytestmark = pytest.mark.unit
READ_BACK = "我念一遍:助餐,明天中午。地点东风社区。确认预约吗?"
HZ = 8000


async def silence_before(path: Path, text: str, *, weighty: bool) -> list[float]:
    """Seconds of silence with which each phrase begins."""
    cache = PhraseCache(path, megabytes=10, secret="s", engine="e", is_fixed=lambda phrase: True)
    for phrase in cut(text, lambda phrase: True):
        cache.keep(phrase, natural_voice("zh", "female"), np.full(24000, 0.3, np.float32))
    processes: Any = None  # nobody renders here
    natural: Any = type("Answers", (), {"count": 1})()
    voice = Pyttsx3Voice(natural=natural, small=processes, cache=cache)
    spoken = [np.frombuffer(piece.audio, "<i2") async for piece in voice.speak(text, Manner(weighty=weighty), HZ)]
    return [float(np.argmax(np.abs(sound) > 100)) / HZ for sound in spoken]


async def test_there_is_a_moment_before_the_question_and_nowhere_else(tmp_path: Path) -> None:
    *before, last = await silence_before(tmp_path, READ_BACK, weighty=True)
    assert max(before) < 0.1
    assert last == pytest.approx(BEFORE_AGREEING_SECONDS, abs=0.05)


async def test_what_is_not_agreed_to_has_none(tmp_path: Path) -> None:
    assert max(await silence_before(tmp_path, READ_BACK, weighty=False)) < 0.1
    assert max(await silence_before(tmp_path, "对就说对。不办就说不办了。", weighty=True)) < 0.1
    assert max(await silence_before(tmp_path, "确认预约吗?", weighty=True)) < 0.1
