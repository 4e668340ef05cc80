"""One playback for the web page and the telephone: what is said next ends what is being said, and what was not heard is known."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from api.speech_parts import SpeechParts
from api.voice.playback import Playback
from bot.errors import SpeechError
from bot.speech.interface import Manner, SpokenPhrase
from bot.turns import Reply
from tests.speech_fakes import ScriptedEars, ScriptedVoice

pytestmark = pytest.mark.unit


@dataclass
class RecordedOutput:
    """Plays only when the test says so."""

    rate_hz = 8000
    told: list[str] = field(default_factory=list)
    unheard: bytes = b""
    again: list[bytes] = field(default_factory=list)

    async def begin(self, name: str) -> None:
        self.told.append(f"begin {name}")

    async def add(self, phrase: SpokenPhrase) -> None:
        self.told.append(phrase.text)
        self.unheard += phrase.audio

    def add_again(self, pcm: bytes) -> None:
        self.again.append(pcm)
        self.unheard += pcm

    def stop(self) -> bytes:
        unheard, self.unheard = self.unheard, b""
        return unheard

    async def end(self, name: str, *, interrupted: bool) -> None:
        self.told.append(f"{'broken off' if interrupted else 'end'} {name}")

    async def fail(self, error: SpeechError) -> None:
        self.told.append(error.code)

    @property
    def seconds_left(self) -> float:
        return len(self.unheard) / 16000

    async def played(self) -> None:
        self.told.append("played")


def reply(text: str) -> Reply:
    return Reply(text, text)


@dataclass
class Room:
    voice: ScriptedVoice
    output: RecordedOutput
    playback: Playback

    async def until(self, *told: str) -> None:
        async with asyncio.timeout(30):
            while self.output.told[-len(told) :] != list(told):
                await asyncio.sleep(0.005)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    voice, output = ScriptedVoice(), RecordedOutput()
    speech = SpeechParts(ScriptedEars, lambda: voice)  # type: ignore[arg-type]
    await speech.warm_up()
    room = Room(voice, output, Playback(speech, output))
    yield room
    await room.playback.be_quiet()
    await speech.close()


async def test_replies_are_said_in_order_and_heard_to_their_end(room: Room) -> None:
    await room.playback.say([reply("您好。"), reply(""), reply("请问,几位?")], Manner(), name="one")
    assert room.playback.speaking
    await room.until("begin one", "您好。", "请问,", "几位?", "end one")
    assert not room.playback.rendering
    assert room.playback.speaking, "it is rendered, and not yet heard"
    assert room.playback.first_sound is not None
    room.output.unheard = b""
    await room.playback.finished()
    assert not room.playback.speaking
    assert room.output.told[-1] == "played"


async def test_what_is_said_next_ends_what_is_being_said(room: Room) -> None:
    room.voice.seconds_for_a_phrase = 0.05
    await room.playback.say([reply("一。" * 100)], Manner(), name="one")
    await room.until("begin one", "一。")
    await room.playback.say([reply("二。")], Manner(), name="two")
    await room.until("broken off one", "begin two", "二。", "end two")
    assert room.voice.cancelled == 1
    assert room.output.unheard == bytes(2 * 200 * 2), "nothing of the first is left"


async def test_many_who_speak_at_once_leave_only_the_last(room: Room) -> None:
    room.voice.seconds_for_a_phrase = 0.01
    says = [room.playback.say([reply("好。" * 5)], Manner(), name=str(number)) for number in range(5)]
    await asyncio.gather(*says)
    await room.until("好。", "end 4")
    assert [told for told in room.output.told if told.startswith("end")] == ["end 4"]


async def test_interrupted_it_is_quiet_and_keeps_what_was_not_heard_for_a_false_alarm(room: Room) -> None:
    room.voice.seconds_for_a_phrase = 0.05
    await room.playback.say([reply("一。二。三。")], Manner(), name="one")
    await room.until("一。")
    assert room.playback.barge_in.key()
    room.playback.interrupt()
    assert not room.playback.speaking
    assert room.output.unheard == b""
    await room.until("end one")
    assert "二。" not in room.output.told, "what is rendered meanwhile is kept too"
    room.playback.barge_in.stopped = False
    room.playback.resume()
    assert room.output.again == [bytes(2 * 200 * 6)]
    assert room.playback.speaking


async def test_quiet_after_an_interruption_forgets_what_was_kept(room: Room) -> None:
    await room.playback.say([reply("一。二。三。")], Manner())
    await room.until("end ")
    room.playback.barge_in.key()
    room.playback.interrupt()
    await room.playback.be_quiet()
    room.playback.resume()
    assert room.output.again == [b""]


async def test_a_protected_notice_is_interrupted_by_nothing(room: Room) -> None:
    await room.playback.say([reply("请打幺二零。")], Manner(), protected=True)
    assert not room.playback.barge_in.key()
    assert not room.playback.barge_in.voice(5.0, "等一下")
    await room.playback.say([reply("好。")], Manner())
    assert room.playback.barge_in.key()


async def test_a_voice_that_fails_is_told_and_ends_the_speech(room: Room) -> None:
    room.voice.fails = True
    await room.playback.say([reply("您好。")], Manner(), name="one")
    await room.until("begin one", "voice-failed", "end one")
    assert room.playback.failed
    assert not room.playback.speaking
    room.voice.fails = False
    await room.playback.say([reply("您好。")], Manner())
    assert not room.playback.failed


async def test_a_voice_that_is_stuck_is_not_waited_for(room: Room) -> None:
    room.voice.seconds_for_a_phrase = 600
    await room.playback.say([reply("您好。")], Manner())
    await room.playback.finished(0.1)
    assert room.playback.rendering
