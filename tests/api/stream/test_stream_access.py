"""Who may open a voice stream, and what no client can do with it."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bot.services.conversations import conversations
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import Conversation, served
from tests.api.stream.stream_client import StreamClient
from tests.speech_fakes import ScriptedEars, utterance

pytestmark = [pytest.mark.api, pytest.mark.security]


@pytest.fixture
def stream(address: str, online: Conversation) -> Iterator[StreamClient]:
    with StreamClient(address, online) as client:
        yield client


def test_anothers_ticket_opens_nothing(address: str, online: Conversation) -> None:
    other = Conversation(online.client)
    for ticket in ("", "forged", other.ticket, other.opened["token"]):
        with StreamClient(address, online, ticket=ticket) as client:
            assert client.until("error")["code"] == "not-found"
            assert client.until_closed() == 4401


def test_a_used_ticket_opens_nothing(address: str, online: Conversation) -> None:
    ticket = online.ticket
    with StreamClient(address, online, ticket=ticket) as client:
        client.start()
    with StreamClient(address, online, ticket=ticket) as client:
        assert client.until("error")["code"] == "not-found"
        assert client.until_closed() == 4401
    assert online.client.get(f"{online.path}/turns/none/speech", params={"ticket": ticket}).status_code == 404


def test_an_old_ticket_opens_nothing(address: str, online: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = online.ticket
    monkeypatch.setattr("api.http.tickets.SECONDS", -1)
    with StreamClient(address, online, ticket=ticket) as client:
        assert client.until_closed() == 4401


def test_an_erased_conversation_cannot_be_opened(address: str, online: Conversation, store: Store) -> None:
    ticket = online.ticket
    conversations.erase_conversation(store, online.opened["conversation_id"])
    with StreamClient(address, online, ticket=ticket) as client:
        assert client.until_closed() == 4404


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_site_is_refused(address: str, online: Conversation, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        StreamClient(address, online, origin=origin)
    assert refused.value.response.status_code == 403


def test_our_own_page_is_let_in(address: str, online: Conversation) -> None:
    with StreamClient(address, online, origin=f"http://{address}") as client:
        client.start()


def test_opening_counts_for_the_limit_of_the_address(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    with (
        served(make_app(settings.model_copy(update={"requests_per_minute": 4}))) as address,
        httpx.Client(base_url=f"http://{address}") as client,
    ):
        conversation = Conversation(client)  # the first request
        ticket = conversation.ticket  # the second
        for _ in range(2):
            StreamClient(address, conversation, ticket=ticket).socket.close()
        with pytest.raises(InvalidStatus) as refused:
            StreamClient(address, conversation, ticket=ticket)
        assert refused.value.response.status_code == 429
        assert int(refused.value.response.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "null",
        '"start"',
        "[" * 50_000,
        '{"type":"none"}',
        '{"type":"start","rate":7999}',
        '{"type":"start","rate":"x"}',
        '{"type":"start","language":"fr"}',
        '{"type":"text","text":"","client_message_id":"m"}',
        '{"type":"text","text":"你好","client_message_id":"with blank"}',
        '{"type":"text","text":"你好"}',
        '{"type":"manner","rate":9}',
        json.dumps({"type": "text", "text": "长" * 2001, "client_message_id": "m"}),
    ],
    ids=lambda frame: frame[:24],
)
def test_a_frame_that_makes_no_sense_is_answered_and_the_connection_stays(stream: StreamClient, frame: str) -> None:
    stream.socket.send(frame)
    assert stream.until("error")["code"] == "invalid"
    stream.start()


def test_sound_before_the_start_is_refused_politely(stream: StreamClient) -> None:
    stream.speak()
    assert stream.until("error")["code"] == "not-started"
    stream.start()


@pytest.mark.parametrize("kind", ["stop", "interrupt"])
def test_a_word_at_the_wrong_time_does_no_harm(stream: StreamClient, kind: str) -> None:
    stream.send(kind)
    stream.start()
    stream.send(kind)
    assert stream.quiet()


def test_a_frame_that_is_too_large_ends_the_connection(stream: StreamClient) -> None:
    stream.start()
    stream.socket.send(bytes(256 * 1024 + 2))
    assert stream.until("error")["code"] == "too-large"
    assert stream.until_closed() in (1009, 1006)  # a reset may overtake the reason


def test_a_giant_frame_is_not_even_collected(stream: StreamClient) -> None:
    stream.start()
    with suppress(ConnectionClosed):  # before we have sent it all
        stream.socket.send(bytes(20 * 1024 * 1024))
    assert stream.until_closed() in (1009, 1006)  # a reset may overtake the reason


def test_more_than_a_minute_is_left_out_and_said_so_once(stream: StreamClient, ears: ScriptedEars) -> None:
    ears.says.append(utterance("很长的话"))
    stream.start(speak=False)
    for _ in range(70):
        stream.speak(1)
    assert stream.until("error")["code"] == "audio-too-long"
    stream.send("stop")
    assert stream.until("turn")["turn"]["heard"]["text"] == "很长的话"
    assert len(ears.sessions[0].pcm) == 60 * 32000
    assert stream.kinds().count("error") == 1


def test_a_flood_of_words_is_refused_and_the_rest_still_answered(stream: StreamClient) -> None:
    stream.start(speak=False)
    for n in range(60):
        stream.send("text", text="你好", client_message_id=f"m{n}")
    stream.until("turn")
    refused = [event for event in stream.events if event["type"] == "error"]
    assert {event["code"] for event in refused} == {"too-many-requests"}


def test_sound_that_comes_faster_than_anybody_can_hear_it_is_bounded(stream: StreamClient, ears: ScriptedEars) -> None:
    ears.slow_seconds = 1.5
    stream.start(speak=False)
    for _ in range(5):
        stream.socket.send(bytes(32000))
        for _ in range(59):
            stream.speak(1)
        stream.send("stop")
    assert stream.until("error")["code"] == "audio-too-long"


def test_a_flood_of_other_frames_is_refused_too(stream: StreamClient) -> None:
    stream.start(speak=False)
    for _ in range(400):
        stream.send("interrupt")
    assert stream.until("error")["code"] == "too-many-requests"


def test_two_hundred_openings_leave_nobody_at_the_ears(address: str, online: Conversation, ears: ScriptedEars) -> None:
    for n in range(200):
        client = StreamClient(address, online)
        client.send("start", rate=16000)
        client.speak(0.02)
        if n % 2:
            client.until("ready")
        client.socket.close()
    deadline = time.monotonic() + 10
    while ears.open and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ears.open == 0
    assert len(ears.sessions) >= 50
    with StreamClient(address, online) as after:
        after.start()


def test_the_log_holds_neither_tickets_nor_words(
    address: str, online: Conversation, ears: ScriptedEars, caplog: pytest.LogCaptureFixture
) -> None:
    ears.says.append(utterance("我叫王秀英电话幺三八"))
    ticket = online.ticket
    server_loggers = [name for name in logging.root.manager.loggerDict if not name.startswith("websockets.client")]
    with caplog.at_level("DEBUG"), StreamClient(address, online, ticket=ticket) as client:
        client.start()
        client.speak()
        client.send("stop")
        client.until("speech_end")
        online.client.get(f"{online.path}/turns/none/speech?ticket={ticket}")
        client.socket.send("{秘密")
        client.until("error")
        client.socket.close()
        time.sleep(0.3)
    ours = [one for one in caplog.records if one.name in server_loggers and one.name not in CLIENTS]
    logged = "\n".join(record.getMessage() for record in ours)
    assert "WS /api/v1/conversations/{conversation_id}/stream" in logged
    for secret in (ticket, ticket[:12], "王秀英", "秘密", "ticket="):
        assert secret not in logged, secret


CLIENTS = ("httpx", "httpcore.http11", "httpcore.connection", "websockets.client")
"""Loggers of the test's own client."""


def test_an_unexpected_fault_is_told_politely_and_shows_nothing(
    stream: StreamClient, rasa: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_about: Any) -> None:
        raise ZeroDivisionError("我叫王秀英")

    rasa.turn = broken
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    error = stream.until("error")
    assert error["code"] == "unexpected"
    assert "对不起" in error["detail"]
    assert "王秀英" not in caplog.text
