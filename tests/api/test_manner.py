"""How we speak in a conversation: chosen by hand, by word, or after the resident's own pace."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Conversation, ScriptedRasa
from tests.speech_fakes import ScriptedEars, ScriptedVoice, utterance, wav

pytestmark = pytest.mark.api


def manner(conversation: Conversation, **changes: Any) -> Any:
    return conversation.client.put(f"{conversation.path}/manner", json=changes, headers=conversation.headers)


def test_what_is_chosen_stays_and_the_rest_too(conversation: Conversation, voice: ScriptedVoice) -> None:
    assert manner(conversation).json() == {"rate": 1.0, "volume": 1.0, "voice": "female"}
    assert manner(conversation, rate=0.7).json()["rate"] == 0.7
    assert manner(conversation, voice="male", volume=1.5).json() == {"rate": 0.7, "volume": 1.5, "voice": "male"}
    turn_id = conversation.say("你好").json()["turn_id"]
    conversation.client.get(f"{conversation.path}/turns/{turn_id}/speech", params={"ticket": conversation.ticket})
    spoken = voice.spoken[0][1]
    assert (spoken.rate, spoken.volume, spoken.gender) == (0.7, 1.5, "male")


@pytest.mark.parametrize(
    "wrong", [{"rate": 0.4}, {"rate": 1.6}, {"volume": 0.1}, {"volume": 3}, {"voice": "robot"}, {"speed": 1}]
)
def test_impossible_wishes_are_refused(conversation: Conversation, wrong: dict[str, Any]) -> None:
    assert manner(conversation, **wrong).status_code == 422
    assert manner(conversation).json() == {"rate": 1.0, "volume": 1.0, "voice": "female"}


def test_only_the_owner_chooses(client: TestClient, conversation: Conversation) -> None:
    other = Conversation(client)
    answer = client.put(f"{conversation.path}/manner", json={"rate": 0.5}, headers=other.headers)
    assert answer.status_code == 404


def test_each_slower_is_one_step(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = replace(rasa.answer, intent="slower")
    rates = []
    for n in range(4):
        conversation.say("说慢一点", f"m{n}")
        rates.append(manner(conversation).json()["rate"])
    assert rates == [0.85, 0.7, 0.6, 0.6]


def test_louder_goes_up_and_stops_at_twice(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = replace(rasa.answer, intent="louder")
    volumes = []
    for n in range(3):
        conversation.say("大声点", f"m{n}")
        volumes.append(manner(conversation).json()["volume"])
    assert volumes == [1.5, 2.0, 2.0]


@pytest.mark.parametrize(
    ("said", "goal", "expected"),
    [
        ("快点说", "slower", {"rate": 0.85}),
        ("快一点", "slower", {"rate": 0.85}),
        ("正常语速就好", "slower", {"rate": 1.0}),
        ("小声点", "louder", {"volume": 1.0}),
        ("please speak faster", "slower", {"rate": 0.85}),
        ("not so loud please", "louder", {"volume": 1.0}),
    ],
)
def test_the_way_back_needs_no_rasa(
    conversation: Conversation, rasa: ScriptedRasa, said: str, goal: str, expected: dict[str, float]
) -> None:
    manner(conversation, rate=0.7, volume=1.5)
    turn = conversation.say(said).json()
    assert turn["goal"] == goal
    assert rasa.asked == []
    assert manner(conversation).json().items() >= expected.items()


def test_the_same_message_again_is_one_step_only(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = replace(rasa.answer, intent="slower")
    conversation.say("慢一点", "m1")
    conversation.say("慢一点", "m1")
    assert manner(conversation).json()["rate"] == 0.85


def test_a_wish_inside_a_form_asks_the_question_again(conversation: Conversation, rasa: ScriptedRasa) -> None:
    rasa.answer = replace(
        rasa.answer, messages=[{"text": "送到哪里?"}], active_loop="book_service_form", requested_slot="place"
    )
    conversation.say("订餐", "m1")
    turn = conversation.say("说快一点", "m2").json()
    assert [reply["text"] for reply in turn["replies"]] == ["好的，我说快一点。", "送到哪里?"]
    assert turn["state"]["awaiting"] == "place"


def test_who_speaks_slowly_is_answered_slowly(conversation: Conversation, ears: ScriptedEars) -> None:
    for said in ("我想问一下那个助餐的事情", "就是我们东风社区的那个"):
        ears.says.append(utterance(said, seconds=8))
        conversation.client.post(f"{conversation.path}/audio", content=wav(), headers=conversation.headers)
    assert manner(conversation).json()["rate"] == 0.85


def test_a_chosen_rate_is_not_changed_for_a_slow_speaker(conversation: Conversation, ears: ScriptedEars) -> None:
    manner(conversation, rate=1.15)
    for said in ("我想问一下那个助餐的事情", "就是我们东风社区的那个"):
        ears.says.append(utterance(said, seconds=8))
        conversation.client.post(f"{conversation.path}/audio", content=wav(), headers=conversation.headers)
    assert manner(conversation).json()["rate"] == 1.15


def test_a_single_slow_sentence_changes_nothing(conversation: Conversation, ears: ScriptedEars) -> None:
    for said, seconds in (
        ("我想问一下那个助餐的事情", 8),
        ("就是我们东风社区的那个", 2),
        ("我想问一下那个助餐的事情", 8),
    ):
        ears.says.append(utterance(said, seconds=seconds))
        conversation.client.post(f"{conversation.path}/audio", content=wav(), headers=conversation.headers)
    assert manner(conversation).json()["rate"] == 1.0
