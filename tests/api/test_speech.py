"""Hearing a reply as a sound file, and how it is spoken."""

import io
import wave
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.dialogue.rasa_client import RasaAnswer
from tests.api.conftest import Conversation, ScriptedRasa
from tests.speech_fakes import ScriptedEars, ScriptedVoice

pytestmark = pytest.mark.api


def listen(conversation: Conversation, turn_id: str, **query: str | int) -> Any:
    query = {"ticket": conversation.ticket, **query}
    return conversation.client.get(f"{conversation.path}/turns/{turn_id}/speech", params=query)


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 24000])
def test_all_replies_of_a_turn_are_spoken_into_one_whole_file(
    conversation: Conversation, rasa: ScriptedRasa, voice: ScriptedVoice, rate: int
) -> None:
    rasa.answer = RasaAnswer([{"text": "订好了。"}, {"text": "8:30见!"}], "book_service", 0.9, None, None, {})
    turn = conversation.say("好").json()
    answer = listen(conversation, turn["turn_id"], rate_hz=rate)
    assert answer.headers["content-type"] == "audio/wav"
    assert "no-store" in answer.headers["cache-control"]
    spoken = [text for text, _, _ in voice.spoken]
    assert spoken == [reply["spoken"] for reply in turn["replies"]]
    assert spoken[1] == "八点半见!"
    with wave.open(io.BytesIO(answer.content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (rate, 1, 2)
        assert file.getnframes() == sum(len(text) for text in spoken) * (rate // 40)
    assert len(answer.content) == 44 + 2 * sum(len(text) for text in spoken) * (rate // 40)


def test_the_language_of_the_words_chooses_how_they_are_read(
    conversation: Conversation, rasa: ScriptedRasa, voice: ScriptedVoice
) -> None:
    rasa.answer = RasaAnswer(
        [{"text": "好的。"}, {"text": "All right, this is English."}], "greet", 0.9, None, None, {}
    )
    listen(conversation, conversation.say("好").json()["turn_id"])
    assert [manner.language for _, manner, _ in voice.spoken] == ["zh", "en"]


def test_a_ticket_is_needed_and_opens_nothing_else(client: TestClient, conversation: Conversation) -> None:
    turn_id = conversation.say("你好").json()["turn_id"]
    other = Conversation(client)
    assert listen(conversation, turn_id, ticket="").status_code == 404
    assert listen(conversation, turn_id, ticket=other.ticket).status_code == 404
    assert listen(other, turn_id).status_code == 404
    assert listen(conversation, "none").status_code == 404
    assert listen(conversation, turn_id, rate_hz=44100).status_code == 422


def test_a_voice_that_fails_says_so_politely(conversation: Conversation, voice: ScriptedVoice) -> None:
    turn_id = conversation.say("你好").json()["turn_id"]
    voice.fails = True
    answer = listen(conversation, turn_id)
    assert (answer.status_code, answer.json()["code"]) == (503, "voice-failed")
    assert "屏幕" in answer.json()["detail"]


def test_readiness_knows_ears_and_voice(client: TestClient, ears: ScriptedEars, voice: ScriptedVoice) -> None:
    assert client.get("/readyz").json()["missing"] == ["actions"]
    voice.small = True
    assert client.get("/readyz").json()["degraded"] == ["voice"]
    voice.fails = True
    assert "voice" in client.get("/readyz").json()["missing"]


def test_readiness_tells_whether_a_call_would_begin_at_once(client: TestClient) -> None:
    assert client.get("/readyz").json()["calls"] == "preparing"  # the actions are missing here


def test_the_voice_is_told_when_the_application_ends(client: TestClient, voice: ScriptedVoice) -> None:
    assert not voice.closed
    client.__exit__()
    assert voice.closed
    client.__enter__()  # the fixture leaves it again
