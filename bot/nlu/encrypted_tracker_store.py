"""Rasa's memory of a conversation: one encrypted row each, in a SQLite file of its own.

It holds what residents say, so it is encrypted with the same keys as the database and forgotten after each
finished service (the channel's DELETE) or when it is old.
"""

import json
import os
import sqlite3
import time
from pathlib import Path
from typing import Any, Iterable, Optional, Text

from cryptography.fernet import Fernet, MultiFernet
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import DialogueStateTracker, TrackerStore
from rasa.shared.core.domain import Domain

CLEANING_SECONDS = 3600


class EncryptedTrackerStore(TrackerStore):
    """Survives a restart of Rasa. Keys come from LINYU_DATA_KEY, newest first; the file from LINYU_TRACKER_FILE."""

    def __init__(
        self, domain: Optional[Domain], event_broker: Optional[EventBroker] = None, host: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker)
        self.cipher = MultiFernet([Fernet(key) for key in os.environ["LINYU_DATA_KEY"].split(",")])
        self.keep_seconds = float(os.environ.get("LINYU_DRAFT_HOURS", "24")) * 3600
        self.next_cleaning = 0.0
        path = Path(os.environ["LINYU_TRACKER_FILE"])
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("PRAGMA secure_delete=ON")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS trackers (sender TEXT PRIMARY KEY, events BLOB NOT NULL, saved REAL NOT NULL)"
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        events = json.dumps([event.as_dict() for event in tracker.events], ensure_ascii=False)
        self.put(tracker.sender_id, self.cipher.encrypt(events.encode()))

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        row = self.get(sender_id)
        if row is None:
            return None
        events = json.loads(self.cipher.decrypt(row))
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[Text]:
        return [sender for (sender,) in self.db.execute("SELECT sender FROM trackers")]

    async def delete(self, sender_id: Text) -> None:
        self.forget(sender_id)

    # Rows as they lie in the file, for the channel's snapshots.

    def get(self, sender_id: Text) -> Optional[bytes]:
        row = self.db.execute("SELECT events FROM trackers WHERE sender = ?", (sender_id,)).fetchone()
        return row[0] if row else None

    def put(self, sender_id: Text, events: bytes) -> None:
        now = time.time()
        self.db.execute("INSERT OR REPLACE INTO trackers VALUES (?, ?, ?)", (sender_id, events, now))
        self._forget_old(now)

    def forget(self, sender_id: Text) -> None:
        self.db.execute("DELETE FROM trackers WHERE sender = ?", (sender_id,))

    def _forget_old(self, now: float) -> None:
        """Unfinished conversations are kept for a day or so; looked at once an hour."""
        if now >= self.next_cleaning:
            self.db.execute("DELETE FROM trackers WHERE saved < ?", (now - self.keep_seconds,))
            self.next_cleaning = now + CLEANING_SECONDS
