"""Where somebody stands who reports something: kept until the case is filed, beside its place, and nowhere else."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.topics import Keep
from bot.services.residents import retention
from bot.store.cases import queries
from bot.store.store import Store
from tests.api.conftest import Conversation

pytestmark = pytest.mark.api
HERE = {"latitude": 30.123456, "longitude": 114.98765}
WORDS = "(30.12346, 114.98765)"


def kept(store: Store, talk: Conversation) -> str | None:
    with store.reading() as unit:
        row = queries.draft_position(unit, talk.opened["conversation_id"])
        return row.position if row else None


def file(store: Store, talk: Conversation, message: str = "m") -> str:
    request = ComplaintRequest(
        "public_facility", "东风社区金山路", "路灯不亮", False, "测试甲", "13900001234", talk.opened["conversation_id"],
        message, "zh", "web",
    )  # fmt: skip
    return cases.file_case(store, request, wiring.now(), targets=Targets()).place


def test_it_stands_beside_the_place_of_the_next_case_alone(client: TestClient, store: Store) -> None:
    talk = Conversation(client)
    for told in ({"latitude": 1, "longitude": 1}, HERE):
        assert client.put(f"{talk.path}/position", json=told, headers=talk.headers).status_code == 204
    assert kept(store, talk) == WORDS
    assert file(store, talk) == f"东风社区金山路 {WORDS}"
    assert kept(store, talk) is None
    assert file(store, talk, "m2") == "东风社区金山路"


def test_without_it_the_place_is_what_was_said(client: TestClient, store: Store) -> None:
    assert file(store, Conversation(client)) == "东风社区金山路"


@pytest.mark.parametrize("told", [{"latitude": 91, "longitude": 0}, {"latitude": 0}, {"latitude": "x", "longitude": 0}])
def test_what_is_no_position_is_refused(client: TestClient, store: Store, told: dict[str, object]) -> None:
    talk = Conversation(client)
    assert client.put(f"{talk.path}/position", json=told, headers=talk.headers).status_code == 422
    assert kept(store, talk) is None


def test_it_is_encrypted_and_goes_with_the_conversation_or_in_time(
    client: TestClient, store: Store, tmp_path: Path
) -> None:
    one, other = Conversation(client), Conversation(client)
    for talk in (one, other):
        client.put(f"{talk.path}/position", json=HERE, headers=talk.headers)
    assert b"114.98765" not in b"".join(path.read_bytes() for path in tmp_path.glob("linyu.db*"))
    conversations.erase_conversation(store, one.opened["conversation_id"])
    assert (kept(store, one), kept(store, other)) == (None, WORDS)
    retention.delete_expired(store, Keep(180), wiring.now() + timedelta(days=30))
    assert kept(store, other) is None


def test_the_page_may_ask_for_it_and_the_hall_s_screen_may_not(client: TestClient) -> None:
    assert "geolocation=(self)" in client.get("/").headers["permissions-policy"]
    assert "geolocation=()" in client.get("/kiosk").headers["permissions-policy"]
    assert "geolocation=()" in client.get("/mine").headers["permissions-policy"]
