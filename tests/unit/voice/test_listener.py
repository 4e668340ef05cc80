"""The one listener of web page and telephone, with ears that hear what the test says."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from api.speech_parts import SpeechParts
from api.voice import listener as module
from api.voice.listener import TELEPHONE, WEB, Channel, Circumstances, Listener, Microphone, Speaker
from api.voice.places import Places
from bot.errors import AssistantError, EarsBusy, StoreUnavailable
from bot.speech.stt.ears import EarEvent, Final, Partial
from bot.speech.stt.hearing import LocalEars, OwnedEars
from tests.speech_fakes import ScriptedEars, ScriptedEarSession, ScriptedVoice, utterance

pytestmark = pytest.mark.unit
TENTH = bytes(3200)


class Room:
    """One speaker, and what came of it."""

    def __init__(self, speech: SpeechParts, channel: Channel, address: str = "") -> None:
        self.events: list[EarEvent] = []
        self.failures: list[str] = []
        self.circumstances: Callable[[], Circumstances] = Circumstances
        speaker = Speaker(self._now, self._report, self._fail, lambda: False, address)
        self.listener = Listener(speech, channel, speaker)

    def begin(self, *, hands_free: bool) -> "Room":
        self.listener.start(Microphone(16000, None, hands_free))
        return self

    async def speak(self, times: int = 1) -> None:
        for _ in range(times):
            await self.listener.feed(TENTH)
            await asyncio.sleep(0.02)

    async def _now(self) -> Circumstances:
        return self.circumstances()

    async def _report(self, event: EarEvent) -> None:
        self.events.append(event)

    async def _fail(self, error: AssistantError) -> None:
        self.failures.append(error.code)


class BreakingEars(ScriptedEars):
    """Native code that breaks in the piece where it is told to."""

    breaks_at: int = 3

    def listen(self, *about: object, **more: object) -> ScriptedEarSession:
        session = super().listen(*about, **more)  # type: ignore[arg-type]
        accept, count = session.accept, iter(range(1, 100))

        def breaking(pcm: bytes) -> list[EarEvent]:
            if len(self.sessions) == 1 and next(count) == self.breaks_at:
                raise RuntimeError("我叫王秀英")
            return accept(pcm)

        session.accept = breaking  # type: ignore[method-assign]
        return session


@pytest.fixture
def ears() -> ScriptedEars:
    return ScriptedEars()


@pytest.fixture
async def speech(ears: ScriptedEars) -> AsyncIterator[SpeechParts]:
    async for parts in parts_with(ears):
        yield parts


async def parts_with(ears: ScriptedEars, places: Places | None = None) -> AsyncIterator[SpeechParts]:
    parts = SpeechParts(lambda: LocalEars(ears), ScriptedVoice, places)  # type: ignore[arg-type]
    await parts.warm_up()
    yield parts
    await parts.close()
    assert ears.open == 0
    assert parts.places.taken == 0


@pytest.mark.parametrize("channel", [WEB, TELEPHONE])
async def test_closing_waits_for_the_piece_that_is_being_heard(
    ears: ScriptedEars, speech: SpeechParts, channel: Channel
) -> None:
    ears.slow_seconds = 0.2
    room = Room(speech, channel).begin(hands_free=True)
    await room.speak(5)
    await room.listener.close()
    assert [session.closed for session in ears.sessions] == [True]


async def test_a_session_is_closed_after_its_work_also_when_the_asker_is_cancelled(ears: ScriptedEars) -> None:
    ears.slow_seconds = 0.2
    session = await OwnedEars(lambda: ears.listen(16000, "zh", None, hands_free=True)).open()  # type: ignore[arg-type,return-value]
    asking = asyncio.create_task(session.accept(TENTH))
    await asyncio.sleep(0.05)
    asking.cancel()
    await session.close()
    assert (ears.open, len(ears.sessions[0].pcm)) == (0, len(TENTH))


@pytest.mark.parametrize("channel", [WEB, TELEPHONE])
async def test_ears_that_break_in_mid_sentence_are_told_and_others_listen(channel: Channel) -> None:
    ears = BreakingEars()
    ears.events += [[], [Partial("我想")], [Final(utterance("我想订餐"), b"")]]
    async for speech in parts_with(ears):
        room = Room(speech, channel).begin(hands_free=True)
        await room.speak(6)
        await asyncio.sleep(0.1)
        await room.listener.close()
        assert room.failures == ["ears-lost"]
        assert [event.utterance.text for event in room.events if isinstance(event, Final)] == ["我想订餐"]
        assert len(ears.sessions) == 2


async def test_ears_that_break_while_nobody_speaks_are_replaced_silently() -> None:
    ears = BreakingEars()
    async for speech in parts_with(ears):
        room = Room(speech, TELEPHONE).begin(hands_free=True)
        await room.speak(6)
        await room.listener.close()
        assert (room.failures, len(ears.sessions)) == ([], 2)


async def test_after_ears_broke_under_a_pressed_button_the_next_press_is_heard() -> None:
    ears = BreakingEars()
    async for speech in parts_with(ears):
        room = Room(speech, WEB).begin(hands_free=False)
        await room.speak(6)
        room.listener.stop()
        await asyncio.sleep(0.1)
        assert (room.failures, room.events) == (["ears-lost"], [])
        ears.says.append(utterance("我想订餐"))
        await room.speak(2)
        room.listener.stop()
        await asyncio.sleep(0.1)
        await room.listener.close()
        assert [event.utterance.text for event in room.events if isinstance(event, Final)] == ["我想订餐"]


@pytest.mark.parametrize("channel", [WEB, TELEPHONE])
async def test_without_the_database_the_last_known_question_counts(
    ears: ScriptedEars, speech: SpeechParts, channel: Channel
) -> None:
    def away() -> Circumstances:
        raise StoreUnavailable

    room = Room(speech, channel).begin(hands_free=True)
    room.listener.asked(Circumstances("date", "zh"))
    room.circumstances = away
    await room.speak(2)
    await room.listener.close()
    assert (ears.sessions[0].awaited, room.failures) == (["date"], [])


async def test_a_report_that_fails_is_told_and_listening_goes_on(ears: ScriptedEars, speech: SpeechParts) -> None:
    room = Room(speech, WEB)
    reported: list[EarEvent] = []

    async def report(event: EarEvent) -> None:
        reported.append(event)
        raise StoreUnavailable if len(reported) == 1 else KeyError("a bug")

    speaker = Speaker(room._now, report, room._fail, lambda: False)
    room.listener = Listener(speech, WEB, speaker)
    ears.events += [[Partial("我")], [Partial("我想")], [Partial("我想订")]]
    room.begin(hands_free=True)
    await room.speak(4)
    await room.listener.close()
    assert len(reported) == 3
    assert room.failures == ["store-unavailable"]


@pytest.mark.parametrize("hands_free", [True, False])
async def test_without_sound_the_place_is_given_back_and_taken_again_with_the_next(
    ears: ScriptedEars, speech: SpeechParts, monkeypatch: pytest.MonkeyPatch, hands_free: bool
) -> None:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.2)
    room = Room(speech, WEB).begin(hands_free=hands_free)
    ears.says.append(utterance("我想"))
    await room.speak()
    assert speech.places.taken == 1
    await until(lambda: speech.places.taken == 0)
    await until(lambda: bool(room.events))  # what was said before is not lost
    await room.speak()
    assert speech.places.taken == 1
    await room.listener.close()
    assert len(ears.sessions) == 2


async def test_a_trickle_of_sound_holds_no_place(
    ears: ScriptedEars, speech: SpeechParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.3)
    room = Room(speech, WEB).begin(hands_free=False)
    await room.speak()
    for _ in range(20):
        await room.listener.feed(b"\0\0")
        await asyncio.sleep(0.05)
    assert len(ears.sessions) > 1
    await room.listener.close()


async def test_the_web_leaves_places_for_the_telephone_and_one_address_leaves_some_for_others() -> None:
    ears = ScriptedEars()
    async for speech in parts_with(ears, Places(6, for_telephone=2, for_one_address=3)):
        greedy = [Room(speech, WEB, "198.51.100.7").begin(hands_free=True) for _ in range(6)]
        for room in greedy:
            await room.speak()
        assert [room.failures for room in greedy] == [[]] * 3 + [["ears-busy"]] * 3
        others = [Room(speech, WEB, "198.51.100.8").begin(hands_free=True) for _ in range(2)]
        for room in others:
            await room.speak()
        assert [room.failures for room in others] == [[], ["ears-busy"]]
        calls = [Room(speech, TELEPHONE).begin(hands_free=True) for _ in range(3)]
        for room in calls:
            await room.speak()
        assert [room.failures for room in calls] == [[], [], ["ears-busy"]]
        for room in (*greedy, *others, *calls):
            await room.listener.close()


async def test_who_found_no_place_is_told_once_and_heard_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_SECONDS", 0.1)
    ears = ScriptedEars()
    async for speech in parts_with(ears, Places(1)):
        place = speech.places.take("telephone")
        room = Room(speech, WEB).begin(hands_free=True)
        await room.speak(20)
        assert room.failures == ["ears-busy"]
        place.give_back()
        await room.speak(10)
        assert (ears.open, room.failures) == (1, ["ears-busy"])
        await room.listener.close()


async def test_files_wait_for_each_other_and_too_many_are_refused(ears: ScriptedEars, speech: SpeechParts) -> None:
    at_once, most = 0, 0

    async def slowly(*_about: object) -> tuple[object, bytes]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.05)
        at_once -= 1
        return utterance("一"), b""

    speech.ears().hear = slowly  # type: ignore[method-assign,assignment]
    answers = await asyncio.gather(*(speech.hear_file(b"", "zh", None) for _ in range(14)), return_exceptions=True)
    assert sum(isinstance(answer, EarsBusy) for answer in answers) == 4
    assert most == 2


async def test_a_telephone_drops_the_oldest_sound_when_the_machine_cannot_keep_up(
    ears: ScriptedEars, speech: SpeechParts
) -> None:
    ears.slow_seconds = 0.2
    room = Room(speech, TELEPHONE).begin(hands_free=True)
    for _ in range(200):
        await room.listener.feed(TENTH)
    await room.listener.feed(b"\1\1" * 1600)
    ears.slow_seconds = 0.0
    await until(lambda: any(b"\1\1" in session.pcm for session in ears.sessions), 10)
    assert len(ears.sessions[0].pcm) <= 102 * len(TENTH)
    assert room.failures == []
    await room.listener.close()


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)
