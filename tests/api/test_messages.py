"""Saying something over HTTP: kept at once, answered once, never done twice."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.dialogue.rasa_client import RasaAnswer
from tests.api.conftest import Conversation, ScriptedRasa

pytestmark = pytest.mark.api


def test_the_welcome_says_it_is_automatic_and_how_to_reach_a_person(conversation: Conversation) -> None:
    welcome = conversation.opened["replies"][0]["text"]
    assert "自动" in welcome
    assert "人工" in welcome


def test_a_resident_of_unknown_language_is_welcomed_in_both(client: TestClient) -> None:
    replies = client.post("/api/v1/conversations", json={"channel": "web", "language": None}).json()["replies"]
    assert "自动" in replies[0]["text"]
    assert "automatic" in replies[1]["text"]


def test_a_turn_has_the_shape_of_the_contract(conversation: Conversation) -> None:
    turn = conversation.say("你好").json()
    assert set(turn) == {"turn_id", "goal", "confidence", "heard", "replies", "state"}
    assert set(turn["replies"][0]) == {"text", "spoken", "buttons", "tiles", "sources", "card"}
    assert turn["goal"] == "greet"
    assert turn["state"] == {"form": None, "awaiting": None}


def test_the_same_message_again_gets_the_same_turn_and_asks_rasa_once(
    conversation: Conversation, rasa: ScriptedRasa
) -> None:
    first, again = conversation.say("你好").json(), conversation.say("你好").json()
    assert first == again
    assert len(rasa.asked) == 1


def test_a_turn_survives_a_rasa_that_is_restarting(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.failures = 1
    assert conversation.say("你好").status_code == 200
    assert len({message_id for _, message_id, _, _ in rasa.asked}) == 1


def test_a_rasa_that_stays_away_gives_a_polite_503_and_the_words_can_be_sent_again(
    conversation: Conversation, rasa: ScriptedRasa
) -> None:
    rasa.failures = 1000
    answer = conversation.say("你好")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "dialogue-unavailable"
    assert "请稍等" in answer.json()["detail"]
    assert int(answer.headers["retry-after"]) > 0
    rasa.failures = 0
    assert conversation.say("你好").json()["goal"] == "greet"


def test_an_emergency_is_answered_while_rasa_is_down(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.failures = 1000
    turn = conversation.say("我胸口疼得厉害").json()
    assert turn["goal"] == "emergency"
    assert len(turn["replies"]) == 1
    assert "120" in turn["replies"][0]["text"]
    assert rasa.asked == []


def test_an_emergency_leaves_the_open_question_as_it_was(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = RasaAnswer([{"text": "哪一天?"}], "book_service", 0.9, "book_service_form", "date", {})
    conversation.say("订餐", "m1")
    turn = conversation.say("家里着火了", "m2").json()
    assert turn["state"] == {"form": "book_service", "awaiting": "date"}


def test_repeat_says_the_last_replies_again(conversation: Conversation, rasa: ScriptedRasa) -> None:
    first = conversation.say("你好", "m1").json()
    rasa.answer = RasaAnswer([{"text": "好的,我再说一遍。"}], "repeat", 0.9, None, None, {})
    assert conversation.say("再说一遍", "m2").json()["replies"] == first["replies"]


def test_a_finished_service_starts_the_next_with_a_clean_memory(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = replace(rasa.answer, slots={"finished": True})
    conversation.say("确认", "m1")
    conversation.say("你好", "m2")
    senders = [sender for sender, _, _, _ in rasa.asked]
    assert senders[0] != senders[1]
    assert rasa.forgotten[0] == senders[0]


def test_traditional_and_full_width_words_reach_rasa_plain(conversation: Conversation, rasa: ScriptedRasa) -> None:
    conversation.say("我想訂餐，２份")
    assert rasa.asked[0][2].startswith("我想订餐")
    assert "2份" in rasa.asked[0][2]


def test_the_circumstances_travel_with_the_words(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = RasaAnswer([{"text": "几点?"}], "book_service", 0.9, "book_service_form", "time", {})
    conversation.say("订餐", "m1")
    conversation.say("下午三点", "m2")
    about = rasa.asked[1][3]
    assert about["awaiting"] == "time"
    assert about["fits"] is True
    assert about["language"] == "zh"


def test_history_holds_what_was_said_and_answered(conversation: Conversation, client: TestClient) -> None:
    conversation.say("你好")
    turns = client.get(f"{conversation.path}/messages", headers=conversation.headers).json()["turns"]
    assert [turn["text"] for turn in turns] == ["你好"]
    assert turns[0]["replies"][0]["text"] == "您好!"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "", "client_message_id": "m"}, 422, "invalid"),
        ({"text": "   ", "client_message_id": "m"}, 422, "invalid"),
        ({"text": "你好"}, 422, "invalid"),
        ({"text": "你好", "client_message_id": ""}, 422, "invalid"),
        ({"text": "你好", "client_message_id": "m", "goal": "x"}, 422, "invalid"),
        ({"text": "长" * 2001, "client_message_id": "m"}, 422, "too-long"),
        ({"text": "长" * 4_000_000, "client_message_id": "m"}, 413, "too-large"),
    ],
)
def test_bad_input_gets_a_clear_answer(
    conversation: Conversation, client: TestClient, body: dict[str, str], status: int, code: str
) -> None:
    answer = client.post(f"{conversation.path}/messages", json=body, headers=conversation.headers)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_broken_body_is_refused(conversation: Conversation, client: TestClient) -> None:
    answer = client.post(f"{conversation.path}/messages", content=b"{", headers=conversation.headers)
    assert answer.status_code == 422


def test_an_error_never_repeats_the_words(conversation: Conversation, client: TestClient) -> None:
    body = {"text": ["秘密的话"], "client_message_id": "m"}
    answer = client.post(f"{conversation.path}/messages", json=body, headers=conversation.headers)
    assert answer.status_code == 422
    assert "秘密的话" not in answer.text


def test_a_rating_is_kept(conversation: Conversation, client: TestClient) -> None:
    rate = client.post(f"{conversation.path}/rating", json={"score": 5, "comment": "好"}, headers=conversation.headers)
    assert rate.status_code == 200
    bad = client.post(f"{conversation.path}/rating", json={"score": 6}, headers=conversation.headers)
    assert bad.status_code == 422
