"""The street office as callers find it: everything that `linyu serve` runs, Asterisk too, and telephones around it."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.operation.ephemeral_instance import NOTHING_RENDERED_AHEAD, EphemeralInstance, ephemeral_instance
from bot.settings import ROOT
from bot.speech.stt.ears import Ears
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.store.base import Base
from bot.store.conversations.tables import Call, CallEvent, Turn
from bot.store.store import Store
from bot.turns import Language
from evaluation.telephone.exchange import telephone_variables
from evaluation.telephone.softphone import Softphone
from tests.processes.running import store_of
from tests.telephone.speech import saying, words_in

NUMBERS = (f"139000012{last:02}" for last in count(10))
"""Every caller has a number of their own, so that no draft of another test comes back."""


@pytest.fixture(scope="session")
def ears() -> Ears:
    recogniser = VoskRecogniser(ROOT / "models" / "vosk", 20)
    recogniser.warm_up()
    hearing = Ears(recogniser, ROOT / "models")
    hearing.warm_up()
    return hearing


@dataclass
class Office:
    """A running Linyu with a telephone, what it has written, and the ears with which a test listens to recordings."""

    linyu: EphemeralInstance
    store: Store
    ears: Ears
    folder: Path
    provider: Softphone
    """The telephone network beyond the trunk: answers whomever we call. It is there before Asterisk looks for it."""
    provider_port: int

    @property
    def address(self) -> str:
        return f"sip:linyu@127.0.0.1:{self.linyu.environment['LINYU_SIP_PORT']}"

    @property
    def operator_port(self) -> int:
        return int(self.linyu.environment["LINYU_SIP_OPERATOR"].rpartition(":")[2])

    def now(self) -> datetime:
        return datetime.now(ZoneInfo("Asia/Shanghai"))

    def rows[R: Base](self, table: type[R]) -> list[R]:
        with self.store.reading() as unit:
            return list(unit.session.scalars(select(table)).all())

    def call_of(self, number: str) -> Call:
        """Their newest."""
        with self.store.reading() as unit:
            whose = unit.keys.keyed_hash(number)
        return max((call for call in self.rows(Call) if call.phone_hash == whose), key=lambda call: call.started)

    def turns_of(self, number: str) -> list[Turn]:
        """Of their newest call's conversation, oldest first; only those that are answered."""
        conversation = self.call_of(number).conversation_id
        answered = [turn for turn in self.rows(Turn) if turn.conversation_id == conversation and turn.answered]
        return sorted(answered, key=lambda turn: turn.seq)

    def events_of(self, number: str) -> list[tuple[str, str | None]]:
        """Keys and the like in their newest call."""
        call = self.call_of(number).id
        events = sorted(self.rows(CallEvent), key=lambda event: event.id)
        return [(event.kind, event.value) for event in events if event.call_id == call]

    def heard_by(self, phone: Softphone, language: Language = "zh") -> str:
        """All that its owner heard; the telephone is not used any more."""
        phone.close()
        return words_in(phone.recording, self.ears, language)

    def heard_beyond_the_trunk(self) -> str:
        """All that somebody heard whom we called; the next who is called has a telephone of their own."""
        heard = self.heard_by(self.provider)
        self.provider = Softphone("provider", self.folder, port=self.provider_port)
        return heard

    def wait_for(self, number: str, holds: Callable[[], object], seconds: float = 40) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                told = [(turn.text, turn.goal, turn.awaiting) for turn in self.turns_of(number)]
                raise AssertionError(f"it did not come; so far {told} {self.events_of(number)}")
            time.sleep(0.1)

    def wait_for_call(self, number: str) -> None:
        """Somebody whom we ring has picked up; a call for which no place was free is placed a minute later."""
        with self.store.reading() as unit:
            whose = unit.keys.keyed_hash(number)
        deadline = time.monotonic() + 300
        while not any(call.phone_hash == whose for call in self.rows(Call)):
            assert time.monotonic() < deadline, "nobody was called"
            time.sleep(0.1)

    def hear_out(self, number: str, seconds: float = 60) -> None:
        """The caller listens until we have said everything."""
        self.wait_for(number, lambda: self.events_of(number)[-1:] == [("heard", None)], seconds)

    def hear_why_we_call(self, number: str) -> None:
        """Whom we have called listens to who we are, and then to the matter."""
        self.wait_for(number, lambda: self.events_of(number).count(("heard", None)) >= 2, 60)

    def press(self, phone: Softphone, key: str) -> None:
        """Press it and wait until we have noticed."""
        before = self.events_of(phone.number).count(("key", key))
        phone.press(key)
        self.wait_for(phone.number, lambda: self.events_of(phone.number).count(("key", key)) > before)

    def say(self, phone: Softphone, name: str, *, form: str | None, awaiting: str | None) -> None:
        """Say it and wait until it is answered with this question of this form."""
        before = len(self.turns_of(phone.number))
        phone.play(saying(name))
        self.wait_for(phone.number, lambda: len(self.turns_of(phone.number)) > before)
        turns = self.turns_of(phone.number)
        told = [(turn.text, turn.goal, turn.form, turn.awaiting) for turn in turns]
        assert (turns[-1].form, turns[-1].awaiting) == (form, awaiting), told
        time.sleep(1)  # the caller listens for a moment


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, ears: Ears) -> Iterator[Office]:
    folder, variables = tmp_path_factory.mktemp("telephones"), telephone_variables()
    beyond_the_trunk = int(variables["LINYU_SIP_TRUNK"].rpartition(":")[2])
    with (
        Softphone("provider", folder, port=beyond_the_trunk) as provider,
        ephemeral_instance({**NOTHING_RENDERED_AHEAD, **variables}) as linyu,
        closing(store_of(linyu)) as store,
    ):
        office = Office(linyu, store, ears, folder, provider, beyond_the_trunk)
        yield office
        office.provider.close()


@pytest.fixture
def caller(office: Office) -> Iterator[Softphone]:
    with Softphone(next(NUMBERS), office.folder) as phone:
        yield phone


@pytest.fixture(scope="module")
def silent_caller(office: Office) -> Iterator[Softphone]:
    """Calls beside others and never says a word, so that no test has to wait for the end of it."""
    with Softphone(next(NUMBERS), office.folder) as phone:
        phone.call(office.address)
        yield phone
