"""Agreeing to news on a device, and taking it back, over the API."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import state_folder
from bot.outbound import web_push
from bot.services.conversations import conversations
from bot.settings import Settings
from bot.store.push import queries
from bot.store.store import Store
from tests.api.conftest import Conversation
from tests.push_receiver import Browser, base64url

pytestmark = pytest.mark.api
BROWSER = Browser("https://fcm.googleapis.com")


@pytest.fixture
def client(settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[TestClient]:
    with TestClient(make_app(settings.model_copy(update={"push_contact": "mailto:it@example.gov.cn"}))) as client:
        yield client


def subscription(**changes: str) -> dict[str, object]:
    keys = {"p256dh": BROWSER.device.p256dh, "auth": BROWSER.device.auth}
    told = {"endpoint": BROWSER.device.endpoint, **changes}
    return {"endpoint": told.pop("endpoint"), "keys": keys | told}


def kept(store: Store, talk: Conversation) -> list[str]:
    with store.reading() as unit:
        return [one.endpoint for one in queries.of_conversation(unit, talk.opened["conversation_id"])]


def test_a_device_agrees_renews_and_takes_it_back(client: TestClient, store: Store) -> None:
    talk = Conversation(client)
    for _ in range(2):
        assert client.put(f"{talk.path}/push", json=subscription(), headers=talk.headers).status_code == 204
    assert kept(store, talk) == [BROWSER.device.endpoint]
    for _ in range(2):
        assert client.delete(f"{talk.path}/push", headers=talk.headers).status_code == 204
    assert kept(store, talk) == []


def test_it_is_kept_encrypted_and_goes_with_the_conversation(client: TestClient, store: Store, tmp_path: Path) -> None:
    talk = Conversation(client)
    client.put(f"{talk.path}/push", json=subscription(), headers=talk.headers)
    content = b"".join(file.read_bytes() for file in tmp_path.glob("linyu.db*"))
    for secret in (BROWSER.device.endpoint, BROWSER.device.p256dh, BROWSER.device.auth):
        assert secret.encode() not in content
    conversations.erase_conversation(store, talk.opened["conversation_id"])
    assert kept(store, talk) == []


def test_only_so_many_devices_of_one_conversation(client: TestClient, store: Store) -> None:
    talk = Conversation(client)
    for number in range(7):
        body = subscription(endpoint=f"https://fcm.googleapis.com/fcm/send/{number}")
        assert client.put(f"{talk.path}/push", json=body, headers=talk.headers).status_code == 204
    assert [one[-1] for one in kept(store, talk)] == ["2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 1000},
        {"p256dh": base64url(b"\4" + b"\1" * 64)},
        {"p256dh": "not a key"},
        {"auth": base64url(b"short")},
    ],
)
def test_what_could_not_be_sent_to_is_refused(client: TestClient, store: Store, changes: dict[str, str]) -> None:
    talk = Conversation(client)
    assert client.put(f"{talk.path}/push", json=subscription(**changes), headers=talk.headers).status_code == 422
    assert kept(store, talk) == []


def test_only_with_the_token_of_the_conversation(client: TestClient) -> None:
    talk, other = Conversation(client), Conversation(client)
    for method in ("PUT", "DELETE"):
        body = subscription() if method == "PUT" else None
        assert client.request(method, f"{talk.path}/push", json=body).status_code == 401
        assert client.request(method, f"{talk.path}/push", json=body, headers=other.headers).status_code == 404


def test_the_page_gets_the_key_and_the_private_one_stays_here(client: TestClient, settings: Settings) -> None:
    key = client.get("/api/v1/config").json()["push_key"]
    assert key == web_push.public_key(state_folder.vapid_key(settings))
    assert len(key) == 87
    assert state_folder.vapid_key(settings) not in client.get("/api/v1/config").text


def test_without_a_contact_it_is_not_offered(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    with TestClient(make_app(settings)) as client:
        assert client.get("/api/v1/config").json()["push_key"] == ""
        talk = Conversation(client)
        assert client.put(f"{talk.path}/push", json=subscription(), headers=talk.headers).status_code == 422
