"""A call on a line that a test plays: what interrupts us, what does not, and how the call is written down."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from api.parts import Parts
from api.telephone.call import Call
from api.telephone.line import (
    CallAudio,
    CallCommand,
    CallEnded,
    CallEvent,
    CallStarted,
    KeyPressed,
    MarkPlayed,
    PlayAudio,
    PlayMark,
    StopPlaying,
)
from bot.speech.interface import HeardWord
from bot.speech.stt.ears import EarEvent, Final, Partial
from bot.store.conversations.tables import Call as CallRow
from bot.store.conversations.tables import CallEvent as EventRow
from bot.store.store import Store
from tests.speech_fakes import ScriptedEars, utterance
from tests.store_fakes import FragileStore

pytestmark = pytest.mark.telephone
LOUD = b"\x00\x20" * 800
"""A tenth of a second of somebody's voice, one piece for the ears."""


class PlayedLine:
    """A line without a network. It says at once that a mark is played."""

    lead_seconds = 0.1
    held = False

    def __init__(self) -> None:
        self.news: asyncio.Queue[CallEvent] = asyncio.Queue()
        self.commands: list[CallCommand] = []
        self.handed_over = False

    async def events(self) -> AsyncGenerator[CallEvent]:
        while True:
            yield await self.news.get()

    async def do(self, command: CallCommand) -> None:
        self.commands.append(command)
        if isinstance(command, PlayMark):
            self.news.put_nowait(MarkPlayed(command.name))

    async def hang_up(self) -> None:
        """Nothing more happens on this line."""

    async def give_to_operator(self, handover: str) -> None:
        self.handed_over = True

    @property
    def stopped(self) -> int:
        return sum(isinstance(command, StopPlaying) for command in self.commands)

    @property
    def is_speaking(self) -> bool:
        """Was there more than silence lately?"""
        lately = [command.pcm for command in self.commands if isinstance(command, PlayAudio)][-5:]
        return any(any(pcm) for pcm in lately)


@asynccontextmanager
async def on_the_line(parts: Parts, ears: ScriptedEars) -> AsyncIterator[PlayedLine]:
    """A call whose greeting has begun."""
    await parts.speech.warm_up()
    line = PlayedLine()
    serving = asyncio.create_task(Call(parts, line, "test").run(CallStarted("one", "13900001234")))
    await until(lambda: line.is_speaking)
    yield line
    line.news.put_nowait(CallEnded())
    await asyncio.wait_for(serving, 20)


