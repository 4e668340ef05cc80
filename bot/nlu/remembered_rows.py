"""Where the rows of Rasa's memory lie: a SQLite file of one machine, or the PostgreSQL that several Rasas share.

Both hold sender, encrypted events and when they were saved. The table in PostgreSQL is made by the application's migrations.
"""

import os
import sqlite3
import time
from pathlib import Path
from typing import List, Optional, Text

import sqlalchemy as sa

CONNECT_SECONDS = 5
"""So long a connection is tried; whoever waits is tried again by the application."""


class FileRows:
    """For one Rasa."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("PRAGMA secure_delete=ON")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS trackers (sender TEXT PRIMARY KEY, events BLOB NOT NULL, saved REAL NOT NULL)"
        )

    def senders(self) -> List[Text]:
        return [sender for (sender,) in self.db.execute("SELECT sender FROM trackers")]

    def get(self, sender: Text) -> Optional[bytes]:
        row = self.db.execute("SELECT events FROM trackers WHERE sender = ?", (sender,)).fetchone()
        return row[0] if row else None

    def put(self, sender: Text, events: bytes) -> None:
        self.db.execute("INSERT OR REPLACE INTO trackers VALUES (?, ?, ?)", (sender, events, time.time()))

    def forget(self, sender: Text) -> None:
        self.db.execute("DELETE FROM trackers WHERE sender = ?", (sender,))

    def forget_before(self, moment: float) -> None:
        self.db.execute("DELETE FROM trackers WHERE saved < ?", (moment,))


class SharedRows:
    """For several Rasas. Raises SQLAlchemy's errors while the database is away; the turn is then tried again."""

    def __init__(self, url: Text) -> None:
        scheme, _, rest = url.partition("://")
        self.engine = sa.create_engine(
            "{}://{}".format(scheme.partition("+")[0], rest),  # this environment has the default driver
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=True,
            pool_size=2,
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )

    def senders(self) -> List[Text]:
        with self.engine.connect() as db:
            return [sender for (sender,) in db.execute(sa.text("SELECT sender FROM rasa_trackers"))]

    def get(self, sender: Text) -> Optional[bytes]:
        with self.engine.connect() as db:
            found = db.execute(sa.text("SELECT events FROM rasa_trackers WHERE sender = :sender"), {"sender": sender})
            row = found.first()
        return bytes(row[0]) if row else None

    def put(self, sender: Text, events: bytes) -> None:
        query = (
            "INSERT INTO rasa_trackers (sender, conversation_id, events, saved)"
            " VALUES (:sender, :conversation, :events, now())"
            " ON CONFLICT (sender) DO UPDATE SET events = EXCLUDED.events, saved = EXCLUDED.saved"
        )
        row = {
            "sender": sender,
            "conversation": sender.rpartition("-")[0] or sender,  # a sender is a conversation and a count
            "events": events,
        }
        with self.engine.connect() as db:
            db.execute(sa.text(query), row)

    def forget(self, sender: Text) -> None:
        with self.engine.connect() as db:
            db.execute(sa.text("DELETE FROM rasa_trackers WHERE sender = :sender"), {"sender": sender})

    def forget_before(self, moment: float) -> None:
        with self.engine.connect() as db:
            db.execute(sa.text("DELETE FROM rasa_trackers WHERE saved < to_timestamp(:moment)"), {"moment": moment})


def open_rows() -> "FileRows | SharedRows":
    """Those that the settings choose."""
    if os.environ.get("LINYU_TRACKERS") == "database":
        return SharedRows(os.environ["LINYU_DATABASE_URL"])
    return FileRows(Path(os.environ["LINYU_TRACKER_FILE"]))
