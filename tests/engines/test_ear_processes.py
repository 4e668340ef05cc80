"""The recognisers in processes of their own: heard as well as before, and what happens when one dies or gets stuck."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncUnixClient

from api.speech_parts import SpeechParts
from api.voice.listener import TELEPHONE, Channel, Circumstances, Listener, Microphone, Speaker
from api.voice.places import Places
from bot.errors import AssistantError, AudioTooLong, BadAudio, EarsBusy, EarsLost, SpeechError, UnknownAudio
from bot.speech.audio.wav import write_wav
from bot.speech.process_server import socket_of
from bot.speech.stt.ear_client import EarClient
from bot.speech.stt.ears import EarEvent, Final, Partial, StillThere
from tests.engines.conftest import Recording
from tests.engines.speech_processes import PATIENCE_SECONDS, SpeechProcesses, ear_processes
from tests.speech_fakes import ScriptedVoice

pytestmark = pytest.mark.engines


def room(seconds: float) -> bytes:
    """A quiet room."""
    return np.random.default_rng(1).normal(0, 3, int(seconds * 16000)).astype(np.int16).tobytes()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechProcesses]:
    with ear_processes(tmp_path_factory.mktemp("ears"), 2) as running:
        yield running


@pytest.fixture
def processes(two: SpeechProcesses) -> Iterator[SpeechProcesses]:
    """All of them are there, also when the test before has killed one."""
    yield two
    two.mend()


@pytest.fixture
async def speech(processes: SpeechProcesses) -> AsyncIterator[SpeechParts]:
    parts = SpeechParts(lambda: EarClient(processes.folder, processes.count), ScriptedVoice, Places(12))
    await parts.warm_up()
    yield parts
    await parts.close()
    assert parts.places.taken == 0


PATIENT = replace(TELEPHONE, waiting_seconds=60)
"""No sound is left out where other tests keep both cores busy."""


class Talker:
    """Somebody who is listened to, and what came of it."""

    def __init__(self, speech: SpeechParts, channel: Channel = PATIENT) -> None:
        self.events: list[EarEvent] = []
        self.failures: list[AssistantError] = []
        speaker = Speaker(self._circumstances, self._report, self._fail, lambda: False)
        self.listener = Listener(speech, channel, speaker)
        self.listener.start(Microphone(16000, None, hands_free=True))

    @property
    def heard(self) -> list[str]:
        return [event.utterance.text for event in self.events if isinstance(event, Final)]

    async def speak(self, pcm: bytes, piece: int = 3200) -> None:
        for at in range(0, len(pcm), piece):
            await self.listener.feed(pcm[at : at + piece])
            await asyncio.sleep(0.01)

    async def until(self, holds: Any, seconds: float = PATIENCE_SECONDS) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.02)

    async def _circumstances(self) -> Circumstances:
        return Circumstances()

    async def _report(self, event: EarEvent) -> None:
        self.events.append(event)

    async def _fail(self, error: AssistantError) -> None:
        self.failures.append(error)


async def test_each_sentence_is_one_turn_and_is_understood(speech: SpeechParts, chinese: list[Recording]) -> None:
    session = await speech.ears().listen(16000, "zh", None, hands_free=True)
    heard, partials = [], 0
    for one in chinese:
        events = await session.accept(room(0.6) + one.pcm + room(1.6))
        heard.append("".join(event.utterance.text for event in events if isinstance(event, Final)))
        partials += sum(isinstance(event, Partial) for event in events)
        final = next(event for event in events if isinstance(event, Final))
        assert final.utterance.words
        assert len(final.audio) > 16000
    await session.close()
    assert partials > len(chinese)
    assert jiwer.cer([one.said for one in chinese], heard) <= 0.30


async def test_the_question_and_our_own_speaking_reach_the_process(speech: SpeechParts) -> None:
    session = await speech.ears().listen(16000, "zh", None, hands_free=True)
    await session.we_speak(True)
    assert await session.accept(room(9)) == []
    await session.we_speak(False)
    await session.awaiting("date", "zh")
    assert await session.accept(room(9)) == [StillThere()]
    assert await session.finish() is None
    await session.close()


async def test_a_whole_file_is_heard_and_a_bad_one_refused(speech: SpeechParts, chinese: list[Recording]) -> None:
    utterance, audio = await speech.hear_file(chinese[0].wav, "zh", None)
    assert jiwer.cer(chinese[0].said, utterance.text) <= 0.4
    assert audio
    assert (await speech.hear_file(write_wav(bytes(16000), 8000), "zh", None))[0].text == ""
    for file, error in (
        (b"no wav", UnknownAudio),
        (b"", BadAudio),
        (write_wav(bytes(2 * 8000 * 61), 8000), AudioTooLong),
    ):
        with pytest.raises(error):
            await speech.hear_file(file, "zh", None)


async def test_a_client_that_knows_wyoming_alone_gets_a_transcript(
    processes: SpeechProcesses, chinese: list[Recording]
) -> None:
    async with AsyncUnixClient(socket_of(processes.folder, 0)) as client:
        await client.write_event(Transcribe(language="zh").event())
        await client.write_event(AudioStart(rate=16000, width=2, channels=1).event())
        await client.write_event(AudioChunk(rate=16000, width=2, channels=1, audio=chinese[0].pcm).event())
        await client.write_event(AudioStop().event())
        answer = await client.read_event()
    assert answer is not None
    assert jiwer.cer(chinese[0].said, Transcript.from_event(answer).text) <= 0.4


async def test_an_impossible_rate_and_a_full_house_are_told(processes: SpeechProcesses, speech: SpeechParts) -> None:
    with pytest.raises(BadAudio):
        await speech.ears().listen(4000, "zh", None, hands_free=True)
    places = Places(1)
    place = places.take("telephone")
    with pytest.raises(EarsBusy):
        places.take("telephone")
    place.give_back()
    places.take("telephone")


async def test_a_process_that_dies_loses_its_own_sentence_and_no_other(
    processes: SpeechProcesses, speech: SpeechParts, chinese: list[Recording]
) -> None:
    """Two talk, one at each process; one process is killed in mid-sentence."""
    hit, other = Talker(speech), Talker(speech)
    await hit.speak(chinese[0].pcm[: len(chinese[0].pcm) * 2 // 3])
    await other.speak(chinese[1].pcm[: len(chinese[1].pcm) // 2])
    await hit.until(lambda: hit.events and other.events)
    await hit.until(
        lambda: not hit.listener._waiting
    )  # else what waits would be heard after it, before the next sentence
    processes.kill(0)
    assert await speech.ears().answering() == (1, 2)
    await asyncio.gather(hit.speak(room(0.3)), other.speak(chinese[1].pcm[len(chinese[1].pcm) // 2 :] + room(2)))
    await other.until(lambda: other.heard)
    await hit.until(lambda: hit.failures)
    assert [error.code for error in hit.failures] == ["ears-lost"]
    assert not other.failures
    assert jiwer.cer(chinese[1].said, other.heard[0]) <= 0.5
    await hit.speak(room(0.6) + chinese[2].pcm + room(2))
    await hit.until(lambda: hit.heard)
    assert jiwer.cer(chinese[2].said, hit.heard[0]) <= 0.5
    await hit.listener.close()
    await other.listener.close()


async def test_who_is_silent_while_their_process_dies_notices_nothing(
    processes: SpeechProcesses, speech: SpeechParts, chinese: list[Recording]
) -> None:
    talker = Talker(speech)
    await talker.speak(room(0.5))
    await asyncio.sleep(0.5)
    processes.kill(0)
    await talker.speak(room(0.5) + chinese[0].pcm + room(2))
    await talker.until(lambda: talker.heard)
    assert not talker.failures
    await talker.listener.close()


async def test_without_any_process_a_speaker_waits_for_the_restart(
    processes: SpeechProcesses, chinese: list[Recording]
) -> None:
    """However long that takes; what is said meanwhile is heard then."""
    client = EarClient(processes.folder, processes.count, restart_seconds=PATIENCE_SECONDS)
    speech = SpeechParts(lambda: client, ScriptedVoice, Places(12))
    await speech.warm_up()
    processes.kill(0)
    processes.kill(1)
    assert await speech.can_hear() is False
    talker = Talker(speech)
    await talker.speak(room(0.5) + chinese[0].pcm + room(2))
    processes.start_again(0)
    await talker.until(lambda: talker.heard or talker.failures, PATIENCE_SECONDS)
    assert not talker.failures
    assert jiwer.cer(chinese[0].said, talker.heard[0]) <= 0.5
    assert await speech.degraded() == ["recogniser"]
    await talker.listener.close()
    await speech.close()


async def test_no_process_at_all_is_told_politely(tmp_path: Path) -> None:
    client = EarClient(tmp_path, 2, restart_seconds=0.2)
    with pytest.raises(SpeechError):
        await client.listen(16000, "zh", None, hands_free=True)
    assert await client.answering() == (0, 2)


async def test_a_process_that_is_stuck_is_left_for_another(
    processes: SpeechProcesses, speech: SpeechParts, chinese: list[Recording], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.speech.stt.ear_client.ANSWER_SECONDS", 0.5)
    monkeypatch.setattr("bot.speech.stt.ear_client.OPEN_SECONDS", 1.0)
    session = await speech.ears().listen(16000, "zh", None, hands_free=True)
    processes.hold(0)
    with pytest.raises(EarsLost):
        await session.accept(room(0.2))
    talker = Talker(speech)
    await talker.speak(room(0.3) + chinese[0].pcm + room(2))
    await talker.until(lambda: talker.heard)
    assert not talker.failures
    await talker.listener.close()
    processes.kill(0)