async def until(holds: object, seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # type: ignore[operator]
            await asyncio.sleep(0.01)


def hear(line: PlayedLine, ears: ScriptedEars, *pieces: list[EarEvent]) -> None:
    """The caller speaks; each piece of sound brings these events."""
    ears.events.extend(pieces)
    for _ in pieces:
        line.news.put_nowait(CallAudio(LOUD))


def notes(store: Store) -> list[str]:
    with store.reading() as unit:
        return [event.kind for event in unit.session.query(EventRow).order_by(EventRow.id)]


async def test_a_word_after_three_tenths_of_a_second_stops_us(parts: Parts, ears: ScriptedEars) -> None:
    async with on_the_line(parts, ears) as line:
        hear(line, ears, [], [Partial("等")])
        await asyncio.sleep(0.2)
        assert line.stopped == 0
        hear(line, ears, [Partial("等一")])
        await until(lambda: line.stopped == 1)


async def test_noise_without_a_word_does_not_stop_us(parts: Parts, ears: ScriptedEars) -> None:
    async with on_the_line(parts, ears) as line:
        hear(line, ears, *([[]] * 10))
        await asyncio.sleep(0.3)
        assert line.stopped == 0


async def test_a_short_yes_over_our_words_is_an_answer(parts: Parts, ears: ScriptedEars, store: Store) -> None:
    heard = replace(utterance("床位", seconds=0.26), words=(HeardWord("床位", 1.0, 0.1, 0.5),))
    async with on_the_line(parts, ears) as line:
        hear(line, ears, [Final(heard, b"")])
        await until(lambda: "answered" in notes(store))
    assert line.stopped == 1


async def test_after_a_false_alarm_we_go_on(parts: Parts, ears: ScriptedEars, store: Store) -> None:
    async with on_the_line(parts, ears) as line:
        hear(line, ears, [], [], [Partial("那")])
        await until(lambda: line.stopped == 1)
        await until(lambda: not line.is_speaking)
        await until(lambda: line.is_speaking)
    assert "resumed" in notes(store)


async def test_a_hum_while_we_speak_neither_stops_us_nor_answers(
    parts: Parts, ears: ScriptedEars, store: Store
) -> None:
    async with on_the_line(parts, ears) as line:
        hum = replace(utterance("嗯嗯", seconds=0.5), words=(HeardWord("嗯嗯", 1.0, 0.1, 0.6),))
        hear(line, ears, [Partial("嗯嗯")], [Final(hum, b"")], [], [], [Partial("床位")])
        await until(lambda: line.stopped == 1)  # by the word that came later
    assert "answered" not in notes(store)


async def test_any_key_stops_us_and_one_that_means_nothing_lets_us_go_on(
    parts: Parts, ears: ScriptedEars, store: Store
) -> None:
    async with on_the_line(parts, ears) as line:
        line.news.put_nowait(KeyPressed("7"))
        await until(lambda: line.stopped == 1)
        await until(lambda: "resumed" in notes(store))


async def test_nothing_interrupts_an_emergency_notice(parts: Parts, ears: ScriptedEars) -> None:
    async with on_the_line(parts, ears) as line:
        hear(line, ears, [Final(utterance("我胸口疼得厉害"), b"")])
        await until(lambda: line.stopped == 1)
        await until(lambda: line.is_speaking)
        hear(line, ears, [], [], [], [Partial("等一下")])
        line.news.put_nowait(KeyPressed("1"))
        await until(lambda: line.handed_over)
        assert line.stopped == 1


async def test_what_was_heard_to_its_end_is_written_down(parts: Parts, ears: ScriptedEars, store: Store) -> None:
    async with on_the_line(parts, ears):
        await until(lambda: "heard" in notes(store))


async def test_a_hang_up_is_the_cause_of_the_end(parts: Parts, ears: ScriptedEars, store: Store) -> None:
    async with on_the_line(parts, ears):
        pass
    with store.reading() as unit:
        assert unit.session.query(CallRow).one().cause == "caller"


async def test_a_call_that_ends_while_the_database_is_away_is_closed_when_it_is_back(
    parts: Parts, ears: ScriptedEars, store: FragileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.parts.STORE_PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr("api.telephone.call.LATE_SECONDS", 0.05)
    async with on_the_line(parts, ears):
        store.down = True
    store.down = False

    def causes() -> list[str | None]:
        with store.reading() as unit:
            return [call.cause for call in unit.session.query(CallRow)]

    await until(lambda: causes() == ["caller"])


async def test_a_line_that_takes_nothing_any_more_is_left(
    parts: Parts, ears: ScriptedEars, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StuckLine(PlayedLine):
        async def do(self, command: CallCommand) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr("api.telephone.call.SEND_SECONDS", 0.05)
    await parts.speech.warm_up()
    await asyncio.wait_for(Call(parts, StuckLine(), "test").run(CallStarted("one", None)), 20)
    with store.reading() as unit:
        assert unit.session.query(CallRow).one().cause == "lost"


async def test_hanging_up_while_the_ears_work_closes_them_only_afterwards(
    parts: Parts, ears: ScriptedEars, store: Store
) -> None:
    ears.slow_seconds = 0.3
    async with on_the_line(parts, ears) as line:
        hear(line, ears, [], [])
        await until(lambda: any(session.at_work for session in ears.sessions))
    assert [session.closed for session in ears.sessions] == [True]
    with store.reading() as unit:
        assert [call.cause for call in unit.session.query(CallRow)] == ["caller"]


async def test_on_hold_we_are_silent_and_deaf_and_go_on_afterwards(
    parts: Parts, ears: ScriptedEars, store: Store
) -> None:
    async with on_the_line(parts, ears) as line:
        line.held = True
        await until(lambda: "held" in notes(store))
        said = len(line.commands)
        for _ in range(20):
            line.news.put_nowait(CallAudio(LOUD))  # their music
        await asyncio.sleep(0.5)
        assert len(line.commands) == said
        assert not any(any(session.pcm) for session in ears.sessions)
        line.held = False
        await until(lambda: "back" in notes(store))
        await until(lambda: line.is_speaking)
