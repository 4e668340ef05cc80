"""One client cannot keep the others waiting, and a socket that has shown nothing takes nobody's place."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from api.http.limits import UNPROVEN_SOCKETS, AtOnce
from api.http.problems import Problem
from api.parts import Parts
from api.webchat.frame_budget import FRAMES_PER_SECOND, REFUSALS, SPARE_FRAMES, FrameBudget
from bot.settings import Settings
from tests.api.conftest import Conversation, ears, make_app, online, served, voice
from tests.api.stream.stream_client import StreamClient

__all__ = ["ears", "make_app", "online", "voice"]
pytestmark = [pytest.mark.security, pytest.mark.api]

FLOOD_ENDED, BUSY = 1008, 1013


@pytest.fixture
def address(settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[str]:
    with served(make_app(settings)) as address:
        yield address


@pytest.fixture
def stream(address: str, online: Conversation) -> Iterator[StreamClient]:
    with StreamClient(address, online) as client:
        yield client


def test_the_budget_allows_what_a_page_sends_for_ever() -> None:
    now = [0.0]
    budget = FrameBudget(lambda: now[0])
    for _ in range(25 * 3600):
        now[0] += 1 / 25
        assert budget.take()


def test_the_budget_allows_what_piled_up_and_ends_a_flood() -> None:
    budget = FrameBudget(lambda: 0.0)
    assert all(budget.take() for _ in range(SPARE_FRAMES))
    assert not budget.take()


def test_a_spent_budget_grows_again() -> None:
    now = [0.0]
    budget = FrameBudget(lambda: now[0])
    while budget.take():
        pass
    now[0] += 1.0
    assert sum(budget.take() for _ in range(SPARE_FRAMES)) == FRAMES_PER_SECOND - 1


@pytest.mark.parametrize("frame", [b"\0\0", b"", "{}", '{"type":"interrupt"}'])
def test_a_flood_of_frames_ends_the_connection(stream: StreamClient, frame: bytes | str) -> None:
    stream.start(speak=False)
    with suppress(ConnectionClosed):
        for _ in range(SPARE_FRAMES * 4):
            stream.socket.send(frame)
    assert stream.until_closed() in (FLOOD_ENDED, 1006)  # a reset may overtake the reason
    assert stream.events[-1]["code"] in ("too-many-requests", "invalid")


def test_whoever_does_not_listen_to_refusals_is_sent_away(stream: StreamClient) -> None:
    with suppress(ConnectionClosed):
        for _ in range(REFUSALS + 2):
            stream.socket.send("{}")
    assert stream.until_closed() in (FLOOD_ENDED, 1006)


def test_others_are_answered_while_a_flood_comes_in(address: str, online: Conversation) -> None:
    """Ten floods, one after the other; in between everybody gets an answer."""
    for _ in range(10):
        with StreamClient(address, online) as client:
            client.start(speak=False)
            with suppress(ConnectionClosed):
                for _ in range(SPARE_FRAMES * 2):
                    client.socket.send(b"\0\0")
            assert httpx.get(f"http://{address}/healthz", timeout=10).status_code == 200
            assert client.until_closed() in (FLOOD_ENDED, 1006)


def test_one_address_has_only_so_many_streams(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    app = make_app(settings.model_copy(update={"streams_per_address": 2}))
    with served(app) as address, httpx.Client(base_url=f"http://{address}") as client, ExitStack() as opened:
        for _ in range(2):
            opened.enter_context(StreamClient(address, Conversation(client))).start()
        with pytest.raises(InvalidStatus) as refused:
            StreamClient(address, Conversation(client))
        assert refused.value.response.status_code == 429
        opened.close()
        until(lambda: app.state.parts.streams.open == 0)
        with StreamClient(address, Conversation(client)) as again:
            again.start()


def test_places_of_an_address_are_its_own_and_given_back() -> None:
    at_once = AtOnce(1)
    with at_once.one("a"), at_once.one("b"), pytest.raises(Problem), at_once.one("a"):
        pass
    with at_once.one("a"):
        pass


def test_strangers_at_the_socket_of_twilio_take_no_place(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    twilio = {"twilio_auth_token": SecretStr("12345"), "public_url": "https://linyu.example"}
    app = make_app(settings.model_copy(update=twilio))
    parts: Parts = app.state.parts
    with served(app) as address, ExitStack() as opened:
        sockets = [
            opened.enter_context(closing(connect(f"ws://{address}/telephony/twilio/media", proxy=None)))
            for _ in range(UNPROVEN_SOCKETS + 3)
        ]
        codes = [code_of(socket) for socket in sockets[UNPROVEN_SOCKETS:]]
        assert codes == [BUSY] * 3, "more than a few of one address are sent away at once"
        assert parts.capacity.busy == 0


def code_of(socket: object) -> int | None:
    try:
        while True:
            socket.recv(20)  # type: ignore[attr-defined]
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
