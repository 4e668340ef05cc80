"""Rasa's memory of unfinished conversations: a SQLite file that bot/nlu/encrypted_tracker_store.py writes."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

FILE = "trackers.db"


def forget(state_dir: Path, conversation_ids: Sequence[str]) -> None:
    """Delete what Rasa remembers of these conversations; it may be running. A sender is a conversation and a count."""
    path = state_dir / FILE
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete=ON")
        for conversation_id in conversation_ids:
            db.execute("DELETE FROM trackers WHERE substr(sender, 1, ?) = ?", (len(conversation_id), conversation_id))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
