"""Danger is answered before everything else: limits, lengths, tokens, the database, Rasa."""

import pytest
from fastapi.testclient import TestClient

from bot.dialogue.rasa_client import RasaAnswer
from bot.errors import StoreUnavailable
from bot.services.conversations import conversations
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import Conversation, ScriptedRasa
from tests.store_fakes import FragileStore

pytestmark = pytest.mark.api

FIRE = "着火了"


def is_told_119(answer: object) -> bool:
    turn = answer.json()  # type: ignore[attr-defined]
    return turn["goal"] == "emergency" and "119" in turn["replies"][0]["text"]


def test_a_database_that_is_away_does_not_stop_it(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(Store, "unit", away)
    monkeypatch.setattr(Store, "reading", away)
    assert conversation.say("你好").status_code == 503
    assert is_told_119(conversation.say(FIRE))


def test_a_record_that_cannot_be_written_does_not_stop_it(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("scripted")

    monkeypatch.setattr(conversations, "receive", broken)
    assert is_told_119(conversation.say(FIRE))


def test_the_limit_of_messages_does_not_stop_it(settings: Settings, make_app: object) -> None:
    few = settings.model_copy(update={"messages_per_minute": 1})
    with TestClient(make_app(few)) as client:  # type: ignore[operator]
        conversation = Conversation(client)
        conversation.say("你好", "m1")
        assert conversation.say("你好", "m2").status_code == 429
        assert is_told_119(conversation.say(FIRE, "m3"))


def test_a_text_that_is_too_long_does_not_stop_it(conversation: Conversation) -> None:
    story = "我想问一下助餐怎么订。" * 300
    assert conversation.say(story).status_code == 422
    assert is_told_119(conversation.say(story + "我家着火了!", "m2"))


def test_a_wrong_token_does_not_stop_it(conversation: Conversation) -> None:
    conversation.headers = {"Authorization": "Bearer wrong"}
    assert conversation.say("你好").status_code in (401, 404)
    assert is_told_119(conversation.say(FIRE))


def test_the_same_message_twice_is_one_turn(conversation: Conversation) -> None:
    first, again = conversation.say(FIRE).json(), conversation.say(FIRE).json()
    assert first == again


def test_possible_danger_names_the_number_and_the_matter_goes_on(
    conversation: Conversation, rasa: ScriptedRasa
) -> None:
    turn = conversation.say("路灯冒火花").json()
    assert turn["goal"] == "greet"
    assert "119" in turn["replies"][0]["text"] or "120" in turn["replies"][0]["text"]
    assert turn["replies"][-1]["text"] == "您好!"
    assert len(rasa.asked) == 1


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "while the database is away"])
def test_a_yes_after_the_notice_confirms_nothing(
    conversation: Conversation, rasa: ScriptedRasa, store: FragileStore, kept: bool
) -> None:
    summary, told = [{"text": "我念一遍。对吗?"}], ("utter_confirm_booking",)
    rasa.answer = RasaAnswer(summary, "book_service", 0.9, "book_service_form", "confirmation", {}, told)
    conversation.say("订饭", "m1")
    store.down = not kept
    assert is_told_119(conversation.say(FIRE, "m2"))
    store.down = False
    conversation.say("对", "m3")
    conversation.say("对", "m4")
    heard = [(about["asked"], about["act"]) for _, _, _, about in rasa.asked]
    assert heard == [(None, "content"), (None, "content"), ("read_back", "yes")]
