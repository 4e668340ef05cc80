"""Damage is told by readyz before a resident meets it, and what needs somebody is named."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.parts import Parts
from bot import wiring
from bot.services.conversations import conversations
from bot.settings import Settings
from tests.api.conftest import Conversation
from tests.store_fakes import FragileStore

pytestmark = pytest.mark.api


def ready(client: TestClient) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/readyz").json()
    return answer


@pytest.fixture
def parts(client: TestClient) -> Parts:
    made: Parts = client.app.state.parts  # type: ignore[attr-defined]
    return made


def overwrite(file: Path, table: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [page] = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        [size] = database.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)


def test_a_damaged_page_is_found_without_anybody_reading_it(
    client: TestClient, parts: Parts, settings: Settings
) -> None:
    parts.watch.look()
    assert "database" not in ready(client)["missing"]
    overwrite(settings.state_dir / "linyu.db", "photos")
    parts.watch._read_all_again = 0.0
    parts.watch.look()
    assert "database" in ready(client)["missing"]
    assert client.get("/readyz").status_code == 503


def test_damage_that_a_resident_meets_is_told_at_once_and_politely(
    client: TestClient, conversation: Conversation, settings: Settings, store: FragileStore
) -> None:
    store.close()  # nothing is remembered of the file
    overwrite(settings.state_dir / "linyu.db", "turns")
    answer = conversation.say("你好")
    assert (answer.status_code, answer.json()["code"]) == (503, "store-unavailable")
    assert "database" in ready(client)["missing"]


def test_a_database_that_cannot_be_written_is_not_ready(client: TestClient, parts: Parts, store: FragileStore) -> None:
    store.read_only = True
    parts.watch.look()
    assert "database" in ready(client)["missing"]
    store.read_only = False
    parts.watch.look()
    assert "database" not in ready(client)["missing"]


def test_a_gap_in_the_audit_and_a_late_deletion_are_named(
    client: TestClient, parts: Parts, store: FragileStore
) -> None:
    parts.watch.look()
    assert ready(client)["degraded"] == []
    long_ago = wiring.now() - timedelta(days=3)
    conversations.open_conversation(store, channel="web", language="zh", now=long_ago)
    with store.unit() as unit:
        unit.session.execute(text("INSERT INTO audit_head (id, count, hash, signature) VALUES (1, 5, 'a', 'b')"))
        unit.commit()
    parts.watch.look()
    assert ready(client)["degraded"] == ["audit", "retention"]
