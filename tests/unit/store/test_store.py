"""Units of work, migrations, and what a database that does not answer looks like."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from bot.errors import StoreUnavailable
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Rating
from bot.store.encryption import DataKeys
from bot.store.store import Store, _alembic

pytestmark = pytest.mark.store

TIME = {"t": "2026-11-23 00:00:00.000000"}
ROOT = Path(__file__).resolve().parents[3]
WRITE_AND_WAIT = """
import sys, datetime
from bot.store.encryption import DataKeys
from bot.store.store import Store
from bot.store.tables import Rating
url, key, commit = sys.argv[1:]
with Store(url, DataKeys([key])).unit() as unit:
    now = datetime.datetime.now(datetime.UTC)
    unit.add(Rating(conversation_id="killed", score=5, comment=None, at=now))
    unit.flush()
    if commit == "yes":
        unit.commit()
    print("written", flush=True)
    sys.stdin.read()
"""


def test_leaving_without_commit_changes_nothing(store: Store, now: datetime) -> None:
    with store.unit() as unit:
        unit.add(Rating(conversation_id="a", score=5, comment=None, at=now))
        unit.flush()
    with store.reading() as unit:
        assert not conversation_queries.ratings(unit, "a")


def test_an_error_rolls_back(store: Store, now: datetime) -> None:
    with suppress(ZeroDivisionError), store.unit() as unit:
        unit.add(Rating(conversation_id="a", score=5, comment=None, at=now))
        unit.flush()
        raise ZeroDivisionError
    with store.reading() as unit:
        assert not conversation_queries.ratings(unit, "a")


def test_a_moment_comes_back_with_its_time_zone(store: Store, now: datetime) -> None:
    with store.unit() as unit:
        unit.add(Rating(conversation_id="a", score=5, comment=None, at=now))
        unit.commit()
    with store.reading() as unit:
        kept = conversation_queries.ratings(unit, "a")[0].at
    assert kept == now
    assert kept.utcoffset() == now.utcoffset()


@pytest.mark.parametrize(("commit", "rows"), [("yes", 1), ("no", 0)])
def test_kill_9_keeps_what_was_committed_and_nothing_else(
    store: Store, store_url: str, data_key: str, commit: str, rows: int
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_WAIT, store_url, data_key, commit],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        writer.send_signal(signal.SIGKILL)
    with store.reading() as unit:
        assert len(conversation_queries.ratings(unit, "killed")) == rows
    with store.unit() as unit:  # the dead writer holds no lock
        unit.commit()


def test_the_migrations_lead_to_the_tables(store: Store) -> None:
    store.check_drift()


def test_a_database_of_the_first_version_keeps_what_it_holds(tmp_path: Path, data_key: str) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'old.db'}", DataKeys([data_key]))) as store:
        with store._connection() as connection:
            command.upgrade(_alembic(connection), "0001")
            connection.execute(text("INSERT INTO conversations VALUES ('a', 'h', 'web', 'zh', NULL, 0, :t, :t)"), TIME)
            connection.execute(
                text(
                    "INSERT INTO turns (id, conversation_id, client_message_id, seq, text, masked_text, received)"
                    " VALUES ('t', 'a', 'm', 1, :secret, '', :t)"
                ),
                TIME | {"secret": DataKeys([data_key]).encrypt(b"x").decode()},
            )
        store.migrate()
        with store.reading() as unit:
            conversation = conversation_queries.conversation(unit, "a")
            assert conversation is not None
            assert (conversation.rate, conversation.slow_utterances) == (None, 0)
            assert conversation_queries.turn_of_message(unit, "a", "m") is not None


def test_migrating_twice_is_harmless(store: Store) -> None:
    store.migrate()
    store.ping()


def test_an_empty_database_does_not_answer_the_ping(tmp_path: Path, data_key: str) -> None:
    with (
        closing(Store(f"sqlite:///{tmp_path / 'empty.db'}", DataKeys([data_key]))) as store,
        pytest.raises(StoreUnavailable),
    ):
        store.ping()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all/linyu.db", "postgresql://linyu@127.0.0.1:1/postgres"])
def test_a_database_that_is_not_there_is_unavailable(url: str, data_key: str) -> None:
    with closing(Store(url, DataKeys([data_key]))) as store, pytest.raises(StoreUnavailable):
        store.ping()


def test_a_locked_database_is_unavailable(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_key: str
) -> None:
    monkeypatch.setattr("bot.store.store.BUSY_SECONDS", 0.1)
    with (
        closing(sqlite3.connect(tmp_path / "linyu.db", isolation_level=None)) as other,
        closing(Store(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([data_key]))) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable), store.unit() as unit:
            unit.session.execute(text("SELECT 1"))
        store.ping()  # readers do not wait for a writer


def test_our_own_mistakes_are_not_called_unavailable(store: Store) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, store.reading() as unit:
        unit.session.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, StoreUnavailable)


def test_sqlite_checks_foreign_keys_and_writes_ahead(sqlite_store: Store) -> None:
    with sqlite_store.reading() as unit:
        assert unit.session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert unit.session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
