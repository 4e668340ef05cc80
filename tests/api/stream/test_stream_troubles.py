"""The voice stream when something fails, breaks off, idles or is not allowed."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.errors import AssistantError, NotFound, StoreUnavailable
from bot.services.conversations import conversations
from bot.settings import Settings
from bot.speech.stt.ears import Final, StillThere
from bot.store.store import Store
from tests.api.conftest import Conversation, ScriptedRasa, served
from tests.api.stream.stream_client import StreamClient
from tests.records import sound_of
from tests.speech_fakes import ScriptedEars, ScriptedVoice, utterance

pytestmark = pytest.mark.api

LONG = "".join(f"这是第{word}句话。" for word in "一二三四五六七八九十")


@pytest.fixture
def stream(address: str, online: Conversation) -> Iterator[StreamClient]:
    with StreamClient(address, online) as client:
        yield client


def test_a_rasa_that_is_away_is_told_politely_and_the_connection_stays(
    stream: StreamClient, rasa: ScriptedRasa, voice: ScriptedVoice
) -> None:
    rasa.failures = 1000
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    error = stream.until("error")
    assert error["code"] == "dialogue-unavailable"
    assert "请稍等" in error["detail"]
    stream.until("speech_end")
    assert "请稍等" in voice.spoken[0][0]
    rasa.failures = 0
    stream.send("text", text="你好", client_message_id="m1")
    assert stream.until("turn")["turn"]["goal"] == "greet"


def test_a_voice_that_fails_leaves_the_words(stream: StreamClient, voice: ScriptedVoice) -> None:
    voice.fails = True
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    stream.until("turn")
    assert stream.until("error")["code"] == "voice-failed"
    assert stream.until("speech_end")["interrupted"] is False


def test_busy_ears_are_told_once_and_the_next_press_tries_again(stream: StreamClient, ears: ScriptedEars) -> None:
    ears.busy = True
    stream.start()
    for _ in range(5):
        stream.speak()
    assert stream.until("error")["code"] == "ears-busy"
    assert stream.quiet()
    ears.busy = False
    ears.says.append(utterance("你好"))
    stream.send("stop")
    stream.speak()
    stream.send("stop")
    assert stream.until("turn")["turn"]["heard"]["text"] == "你好"
    assert stream.kinds().count("error") == 1


def test_the_newer_of_two_connections_wins(address: str, online: Conversation) -> None:
    with StreamClient(address, online) as older:
        older.start()
        with StreamClient(address, online) as newer:
            newer.start(speak=False)
            assert older.until("error")["code"] == "replaced"
            assert older.until_closed() == 4409
            newer.send("text", text="你好", client_message_id="m1")
            newer.until("turn")


def test_what_a_broken_connection_missed_is_told_again(
    address: str, online: Conversation, rasa: ScriptedRasa, voice: ScriptedVoice
) -> None:
    with StreamClient(address, online) as client:
        client.start(speak=False)
        client.send("text", text="你好", client_message_id="m1")
        seen = client.until("turn")["seq"]
        rasa.failures = 1  # the answer takes a moment, and the connection breaks meanwhile
        client.send("text", text="再问一句", client_message_id="m2")
        time.sleep(0.2)
    time.sleep(1)
    with StreamClient(address, online) as back:
        back.send("start", rate=16000, speak=True, resume_after=seen)
        turn = back.until("turn")
        assert turn["seq"] == seen + 1
        assert len(rasa.asked) == 3
        assert back.until("ready")["seq"] == seen + 2
        assert back.until("speech_end")["turn_id"] == turn["turn"]["turn_id"], "the resident has not heard it yet"
    with StreamClient(address, online) as stranger:
        stranger.send("start", rate=16000)
        assert stranger.until("ready")["seq"] == 1


def test_an_idle_client_is_told_and_closed(
    settings: Settings, make_app: Callable[[Settings], FastAPI], ears: ScriptedEars
) -> None:
    with (
        served(make_app(settings.model_copy(update={"stream_idle_seconds": 0.5}))) as address,
        httpx.Client(base_url=f"http://{address}") as client,
        StreamClient(address, Conversation(client)) as stream,
    ):
        stream.start()
        stream.speak()
        assert stream.until("error")["code"] == "idle"
        assert stream.until_closed() == 4408
        time.sleep(0.2)
        assert ears.open == 0


def test_spoken_turns_count_for_the_limit(settings: Settings, make_app: Any, ears: ScriptedEars) -> None:
    with (
        served(make_app(settings.model_copy(update={"messages_per_minute": 2}))) as address,
        httpx.Client(base_url=f"http://{address}") as client,
        StreamClient(address, Conversation(client)) as stream,
    ):
        ears.says += [utterance("你好")] * 3
        stream.start(speak=False)
        for _ in range(3):
            stream.speak()
            stream.send("stop")
        stream.until("turn")
        stream.until("turn")
        assert stream.until("error")["code"] == "too-many-requests"


def test_kept_sound_is_the_utterance(settings: Settings, make_app: Any, ears: ScriptedEars, store: Store) -> None:
    with (
        served(make_app(settings.model_copy(update={"keep_audio_days": 1}))) as address,
        httpx.Client(base_url=f"http://{address}") as client,
        StreamClient(address, Conversation(client)) as stream,
    ):
        ears.says.append(utterance("你好"))
        stream.start(speak=False)
        stream.speak()
        stream.send("stop")
        turn_id = stream.until("turn")["turn"]["turn_id"]
    assert (sound_of(store, turn_id) or b"").startswith(b"fLaC")


def test_an_erased_conversation_ends_the_connection(stream: StreamClient, online: Conversation, store: Store) -> None:
    stream.start()
    conversations.erase_conversation(store, online.opened["conversation_id"])
    stream.send("text", text="你好", client_message_id="m1")
    assert stream.until("error")["code"] == "not-found"
    assert stream.until_closed() == 4404


@pytest.mark.parametrize("trouble", [StoreUnavailable, NotFound])
def test_a_database_that_hiccups_makes_no_stream_deaf(
    stream: StreamClient, ears: ScriptedEars, monkeypatch: pytest.MonkeyPatch, trouble: type[AssistantError]
) -> None:
    """What was asked last is looked up when the ears are opened; then they listen without knowing it."""
    last_turn = conversations.last_turn

    def hiccup(*_about: object) -> None:
        raise trouble

    stream.start(speak=False)
    monkeypatch.setattr(conversations, "last_turn", hiccup)
    stream.speak()
    time.sleep(0.3)
    monkeypatch.setattr(conversations, "last_turn", last_turn)
    ears.says.append(utterance("我想订餐"))
    stream.speak()
    stream.send("stop")
    assert stream.until("turn")["turn"]["heard"]["text"] == "我想订餐"


def test_a_question_that_cannot_be_asked_aloud_makes_no_stream_deaf(
    stream: StreamClient, ears: ScriptedEars, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = conversations.view

    def hiccup(*_about: object) -> None:
        raise StoreUnavailable

    stream.start(hands_free=True)
    ears.events += [[], [StillThere()], [Final(utterance("我想订餐"), b"")]]
    stream.speak()
    time.sleep(0.3)
    monkeypatch.setattr(conversations, "view", hiccup)
    stream.speak()
    stream.until("still_there")
    time.sleep(0.3)
    monkeypatch.setattr(conversations, "view", view)
    stream.speak()
    assert stream.until("turn")["turn"]["heard"]["text"] == "我想订餐"
