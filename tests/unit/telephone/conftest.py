"""A caller, our talk with them, and nothing between: no line, no sound, Rasa plays from a script."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from api.main import create_app
from api.parts import Parts
from api.telephone.call_flow import CallFlow, Item
from api.telephone.call_session import Over
from api.telephone.line import CallStarted, News
from bot.dialogue.call.barge_in import BargeIn
from bot.dialogue.call.keys import TYPING_SECONDS, CallKeys
from bot.services.conversations import calls
from bot.settings import Settings
from bot.speech.interface import Manner, SpokenPhrase
from bot.speech.stt.ears import Final
from bot.store.encryption import DataKeys
from bot.store.handover.tables import Handover
from bot.store.store import Store
from bot.turns import Reply
from tests.speech_fakes import ScriptedEars, ScriptedVoice, utterance
from tests.store_fakes import FragileStore
from tests.telephone.rasa_script import ScriptedRasa

CALLER = "13900001234"


class FakeLine:
    """Keeps what was ordered."""

    lead_seconds = 0.3
    held = False

    def __init__(self) -> None:
        self.handed_over: str | None = None
        self.hung_up = False

    async def do(self, command: object) -> None:
        """Nothing is ordered here but to leave, which the next two do."""

    async def hang_up(self) -> None:
        self.hung_up = True

    async def give_to_operator(self, handover: str) -> None:
        self.handed_over = handover


class FakePlayback:
    """Speaks in no time."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.rates: list[float] = []
        self.weighty: list[bool] = []
        self.barge_in = BargeIn()
        self.speaking = False

    async def say(
        self, replies: Sequence[Reply], manner: Manner, *, protected: bool = False, moment: Reply | None = None
    ) -> None:
        self.barge_in = BargeIn(protected)
        self.said += [reply.spoken for reply in replies]
        self.rates.append(manner.rate)
        self.weighty.append(manner.weighty)

    async def finished(self, at_most_seconds: float = 60.0) -> None:
        self.barge_in = BargeIn()


class LoudVoice(ScriptedVoice):
    """Sound that is no silence."""

    async def speak(self, text: str, manner: Manner, rate_hz: int) -> AsyncIterator[SpokenPhrase]:
        async for phrase in super().speak(text, manner, rate_hz):
            yield SpokenPhrase(phrase.text, b"\x10\x10" * (len(phrase.audio) // 2))


class FakeEars:
    def __init__(self) -> None:
        self.awaited: list[str | None] = []
        self.words, self.speech_seconds = "", 0.0

    def awaiting(self, awaiting: str | None, language: str) -> None:
        self.awaited.append(awaiting)


class CallerAtTheTelephone:
    """`says` and `presses` return what was said to it then."""

    def __init__(self, parts: Parts, opened: calls.OpenedCall, started: CallStarted) -> None:
        self.opened, self.line, self.playback, self.ears = opened, FakeLine(), FakePlayback(), FakeEars()
        self.keys = CallKeys()
        parts_of_talk: Any = (self.line, self.playback, self.ears, self.keys)
        self.talk = CallFlow(parts, *parts_of_talk, opened, started)
        self._talking = asyncio.create_task(self.talk.run())

    @property
    def ended(self) -> str | None:
        """Why; None while the call goes on."""
        error = self._talking.exception() if self._talking.done() else None
        return error.cause if isinstance(error, Over) else None

    async def hears(self) -> str:
        """Everything said since it was asked last."""
        while not self._talking.done() and (
            not self.talk.inbox.empty() or self.talk.thinking or not self.playback.said
        ):
            await asyncio.sleep(0.002)
        said, self.playback.said = "".join(self.playback.said), []
        return said

    async def says(self, words: str, confidence: float = 0.95, sound: bytes = b"") -> str:
        return await self.brings(Final(utterance(words, confidence), sound))

    async def presses(self, keys: str) -> str:
        self.keys.wait(TYPING_SECONDS + 0.5)  # whatever was pressed before is over
        events = [event for event in map(self.keys.press, keys) if event is not None]
        for event in events[:-1]:
            self.talk.bring(event)
        return await self.brings(events[-1])

    async def brings(self, item: Item) -> str:
        """Whatever the ears, the keys or the clock bring."""
        self.talk.bring(item)
        return await self.hears()

    async def close(self) -> None:
        self._talking.cancel()
        with suppress(asyncio.CancelledError, Over):
            await self._talking


@pytest.fixture
def store(tmp_path: Path, migrated_sqlite: Path) -> Iterator[FragileStore]:
    shutil.copy(migrated_sqlite, tmp_path / "linyu.db")
    with closing(FragileStore(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([DataKeys.generate()]))) as store:
        yield store


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa()


@pytest.fixture
def ears() -> ScriptedEars:
    return ScriptedEars()


@pytest.fixture
def parts(tmp_path: Path, store: FragileStore, rasa: ScriptedRasa, ears: ScriptedEars, now: datetime) -> Parts:
    settings = Settings(state_dir=tmp_path, reply_timeout_seconds=2, encoder="none")
    app = create_app(settings, store=store, rasa=rasa, ears=ears, voice=LoudVoice(), clock=lambda: now)  # type: ignore[arg-type]
    made: Parts = app.state.parts
    assert made.dialogue.answers
    made.dialogue.answers.warm_up()  # as the application does at its start: patience is for what is away, not for loading
    return made


def handovers(store: Store) -> list[Handover]:
    with store.reading() as unit:
        return unit.session.query(Handover).all()


Calls = Callable[..., Awaitable[CallerAtTheTelephone]]


@pytest.fixture
async def calls_us(
    parts: Parts, store: FragileStore, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Calls]:
    """Somebody calls; what it hears first is `await caller.hears()`."""
    for name in ("LOOK_SECONDS", "PERSON_WAITS_SECONDS", "MACHINE_WAITS_SECONDS"):
        monkeypatch.setattr(f"api.telephone.call_back.{name}", 0.002)
    async with AsyncExitStack() as until_the_end:

        @asynccontextmanager
        async def one(
            caller: str | None, news: News, name: str, task: str, picks_up: Item | None
        ) -> AsyncIterator[CallerAtTheTelephone]:
            direction = "out" if news == "outbound" else "in"
            about: dict[str, Any] = {"direction": direction, "caller": caller, "task": task, "now": now}
            opened = calls.open_call(store, provider="test", provider_call=name, **about)
            phone = CallerAtTheTelephone(parts, opened, CallStarted(name, caller, news, task))
            if picks_up is not None:
                phone.talk.bring(picks_up)
            try:
                yield phone
            finally:
                await phone.close()

        async def call(
            caller: str | None = CALLER,
            news: News = "new",
            name: str = "first",
            task: str = "",
            picks_up: Item | None = None,
        ) -> CallerAtTheTelephone:
            """`picks_up`: what is said at once by whom, or by what, we call."""
            return await until_the_end.enter_async_context(one(caller, news, name, task, picks_up))

        yield call
