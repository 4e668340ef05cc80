"""What a client begins it also ends: half requests do not keep a connection, and honest ones are not hurried."""

import socket
import time
from collections.abc import Iterator

import pytest

from api.http.protocol import PatientHttp
from tests.api.conftest import Conversation
from tests.api.stream.stream_client import StreamClient

pytestmark = [pytest.mark.api, pytest.mark.security]

PATIENCE = 60.0
"""Seconds for the test itself; the server's are far fewer."""
HURRIED = 2.0
HEAD = b"POST /api/v1/conversations HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
BODY = b'{"channel": "web", "language": "zh"}'
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientHttp, "header_seconds", HURRIED)
    monkeypatch.setattr(PatientHttp, "body_seconds", HURRIED)


@pytest.fixture
def connection(address: str) -> Iterator[socket.socket]:
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        yield connection


def closed(connection: socket.socket) -> bool:
    """Does the other side end it, without a word more?"""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def answer(connection: socket.socket) -> bytes:
    """Up to the end of the JSON."""
    got = b""
    while not got.endswith(b"}"):
        more = connection.recv(65536)
        assert more, got
        got += more
    return got


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET", b"\r\n", b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-", HEAD + b"Content-Length: 36\r\n\r\n{"],
    ids=["nothing", "half a line", "an empty line", "half a header", "half a body"],
)
@pytest.mark.usefixtures("hurried")
def test_what_is_begun_and_never_ended_is_closed(connection: socket.socket, begun: bytes) -> None:
    connection.sendall(begun)
    assert closed(connection)


@pytest.mark.usefixtures("hurried")
def test_headers_that_drip_in_are_closed_however_often_something_comes(connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\n")
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            connection.sendall(b"X: y\r\n")
        except OSError:
            return
        time.sleep(0.05)
    pytest.fail("it went on and on")


@pytest.mark.parametrize("begun", [b"GET /healthz HTTP/1.1\r\n", b"\r\n"])
@pytest.mark.usefixtures("hurried")
def test_a_further_request_on_the_same_connection_must_end_too(connection: socket.socket, begun: bytes) -> None:
    connection.sendall(WHOLE)
    assert b" 201 " in answer(connection)
    connection.sendall(begun)
    assert closed(connection)


def test_a_connection_that_asks_nothing_more_is_closed(connection: socket.socket) -> None:
    connection.sendall(WHOLE)
    assert b" 201 " in answer(connection)
    assert closed(connection)


def test_a_body_that_comes_in_pieces_is_read(connection: socket.socket) -> None:
    connection.sendall(WHOLE[:-20])
    connection.sendall(WHOLE[-20:-10])
    connection.sendall(WHOLE[-10:])
    assert b" 201 " in answer(connection)


@pytest.mark.usefixtures("hurried")
def test_a_voice_stream_outlives_the_times_of_requests(address: str, online: Conversation) -> None:
    stream = StreamClient(address, online).start()
    with pytest.raises(TimeoutError):
        stream.socket.recv(timeout=2 * HURRIED)
    stream.send("nonsense")
    assert stream.until("error")
