"""The voice of replies: both engines, the cache, and what happens when something is missing or dies."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from bot.errors import VoiceFailed
from bot.settings import ROOT
from bot.speech.interface import Manner, SpokenPhrase
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.pyttsx3_voice import ENGINE, Pyttsx3Voice

pytestmark = [pytest.mark.engines, pytest.mark.asyncio(loop_scope="module")]

FIXED = "您好。"


def voice_in(
    folder: Path, *, models: Path = ROOT / "models" / "kokoro", patience: float = 600, espeak_data: Path | None = None
) -> Pyttsx3Voice:
    cache = PhraseCache(
        folder / "phrases", megabytes=10, secret="s", engine=ENGINE, is_fixed=lambda text: text == FIXED
    )
    return Pyttsx3Voice(
        engine="kokoro",
        models=models,
        cache=cache,
        work=folder / "work",
        espeak_data=espeak_data,
        patience_seconds=patience,
    )


async def said(
    voice: Pyttsx3Voice, text: str, manner: Manner | None = None, rate_hz: int = 16000
) -> list[SpokenPhrase]:
    async with aclosing(voice.speak(text, manner or Manner(), rate_hz)) as phrases:
        return [phrase async for phrase in phrases]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and path.name != "jieba.cache"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def voice(folder: Path) -> AsyncIterator[Pyttsx3Voice]:
    voice = voice_in(folder)
    await voice.start()
    yield voice
    await voice.close()
    assert [path.name for path in (folder / "work").iterdir()] == ["jieba.cache"]


async def test_it_is_ready_and_not_degraded(voice: Pyttsx3Voice) -> None:
    assert await voice.ready()
    assert not voice.degraded()


async def test_a_reply_is_spoken_piece_by_piece(voice: Pyttsx3Voice) -> None:
    phrases = await said(voice, "您好,我想再问您一遍。再见。")
    assert [phrase.text for phrase in phrases] == ["您好,我想再问您一遍。", "再见。"]
    assert all(phrase.natural and len(phrase.audio) > 16000 for phrase in phrases)


async def test_slower_is_longer_by_as_much(voice: Pyttsx3Voice) -> None:
    usual = await said(voice, "好的。")
    slow = await said(voice, "好的。", Manner(rate=0.6))
    assert len(slow[0].audio) == pytest.approx(len(usual[0].audio) / 0.6, rel=0.05)


@pytest.mark.parametrize("rate_hz", [8000, 22050, 24000])
async def test_at_the_rate_that_was_asked_for(voice: Pyttsx3Voice, rate_hz: int) -> None:
    usual = await said(voice, "好的。")
    asked = await said(voice, "好的。", rate_hz=rate_hz)
    assert len(asked[0].audio) / rate_hz == pytest.approx(len(usual[0].audio) / 16000, rel=0.01)


async def test_only_fixed_phrases_reach_the_disk(voice: Pyttsx3Voice, folder: Path) -> None:
    before = files(folder / "phrases")
    await said(voice, "张三好。")
    assert files(folder / "phrases") == before
    await said(voice, FIXED)
    assert len(files(folder / "phrases")) == len(before) + 1


async def test_nothing_to_say_is_no_failure(voice: Pyttsx3Voice) -> None:
    assert await said(voice, "") == []
    silence = await said(voice, "😀👍")
    assert [phrase.text for phrase in silence] == ["😀👍"]
    assert not np.frombuffer(silence[0].audio, "<i2").any()


async def test_killed_in_mid_sentence_it_still_speaks(voice: Pyttsx3Voice) -> None:
    speaking = asyncio.create_task(said(voice, "这句话说到一半。"))
    await asyncio.sleep(0.2)
    process_id = voice.natural_process_id
    assert process_id
    os.kill(process_id, signal.SIGKILL)
    assert "".join(phrase.text for phrase in await speaking) == "这句话说到一半。"
    assert voice.natural_process_id != process_id
    assert not voice.degraded()


async def test_two_callers_who_want_the_same_share_it(voice: Pyttsx3Voice) -> None:
    one, two = await asyncio.gather(said(voice, "请问您几位?"), said(voice, "请问您几位?"))
    assert one == two
    assert len(voice.queue) == 0


async def test_leaving_early_cancels_the_rest(voice: Pyttsx3Voice) -> None:
    async with aclosing(voice.speak("好。" + "这是后面的一句话。" * 20, Manner(), 16000)) as phrases:
        async for _ in phrases:
            break
    assert len(voice.queue) <= 1  # what was being rendered just then


async def test_when_it_would_be_late_the_small_voice_speaks_the_whole_reply(
    voice: Pyttsx3Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "_patience", 0.0)
    phrases = await said(voice, "现在人很多,所以由小的声音来说。明白吗?")
    assert phrases
    assert not any(phrase.natural for phrase in phrases)


async def test_without_its_model_the_small_voice_speaks_and_says_so(tmp_path: Path) -> None:
    voice = voice_in(tmp_path, models=tmp_path)
    await voice.start()
    assert await voice.ready()
    assert voice.degraded()
    phrases = await said(voice, "您好,我是自动助手。")
    assert [phrase.natural for phrase in phrases] == [False]
    await voice.close()


async def test_five_thousand_characters_are_spoken_to_the_end(tmp_path: Path) -> None:
    text = "街道办事处的工作人员会尽快给您回电话。" * 264
    voice = voice_in(tmp_path, models=tmp_path)
    await voice.start()
    phrases = await said(voice, text, rate_hz=8000)
    assert "".join(phrase.text for phrase in phrases) == text
    assert all(phrase.audio for phrase in phrases)
    await voice.close()


async def test_a_broken_model_is_the_small_voice_too(tmp_path: Path) -> None:
    (tmp_path / "kokoro.onnx").write_bytes(b"broken")
    voice = voice_in(tmp_path, models=tmp_path)
    await voice.start()
    assert voice.degraded()
    assert not (await said(voice, "您好。"))[0].natural
    await voice.close()


async def test_without_any_voice_the_failure_is_one_we_expect(tmp_path: Path) -> None:
    (tmp_path / "no-data").mkdir()
    voice = voice_in(tmp_path, models=tmp_path, espeak_data=tmp_path / "no-data")
    await voice.start()
    assert not await voice.ready()
    with pytest.raises(VoiceFailed):
        await said(voice, "您好。")
    await voice.close()
