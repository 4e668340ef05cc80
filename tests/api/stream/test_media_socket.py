"""The media socket of the telephone under bad hands: nothing crashes, nothing leaks, nothing personal is logged."""

import json
import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from api.parts import Parts
from api.telephone import media
from bot import state_folder
from bot.settings import Settings
from bot.store.conversations.tables import Call
from bot.store.store import Store
from tests.api.conftest import served

pytestmark = [pytest.mark.api, pytest.mark.telephone]

NUMBER = "13900001234"
OPENS = 200
AT_ONCE = 4


def start(name: str = "1795473419.1", *, format_: str = "slin") -> str:
    """As Asterisk sends it."""
    variables = {"__LINYU_CALL": name, "__LINYU_CALLER": NUMBER, "__LINYU_NEWS": "new"}
    about = {"event": "MEDIA_START", "channel_id": name, "format": format_, "optimal_frame_size": 320}
    return json.dumps({**about, "channel_variables": variables})


@dataclass
class MediaEndpoint:
    """The socket of an application behind its real server."""

    address: str
    secret: str
    parts: Parts

    def open(self, secret: str | None = None) -> ClientConnection:
        shown = b64encode(f"asterisk:{self.secret if secret is None else secret}".encode()).decode()
        headers = {"Authorization": f"Basic {shown}"}
        url = f"ws://{self.address}/telephony/media"
        return connect(url, additional_headers=headers, proxy=None, open_timeout=20, close_timeout=5, max_size=None)

    def serves_a_call(self) -> bool:
        """Does somebody who calls now hear us?"""
        with self.open() as socket:
            socket.send(start())
            return any(isinstance(socket.recv(20), bytes) for _ in range(10))

    def is_left(self) -> bool:
        """Within a while, nobody is served any more."""
        deadline = time.monotonic() + 20
        while self.parts.capacity.busy and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.parts.capacity.busy


@pytest.fixture
def endpoint(settings: Settings, make_app: Callable[[Settings], FastAPI]) -> Iterator[MediaEndpoint]:
    app = make_app(settings.model_copy(update={"calls_at_once": AT_ONCE}))
    with served(app) as address:
        yield MediaEndpoint(address, state_folder.telephone_secret(settings), app.state.parts)


def closing_code(socket: ClientConnection) -> int | None:
    """With which the other end leaves us."""
    try:
        while True:
            socket.recv(20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@pytest.mark.parametrize("secret", ["", "wrong", "密码"])
def test_without_the_secret_no_call_is_taken(endpoint: MediaEndpoint, secret: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        endpoint.open(secret)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "first",
    [
        b"\0" * 320,
        b"",
        "",
        "{",
        "[]",
        "[" * 50_000,
        start(format_="slin16"),
        start(""),
        start("../../x\n"),
        '{"event":"MEDIA_START"}',
        '{"event":"DTMF_END","digit":"1"}',
    ],
)
def test_what_is_no_call_is_closed(
    endpoint: MediaEndpoint, first: str | bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with endpoint.open() as socket:
        socket.send(first)
        assert closing_code(socket) == media.BAD_MESSAGE
    assert endpoint.is_left()
    assert NUMBER not in caplog.text


@pytest.mark.parametrize("giant", ["x" * 5_000_000, b"\0" * 5_000_000])
def test_a_giant_frame_ends_the_call(endpoint: MediaEndpoint, giant: str | bytes) -> None:
    with endpoint.open() as socket, suppress(ConnectionClosed, OSError):
        socket.send(start())
        socket.send(giant)
        closing_code(socket)
    assert endpoint.is_left()
    assert endpoint.serves_a_call()


def test_whoever_sends_nothing_is_not_waited_for(endpoint: MediaEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "FIRST_MESSAGE_SECONDS", 0.2)
    with endpoint.open() as socket:
        assert closing_code(socket) == media.BAD_MESSAGE


def test_a_second_start_ends_the_call(endpoint: MediaEndpoint, store: Store) -> None:
    with endpoint.open() as socket:
        socket.send(start())
        socket.send(start("another"))
        closing_code(socket)
    assert endpoint.is_left()
    with store.reading() as unit:
        assert [call.cause for call in unit.session.query(Call)] == ["lost"]


def knock(endpoint: MediaEndpoint, times: int) -> list[int]:
    """So many open the socket and stay; the first of them call, the others may not enter. Gives what those are told."""
    answers = []
    with ExitStack() as held:
        for number in range(times):
            try:
                socket = held.enter_context(endpoint.open())
            except InvalidStatus as refused:
                answers.append(refused.response.status_code)
            else:
                socket.send(start(f"call-{number}"))
    assert endpoint.is_left()
    return answers


def test_two_hundred_opens_leave_room_for_the_next_caller(
    endpoint: MediaEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    knock(endpoint, AT_ONCE)
    before = len(os.listdir("/proc/self/fd"))
    assert knock(endpoint, OPENS) == [503] * (OPENS - AT_ONCE)
    assert len(os.listdir("/proc/self/fd")) < before + AT_ONCE
    assert endpoint.serves_a_call()
    assert NUMBER not in caplog.text


MESSAGES = st.one_of(
    st.binary(max_size=2000),
    st.text(max_size=200),
    st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=5).map(json.dumps),
    st.sampled_from(["DTMF_END", "MEDIA_XOFF", "MEDIA_XON", "MEDIA_MARK_PROCESSED", "QUEUE_DRAINED", "STATUS"]).flatmap(
        lambda event: st.one_of(st.none(), st.integers(), st.text(max_size=9), st.lists(st.integers())).map(
            lambda value: json.dumps({"event": event, "digit": value, "correlation_id": value})
        )
    ),
)


def test_whatever_comes_during_a_call_the_next_call_is_served(
    endpoint: MediaEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    @bounded(max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(MESSAGES, max_size=20))
    def play(messages: list[str | bytes]) -> None:
        with endpoint.open() as socket:
            socket.send(start())
            with suppress(ConnectionClosed):
                for message in messages:
                    socket.send(message)
        assert endpoint.is_left()

    play()
    assert endpoint.serves_a_call()
    assert NUMBER not in caplog.text
    assert "broke off" not in caplog.text.replace("broke off: BadMessage", "")
