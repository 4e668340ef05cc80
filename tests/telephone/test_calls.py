"""Real calls: PJSIP softphone, real Asterisk, our media socket, real ears and voice; Rasa plays from a script."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from api.main import create_app
from bot import wiring
from bot.settings import Settings
from bot.speech.ears import Ears
from bot.store.encryption import DataKeys
from bot.store.store import Store
from bot.store.tables import Call, CallEvent, Conversation, Handover, Rating, Turn
from tests.telephone.caller import Softphone
from tests.telephone.conftest import Speech
from tests.telephone.exchange import RunningApp, running_asterisk, start_app, telephone_settings
from tests.telephone.rasa_script import ScriptedRasa
from tests.telephone.speech import words_in

pytestmark = pytest.mark.telephone


@dataclass
class Exchange:
    settings: Settings
    store: Store
    rasa: ScriptedRasa
    app: RunningApp
    ears: Ears
    folder: Path

    @property
    def address(self) -> str:
        return f"sip:linyu@127.0.0.1:{self.settings.sip_port}"

    @property
    def operator_port(self) -> int:
        return int(self.settings.sip_operator.rpartition(":")[2])

    def call_of(self) -> Call:
        """The newest."""
        with self.store.reading() as unit:
            return unit.session.scalars(select(Call).order_by(Call.started.desc())).first()  # type: ignore[return-value]

    def rows(self, table: type) -> list[object]:
        with self.store.reading() as unit:
            return list(unit.session.scalars(select(table)).all())

    def await_that(self, holds: Callable[[], object], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"it did not come; Rasa was asked {self.rasa.asked}"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory, ears: Ears) -> Iterator[Exchange]:
    folder = tmp_path_factory.mktemp("exchange")
    settings = telephone_settings(folder)
    with closing(Store(settings.database, DataKeys([DataKeys.generate()]))) as store:
        store.migrate()
        rasa = ScriptedRasa()
        patch = pytest.MonkeyPatch()
        patch.setattr(wiring, "settings", lambda: settings)
        voice = wiring.new_voice(patience_seconds=20)
        app = start_app(create_app(settings, store=store, rasa=rasa, ears=ears, voice=voice), settings)  # type: ignore[arg-type]
        try:
            with running_asterisk(settings):
                yield Exchange(settings, store, rasa, app, ears, folder)
        finally:
            app.stop()
            patch.undo()


@pytest.fixture
def caller(exchange: Exchange) -> Iterator[Softphone]:
    with Softphone("13900001234", exchange.folder) as phone:
        yield phone


def asked_about(exchange: Exchange, words: str) -> Callable[[], bool]:
    before = len(exchange.rasa.asked)
    return lambda: any(words in text for text in exchange.rasa.asked[before:])


def test_a_spoken_policy_question_is_answered(exchange: Exchange, caller: Softphone, spoken: Speech) -> None:
    question = spoken("养老床位有多少张")
    asked = asked_about(exchange, "床位")
    caller.call(exchange.address)
    time.sleep(2)
    caller.press("1")
    time.sleep(9)
    caller.play(question)
    exchange.await_that(asked)
    time.sleep(8)
    caller.hang_up()
    caller.close()
    heard = words_in(caller.recording, exchange.ears)
    assert "助手" in heard, heard
    assert "四百五" in heard, heard
    exchange.await_that(lambda: exchange.call_of().cause == "caller")
    call = exchange.call_of()
    conversation = next(c for c in exchange.rows(Conversation) if c.id == call.conversation_id)  # type: ignore[attr-defined]
    assert conversation.channel == "phone"  # type: ignore[attr-defined]
    assert ("key", "1") in [(e.kind, e.value) for e in exchange.rows(CallEvent)]  # type: ignore[attr-defined]
    assert any("床位" in t.text for t in exchange.rows(Turn))  # type: ignore[attr-defined]


def test_zero_reaches_the_operator_with_sound_both_ways(exchange: Exchange, caller: Softphone, spoken: Speech) -> None:
    with Softphone("operator", exchange.folder, port=exchange.operator_port) as operator:
        caller.call(exchange.address)
        time.sleep(1.5)
        caller.press("0")
        operator.wait_for_state("CONFIRMED", 60)
        caller.play(spoken("养老床位有多少张"))
        operator.play(spoken("我是工作人员请讲"))
        time.sleep(4)
        caller.hang_up()
        operator.wait_for_state("DISCONNECTED")
    caller.close()
    assert "床位" in words_in(operator.recording, exchange.ears)
    assert "工作人员" in words_in(caller.recording, exchange.ears)
    exchange.await_that(lambda: exchange.call_of().cause == "handed_over")
    call = exchange.call_of()
    assert call.handover_number in [h.number for h in exchange.rows(Handover)]  # type: ignore[attr-defined]


def test_the_hash_key_asks_for_a_rating_and_ends_the_call(
    exchange: Exchange, caller: Softphone, spoken: Speech
) -> None:
    asked = asked_about(exchange, "床位")
    caller.call(exchange.address)
    time.sleep(1)
    caller.press("1")
    time.sleep(1)
    caller.play(spoken("养老床位有多少张"))
    exchange.await_that(asked)
    time.sleep(2)
    caller.press("#")
    time.sleep(1.5)
    caller.press("5")
    caller.wait_for_state("DISCONNECTED", 30)
    assert [r.score for r in exchange.rows(Rating)][-1] == 5  # type: ignore[attr-defined]
    exchange.await_that(lambda: exchange.call_of().cause == "assistant")
