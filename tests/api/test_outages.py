"""The database or Rasa are away for a moment: whoever talks with us waits, and what they said is done all the same."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import parts
from bot import wiring
from bot.dialogue.rasa_client import RasaAnswer
from bot.language.readers.sentence_model import SentenceModel
from bot.settings import Settings
from bot.speech.stt.ears import Final
from tests.api.conftest import Conversation, ScriptedRasa
from tests.api.stream.stream_client import StreamClient
from tests.speech_fakes import ScriptedEars, utterance
from tests.store_fakes import FragileStore, locked

pytestmark = pytest.mark.api


@pytest.fixture
def patient(settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[Conversation]:
    """With the patience that the program has by itself."""
    usual = settings.model_copy(update={"reply_timeout_seconds": 12.0})
    with TestClient(make_app(usual), raise_server_exceptions=False) as client:
        yield Conversation(client)


def turns_of(conversation: Conversation) -> list[dict[str, Any]]:
    answer = conversation.client.get(f"{conversation.path}/messages", headers=conversation.headers)
    return list(answer.json()["turns"])


def test_a_database_that_is_locked_for_three_seconds_only_takes_longer(
    patient: Conversation, settings: Settings, rasa: ScriptedRasa
) -> None:
    with locked(settings.state_dir / "linyu.db", seconds=3):
        answer = patient.say("我想订餐")
    assert (answer.status_code, answer.json()["goal"]) == (200, "greet")
    assert len(rasa.asked) == 1


@pytest.mark.parametrize("failures", [1, 2, 4, 7])
def test_a_database_that_fails_at_any_step_of_a_turn_is_tried_again(
    failures: int, patient: Conversation, store: FragileStore, rasa: ScriptedRasa
) -> None:
    before = patient.say("你好", "m0").json()
    fail_after(store, units=failures)
    answer = patient.say("我想订餐", "m1")
    if answer.status_code == 503:  # it failed before the dialogue had begun
        answer = patient.say("我想订餐", "m1")
    store.failures = 0
    assert answer.status_code == 200
    assert [turn["turn_id"] for turn in turns_of(patient)] == [before["turn_id"], answer.json()["turn_id"]]
    assert {message for _, message, _, _ in rasa.asked} == {"m0", "m1"}


def fail_after(store: FragileStore, *, units: int) -> None:
    """That many units of work succeed, then two fail."""
    store.failures_after = units
    store.failures = 2


def test_a_rasa_that_never_answers_holds_a_turn_no_longer_than_our_patience(
    settings: Settings, make_app: Callable[..., FastAPI], rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_arguments: object) -> RasaAnswer:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(rasa, "turn", hang)
    hurried = settings.model_copy(update={"reply_timeout_seconds": 1.0})
    with TestClient(make_app(hurried), raise_server_exceptions=False) as client:
        answer = Conversation(client).say("你好")
    assert (answer.status_code, answer.json()["code"]) == (503, "dialogue-unavailable")
    assert answer.headers["retry-after"]


def test_spoken_words_are_answered_when_the_database_is_back_and_nothing_is_said_again(
    address: str,
    online: Conversation,
    store: FragileStore,
    ears: ScriptedEars,
    rasa: ScriptedRasa,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "STORE_PATIENCE_SECONDS", 0.5)
    ears.events += [[Final(utterance("我想订餐"), b"")], [], [Final(utterance("明天"), b"")]]
    with StreamClient(address, online) as stream:
        stream.start(hands_free=True)
        store.down = True
        stream.speak()
        error = stream.until("error")
        assert (error["code"], "请稍等" in error["detail"]) == ("store-unavailable", True)
        store.down = False
        assert stream.until("turn")["turn"]["heard"]["text"] == "我想订餐"
        stream.speak()
        stream.speak()
        assert stream.until("turn")["turn"]["heard"]["text"] == "明天"
    assert [text for _, _, text, _ in rasa.asked] == ["我想订餐", "明天"]


def test_the_reader_of_answers_is_loaded_before_the_first_turn(
    settings: Settings, make_app: Callable[..., FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restart many come at once, and none of them has patience to spare."""
    real, loads = wiring.answer_model, list[str]()

    def load() -> SentenceModel:
        loads.append("once")
        return real()

    monkeypatch.setattr(wiring, "answer_model", load)
    with TestClient(make_app(settings)):
        assert loads == ["once"]
