"""Who may enter, how often, and what every answer carries."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from starlette.requests import HTTPConnection
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.http.limits import Limits
from api.http.shared_memory import SharedMemory
from api.http.tickets import SECONDS, Tickets
from bot.errors import NotFound
from bot.settings import Settings
from tests.api.conftest import Conversation

pytestmark = [pytest.mark.api, pytest.mark.security]


def test_anothers_conversation_looks_like_none(client: TestClient, conversation: Conversation) -> None:
    other = Conversation(client)
    answer = client.get(f"{conversation.path}/messages", headers=other.headers)
    nothing = client.get("/api/v1/conversations/none/messages", headers=other.headers)
    assert answer.status_code == nothing.status_code == 404
    assert answer.json() == nothing.json()


def test_without_a_token_nothing_opens(client: TestClient, conversation: Conversation) -> None:
    assert client.get(f"{conversation.path}/messages").status_code == 401
    assert client.get(f"{conversation.path}/messages", headers={"Authorization": "Bearer"}).status_code == 401


def test_messages_are_limited_per_conversation(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    limited = settings.model_copy(update={"messages_per_minute": 3})
    with TestClient(make_app(limited)) as client:
        first, second = Conversation(client), Conversation(client)
        codes = [first.say("你好", f"m{n}").status_code for n in range(4)]
        assert codes == [200, 200, 200, 429]
        assert int(first.say("你好", "m9").headers["retry-after"]) >= 1
        assert second.say("你好").status_code == 200


def test_new_conversations_are_limited_per_address(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    limited = settings.model_copy(update={"conversations_per_minute": 2})
    with TestClient(make_app(limited)) as client:
        codes = [client.post("/api/v1/conversations", json={}).status_code for _ in range(3)]
    assert codes == [201, 201, 429]


def counted_as(settings: Settings, host: str, forwarded: str) -> str:
    """The address that a request from `host` counts for; each line of `forwarded` is a header."""
    found: list[str] = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        found.append(Limits(settings).address(HTTPConnection(scope)))

    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded.splitlines()]
    scope: Any = {"type": "http", "scheme": "http", "headers": headers, "client": (host, 1)}
    asyncio.run(ProxyHeadersMiddleware(answer, settings.proxies)(scope, None, None))  # type: ignore[arg-type]
    return found[0]


@pytest.mark.parametrize(
    ("host", "forwarded", "address"),
    [
        ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4, 10.0.0.1", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6\n1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "not-an-address", "unknown"),
        ("10.0.0.1", "another-that-is-none", "unknown"),
        ("10.0.0.1", "1.2.3.4,", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("10.0.0.1", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
    ],
)
def test_only_a_trusted_proxy_is_believed(tmp_path: Path, host: str, forwarded: str, address: str) -> None:
    assert counted_as(Settings(state_dir=tmp_path, trusted_proxies="10.0.0.1"), host, forwarded) == address


def test_to_believe_everybody_is_to_believe_nobody(tmp_path: Path) -> None:
    everybody = Settings(state_dir=tmp_path, trusted_proxies="*")
    assert counted_as(everybody, "203.0.113.9", "1.2.3.4") == "203.0.113.9"


def test_proxies_may_be_named_by_their_network(tmp_path: Path) -> None:
    inside = Settings(state_dir=tmp_path, trusted_proxies="10.0.0.0/8, 127.0.0.1")
    assert counted_as(inside, "10.7.7.7", "1.2.3.4, 10.9.9.9") == "1.2.3.4"


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/healthz", "/api/v1/config", "/nothing"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"


def test_other_sites_are_not_let_in(client: TestClient) -> None:
    answer = client.options(
        "/api/v1/conversations", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert "access-control-allow-origin" not in answer.headers


def test_metrics_are_for_this_machine_only(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404  # the test client is not loopback


def test_the_log_holds_route_status_and_time_only(
    conversation: Conversation, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="linyu.access"):
        conversation.say("我叫王秀英")
        client.get(f"{conversation.path}/messages?phone=13800001234", headers=conversation.headers)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name == "linyu.access")
    assert "/api/v1/conversations/{conversation_id}/messages 200" in logged
    assert "13800001234" not in logged
    assert conversation.opened["conversation_id"] not in logged


async def test_a_ticket_opens_its_own_conversation_only() -> None:
    tickets = Tickets(SecretStr("secret").get_secret_value())
    ticket = tickets.issue("one")
    with pytest.raises(NotFound):
        await tickets.redeem(ticket, "other")
    with pytest.raises(NotFound):
        await tickets.redeem(ticket + "x", "one")
    with pytest.raises(NotFound):
        await Tickets("another secret").redeem(ticket, "one")
    await tickets.redeem(ticket, "one")


async def test_a_ticket_opens_once_and_two_of_the_same_second_are_two() -> None:
    tickets = Tickets("secret")
    first, second = tickets.issue("one"), tickets.issue("one")
    await tickets.redeem(first, "one")
    with pytest.raises(NotFound):
        await tickets.redeem(first, "one")
    await tickets.redeem(second, "one")


async def test_used_tickets_are_not_remembered_longer_than_they_would_be_good(monkeypatch: pytest.MonkeyPatch) -> None:
    used = SharedMemory()
    tickets = Tickets("secret", used)
    for _ in range(3):
        await tickets.redeem(tickets.issue("one"), "one")
    later = time.monotonic() + SECONDS + 2
    monkeypatch.setattr(used, "_clock", lambda: later)
    await tickets.redeem(tickets.issue("one"), "one")
    assert used.kept_here == 1


def test_asking_for_readiness_over_and_over_is_refused(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    with TestClient(make_app(settings.model_copy(update={"requests_per_minute": 2}))) as client:
        codes = [client.get("/readyz").status_code for _ in range(3)]
        assert client.get("/healthz").status_code == 200
    assert codes[2] == 429
    assert 429 not in codes[:2]


def test_readiness_names_the_part_that_is_missing(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["missing"] == ["actions"]


def test_a_photo_that_is_none_is_refused(conversation: Conversation, client: TestClient) -> None:
    files = {"photo": ("a.jpg", b"not a picture", "image/jpeg")}
    answer = client.post(f"{conversation.path}/photo", files=files, headers=conversation.headers)
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad-photo"
