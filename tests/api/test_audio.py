"""Saying something as a sound file."""

import pytest
from fastapi.testclient import TestClient

from bot.dialogue.rasa_client import RasaAnswer
from bot.services.conversations import conversations
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import Conversation, ScriptedRasa
from tests.records import sound_of
from tests.speech_fakes import ScriptedEars, utterance, wav

pytestmark = pytest.mark.api


def send(conversation: Conversation, body: bytes, kind: str = "audio/wav", message_id: str | None = None) -> object:
    headers = {**conversation.headers, "Content-Type": kind}
    if message_id:
        headers["Client-Message-Id"] = message_id
    return conversation.client.post(f"{conversation.path}/audio", content=body, headers=headers)


def test_spoken_words_are_answered_and_told_back(
    conversation: Conversation, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    ears.says.append(utterance("我想订餐", 0.9))
    turn = send(conversation, wav()).json()
    assert turn["heard"] == {"text": "我想订餐", "confidence": 0.9}
    assert turn["goal"] == "greet"
    assert rasa.asked[0][2] == "我想订餐"


@pytest.mark.parametrize("kind", ["audio/wav", "audio/x-wav", "audio/wave", "application/octet-stream"])
def test_the_raw_file_may_carry_any_of_these_types(conversation: Conversation, ears: ScriptedEars, kind: str) -> None:
    ears.says.append(utterance("你好"))
    assert send(conversation, wav(), kind).status_code == 200


@pytest.mark.parametrize("field", ["audio", "file", "recording"])
def test_a_form_may_carry_the_file_under_any_name(conversation: Conversation, ears: ScriptedEars, field: str) -> None:
    ears.says.append(utterance("你好"))
    answer = conversation.client.post(
        f"{conversation.path}/audio",
        files={field: ("a.wav", wav(), "audio/wav")},
        data={"client_message_id": "f1"},
        headers=conversation.headers,
    )
    assert answer.json()["heard"]["text"] == "你好"
    again = send(conversation, wav(), message_id="f1")
    assert again.json() == answer.json()


def test_the_same_message_again_gets_the_same_turn_and_is_heard_once(
    conversation: Conversation, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    ears.says.append(utterance("你好"))
    first, again = send(conversation, wav(), message_id="a1").json(), send(conversation, wav(), message_id="a1").json()
    assert first == again
    assert (ears.heard_files, len(rasa.asked)) == (1, 1)
    by_query = conversation.client.post(
        f"{conversation.path}/audio?client_message_id=a1", content=wav(), headers=conversation.headers
    )
    assert by_query.json() == first


def test_what_was_not_heard_is_asked_again_and_then_a_person_is_offered(
    conversation: Conversation, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    rasa.answer = RasaAnswer([{"text": "请问哪一天?"}], "book_service", 0.9, "book_service_form", "date", {})
    conversation.say("订餐")
    first = send(conversation, wav()).json()
    assert first["goal"] == "out_of_scope"
    assert first["heard"] == {"text": "", "confidence": 0.0}
    assert first["state"] == {"form": "book_service", "awaiting": "date"}
    assert [reply["text"] for reply in first["replies"]] == ["不好意思，我没听清，请您再说一遍。", "请问哪一天?"]
    ears.says.append(utterance("听不出来的话", 0.05))
    second = send(conversation, wav()).json()
    assert second["replies"][0]["buttons"] == [{"title": "人工", "payload": "人工"}]
    assert second["replies"][1]["text"] == "请问哪一天?"
    third = send(conversation, wav()).json()
    assert third["replies"][0]["buttons"]
    assert len(rasa.asked) == 1
    ears.says.append(utterance("明天"))
    assert send(conversation, wav()).json()["goal"] == "book_service"


def test_danger_in_an_unlikely_reading_is_not_lost(
    conversation: Conversation, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    rasa.failures = 1000
    ears.says.append(utterance("家里找货了", 0.1, other=("家里照火了", "家里着火了")))
    turn = send(conversation, wav()).json()
    assert turn["goal"] == "emergency"
    assert "119" in turn["replies"][0]["text"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"ID3 no wave at all", "audio/wav", 415, "unknown-audio"),
        (b"{}", "application/json", 415, "unknown-audio"),
        (b"", "audio/wav", 422, "bad-audio"),
        (wav()[:30], "audio/wav", 422, "bad-audio"),
        (wav(0), "audio/wav", 422, "bad-audio"),
        (wav(1, 4000), "audio/wav", 422, "bad-audio"),
        (wav(61, 8000), "audio/wav", 413, "audio-too-long"),
        (b"RIFF" + bytes(12_600_000), "audio/wav", 413, "too-large"),
    ],
)
def test_what_cannot_be_heard_gets_a_clear_answer(
    conversation: Conversation, body: bytes, kind: str, status: int, code: str
) -> None:
    answer = send(conversation, body, kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_busy_ears_say_when_to_try_again(conversation: Conversation, ears: ScriptedEars) -> None:
    ears.busy = True
    answer = send(conversation, wav())
    assert (answer.status_code, answer.json()["code"]) == (503, "ears-busy")
    assert int(answer.headers["retry-after"]) > 0
    assert "打字" in answer.json()["detail"]


def test_a_failure_is_told_in_the_language_of_the_conversation(client: TestClient) -> None:
    opened = client.post("/api/v1/conversations", json={"language": "en"}).json()
    answer = client.post(
        f"/api/v1/conversations/{opened['conversation_id']}/audio",
        content=b"no sound",
        headers={"Authorization": f"Bearer {opened['token']}", "Content-Type": "audio/wav", "Accept-Language": "zh"},
    )
    assert "WAV file" in answer.json()["detail"]


def test_another_ones_token_hears_nothing(client: TestClient, conversation: Conversation) -> None:
    other = Conversation(client)
    answer = client.post(f"{conversation.path}/audio", content=wav(), headers=other.headers)
    assert answer.status_code == 404


def test_no_sound_is_kept_unless_the_office_says_so(
    conversation: Conversation, ears: ScriptedEars, store: Store
) -> None:
    assert conversation.client.get("/api/v1/config").json()["keeps_audio"] is False
    ears.says.append(utterance("你好"))
    assert sound_of(store, send(conversation, wav()).json()["turn_id"]) is None


def test_kept_sound_is_encrypted_flac_and_goes_with_the_conversation(
    settings: Settings, make_app: object, ears: ScriptedEars, store: Store
) -> None:
    with TestClient(make_app(settings.model_copy(update={"keep_audio_days": 7}))) as client:  # type: ignore[operator]
        conversation = Conversation(client)
        assert client.get("/api/v1/config").json()["keeps_audio"] is True
        ears.says.append(utterance("你好"))
        turn_id = send(conversation, wav()).json()["turn_id"]
    kept = sound_of(store, turn_id)
    assert kept is not None
    assert kept.startswith(b"fLaC")
    assert b"fLaC" not in (settings.state_dir / "linyu.db").read_bytes()
    conversations.erase_conversation(store, conversation.opened["conversation_id"])
    assert sound_of(store, turn_id) is None


def test_a_rasa_that_is_away_gives_a_polite_503_and_the_sound_can_be_sent_again(
    conversation: Conversation, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    rasa.failures = 1000
    ears.says += [utterance("你好"), utterance("你好")]
    assert send(conversation, wav(), message_id="a1").status_code == 503
    rasa.failures = 0
    assert send(conversation, wav(), message_id="a1").json()["goal"] == "greet"
