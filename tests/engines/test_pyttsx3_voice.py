"""The voice of replies: both engines, the cache, and what happens when something is missing or dies."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from bot.errors import VoiceFailed
from bot.own_voices import own_voices
from bot.speech.interface import Manner, SpokenPhrase
from bot.speech.tts import pyttsx3_voice
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.pyttsx3_voice import ENGINE, Pyttsx3Voice
from bot.speech.tts.voice_client import VoiceProcesses
from bot.voice_process import voices_folder
from tests.engines.speech_processes import PATIENCE_SECONDS, SpeechProcesses, voice_processes

pytestmark = [pytest.mark.engines, pytest.mark.asyncio(loop_scope="module")]

FIXED = "您好。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voice")


@pytest.fixture(scope="module")
def kokoro(folder: Path) -> Iterator[SpeechProcesses]:
    with voice_processes(folder, "kokoro") as running:
        yield running


@pytest.fixture(scope="module")
def small(folder: Path) -> Iterator[SpeechProcesses]:
    with voice_processes(folder, "espeak") as running:
        yield running


def voice_of(
    folder: Path, natural: Path | None, small: Path, patience: float = 600, restart_seconds: float = PATIENCE_SECONDS
) -> Pyttsx3Voice:
    cache = PhraseCache(
        folder / "phrases", megabytes=10, secret="s", engine=ENGINE, is_fixed=lambda text: text == FIXED
    )
    return Pyttsx3Voice(
        natural=VoiceProcesses(natural, 1, restart_seconds) if natural else None,
        small=VoiceProcesses(small, 1, restart_seconds),
        cache=cache,
        patience_seconds=patience,
    )


async def said(
    voice: Pyttsx3Voice, text: str, manner: Manner | None = None, rate_hz: int = 16000
) -> list[SpokenPhrase]:
    async with aclosing(voice.speak(text, manner or Manner(), rate_hz)) as phrases:
        return [phrase async for phrase in phrases]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def voice(folder: Path, kokoro: SpeechProcesses, small: SpeechProcesses) -> AsyncIterator[Pyttsx3Voice]:
    voice = voice_of(folder, kokoro.folder, small.folder)
    assert await voice.ready()
    yield voice
    await voice.close()


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


async def test_killed_in_mid_sentence_it_still_speaks_with_the_same_voice(
    voice: Pyttsx3Voice, kokoro: SpeechProcesses
) -> None:
    speaking = asyncio.create_task(said(voice, "这句话说到一半。"))
    while not len(voice.queue) and not speaking.done():
        await asyncio.sleep(0.01)
    kokoro.kill(0)
    assert not speaking.done()
    kokoro.start_again(0)
    phrases = await speaking
    assert [phrase.text for phrase in phrases] == ["这句话说到一半。"]
    assert all(phrase.natural for phrase in phrases)
    assert all(phrase.natural for phrase in await said(voice, "它一回来,下一句也是。"))


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


async def test_what_is_read_back_waits_longer_for_the_voice_that_is_understood(
    folder: Path, kokoro: SpeechProcesses, small: SpeechProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyttsx3_voice, "lateness", lambda *_parts, **_more: (6.0, 1.0))
    voice = voice_of(folder, kokoro.folder, small.folder, patience=2.5)
    spoken = {}
    for weighty in (False, True):
        async with aclosing(voice.speak(f"我念一遍,{weighty}。", Manner(weighty=weighty), 16000)) as pieces:
            spoken[weighty] = [phrase.natural async for phrase in pieces]
    assert spoken[False] == [False] * len(spoken[False]) != []
    assert spoken[True] == [True] * len(spoken[True]) != []
    await voice.close()


async def test_who_begins_while_it_is_gone_hears_the_small_voice_for_a_whole_reply(
    voice: Pyttsx3Voice, kokoro: SpeechProcesses
) -> None:
    kokoro.kill(0)
    phrases = await said(voice, "自然的声音不在。小的声音在。")
    assert phrases
    assert not any(phrase.natural for phrase in phrases)
    assert await voice.ready()
    assert voice.degraded()
    kokoro.mend()
    async with asyncio.timeout(PATIENCE_SECONDS):  # it is asked again some seconds after it did not answer
        while voice.degraded():
            await asyncio.sleep(0.5)
            assert await voice.ready()


async def test_a_natural_voice_that_never_comes_back_is_relieved_where_its_sentence_began(
    folder: Path, kokoro: SpeechProcesses, small: SpeechProcesses
) -> None:
    voice = voice_of(folder, kokoro.folder, small.folder, restart_seconds=0.5)
    phrases = []
    text = "第一句话说完了。第二句话很长很长,说到这里的时候,声音的进程就不在了,所以后面的话听不到了。"
    async with aclosing(voice.speak(text, Manner(), 16000)) as pieces:
        async for phrase in pieces:
            phrases.append(phrase)
            if len(phrases) == 1:
                kokoro.kill(0)
    naturally = [phrase.text for phrase in phrases if phrase.natural]
    others = "".join(phrase.text for phrase in phrases if not phrase.natural)
    assert naturally[0] == "第一句话说完了。"
    assert others == text.removeprefix("第一句话说完了。")
    await voice.close()
    kokoro.mend()


async def test_where_the_small_voice_alone_is_wanted_it_is_not_degraded(folder: Path, small: SpeechProcesses) -> None:
    voice = voice_of(folder, None, small.folder)
    assert await voice.ready()
    assert not voice.degraded()
    assert [phrase.natural for phrase in await said(voice, FIXED)] == [False]
    await voice.close()


async def test_five_thousand_characters_are_spoken_to_the_end(folder: Path, small: SpeechProcesses) -> None:
    text = "街道办事处的工作人员会尽快给您回电话。" * 264
    voice = voice_of(folder, None, small.folder)
    phrases = await said(voice, text, rate_hz=8000)
    assert "".join(phrase.text for phrase in phrases) == text
    assert all(phrase.audio for phrase in phrases)
    await voice.close()


async def test_without_any_voice_the_failure_is_one_we_expect(tmp_path: Path) -> None:
    voice = voice_of(tmp_path, tmp_path / "nobody", tmp_path / "nobody", restart_seconds=0.2)
    await voice.start()
    assert not await voice.ready()
    assert voice.degraded()
    with pytest.raises(VoiceFailed):
        await said(voice, "您好。")
    await voice.close()


async def test_a_voice_of_ones_own_speaks_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with own_voices(["espeak"], tmp_path) as state:
        voice = voice_of(tmp_path, None, voices_folder(state, "espeak"))
        assert (await said(voice, "您好。"))[0].audio
        await voice.close()
    assert not state.exists()
