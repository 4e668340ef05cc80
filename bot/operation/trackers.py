"""Rasa's memory of unfinished conversations: a SQLite file that bot/nlu/encrypted_tracker_store.py writes."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

FILE = "trackers.db"


def encrypt_with_newest_key(state_dir: Path, keys: Sequence[str]) -> int:
    """Rewrite Rasa's memory; Rasa must not run. `keys` newest first. Returns how many conversations it holds."""
    path = state_dir / FILE
    if not path.exists():
        return 0
    cipher = MultiFernet([Fernet(key.strip()) for key in keys])
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete=ON")
        db.execute("BEGIN IMMEDIATE")
        rows = db.execute("SELECT sender, events FROM trackers").fetchall()
        for sender, events in rows:
            db.execute("UPDATE trackers SET events = ? WHERE sender = ?", (cipher.rotate(events), sender))
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(rows)


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
