"""What the caller hears while the voice has much to do."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from api.speech_parts import SpeechParts
from api.telephone.line import CallCommand
from api.telephone.line_output import LineOutput
from api.voice import playback as playback_module
from api.voice.playback import Playback
from bot.errors import VoiceFailed
from bot.speech.interface import Manner, SpokenPhrase
from bot.speech.stt.hearing import LocalEars
from bot.turns import Reply
from tests.speech_fakes import ScriptedEars, ScriptedVoice

pytestmark = pytest.mark.telephone
ANSWER, MOMENT = Reply("答案", "答案"), Reply("请稍等", "请稍等")


class BusyVoice(ScriptedVoice):
    """Fixed phrases lie ready; everything else waits until it is free."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Event()
        self.ready_phrases = {MOMENT.spoken}

    async def speak(self, text: str, manner: Manner, rate_hz: int) -> AsyncIterator[SpokenPhrase]:
        if text not in self.ready_phrases:
            await self.free.wait()
        yield SpokenPhrase(text, text.encode("utf-16-le"))


@pytest.fixture
async def voice(monkeypatch: pytest.MonkeyPatch) -> BusyVoice:
    monkeypatch.setattr(playback_module, "SILENT_SECONDS", 0.05)
    return BusyVoice()


@pytest.fixture
async def output() -> LineOutput:
    async def do(command: CallCommand) -> None:
        """Nothing is on this line."""

    return LineOutput(do, 0.1)


@pytest.fixture
async def playback(voice: BusyVoice, output: LineOutput) -> Playback:
    speech = SpeechParts(lambda: LocalEars(ScriptedEars()), lambda: voice)  # type: ignore[arg-type]
    await speech.warm_up()
    return Playback(speech, output)


async def waiting_words(output: LineOutput, words: str) -> None:
    """Until these wait to be heard."""
    async with asyncio.timeout(20):
        while bytes(output.playout._waiting).decode("utf-16-le") != words:
            await asyncio.sleep(0.01)


async def test_an_answer_that_takes_long_is_announced_and_follows(
    playback: Playback, output: LineOutput, voice: BusyVoice
) -> None:
    await playback.say([ANSWER], Manner(), moment=MOMENT)
    await waiting_words(output, "请稍等")
    voice.free.set()
    await waiting_words(output, "请稍等答案")


async def test_an_answer_that_lies_ready_is_not_announced(
    playback: Playback, output: LineOutput, voice: BusyVoice
) -> None:
    voice.free.set()
    await playback.say([ANSWER], Manner(), moment=MOMENT)
    await waiting_words(output, "答案")


async def test_an_announcement_that_does_not_lie_ready_is_left_out(
    playback: Playback, output: LineOutput, voice: BusyVoice
) -> None:
    voice.ready_phrases.clear()
    await playback.say([ANSWER], Manner(), moment=MOMENT)
    await asyncio.sleep(0.2)
    assert not output.playout.waiting
    voice.free.set()
    await waiting_words(output, "答案")


async def test_whoever_is_interrupted_while_waiting_is_quiet_at_once(
    playback: Playback, output: LineOutput, voice: BusyVoice
) -> None:
    await playback.say([ANSWER], Manner(), moment=MOMENT)
    await waiting_words(output, "请稍等")
    await playback.be_quiet()
    assert not playback.speaking
    voice.free.set()
    await asyncio.sleep(0.1)
    assert not output.playout.waiting


async def test_a_voice_that_fails_says_nothing(
    playback: Playback, voice: BusyVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*about: object) -> AsyncIterator[SpokenPhrase]:
        raise VoiceFailed

    monkeypatch.setattr(voice, "speak", broken)
    await playback.say([ANSWER], Manner(), moment=MOMENT)
    await playback.finished()
    assert playback.failed
