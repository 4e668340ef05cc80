"""Rasa's memory of a conversation: one encrypted row each, in a SQLite file of its own or in the shared PostgreSQL.

It holds what residents say, so it is encrypted with the same keys as the database and forgotten after each
finished service (the channel's DELETE) or when it is old.
"""

import json
import os
import time
from typing import Any, Dict, Iterable, List, Optional, Text

from cryptography.fernet import Fernet, MultiFernet
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import DialogueStateTracker, TrackerStore
from rasa.shared.core.domain import Domain

from bot.nlu.remembered_rows import open_rows

CLEANING_SECONDS = 3600


class EncryptedTrackerStore(TrackerStore):
    """Survives a restart of Rasa. Keys come from LINYU_DATA_KEY, newest first; where it lies from `remembered_rows`."""

    def __init__(
        self, domain: Optional[Domain], event_broker: Optional[EventBroker] = None, host: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker)
        self.cipher = MultiFernet([Fernet(key) for key in os.environ["LINYU_DATA_KEY"].split(",")])
        self.keep_seconds = float(os.environ.get("LINYU_DRAFT_HOURS", "24")) * 3600
        self.next_cleaning = 0.0
        self.saved: Dict[Text, DialogueStateTracker] = {}
        """As they were saved last, until the channel has read its answer from them."""
        self.rows = open_rows()

    async def save(self, tracker: DialogueStateTracker) -> None:
        events = json.dumps(_lean([event.as_dict() for event in tracker.events]), ensure_ascii=False)
        self.put(tracker.sender_id, self.cipher.encrypt(events.encode()))
        self.saved[tracker.sender_id] = tracker

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        row = self.get(sender_id)
        if row is None:
            return None
        events = json.loads(self.cipher.decrypt(row))
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[Text]:
        return self.rows.senders()

    async def delete(self, sender_id: Text) -> None:
        self.forget(sender_id)

    # For the channel: reading a tracker anew means to run through all that was ever said in it.

    def just_saved(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker as it was saved since the channel last asked; None where it was not."""
        return self.saved.pop(sender_id, None)

    def holds(self, events: bytes, message_id: Text) -> bool:
        """May this message be among them?"""
        return json.dumps(message_id, ensure_ascii=False).encode() in self.cipher.decrypt(events)

    # Rows as they lie there, for the channel's snapshots.

    def get(self, sender_id: Text) -> Optional[bytes]:
        return self.rows.get(sender_id)

    def put(self, sender_id: Text, events: bytes) -> None:
        self.saved.pop(sender_id, None)
        self.rows.put(sender_id, events)
        self._forget_old(time.time())

    def forget(self, sender_id: Text) -> None:
        self.saved.pop(sender_id, None)
        self.rows.forget(sender_id)

    def _forget_old(self, now: float) -> None:
        """Unfinished conversations are kept for a day or so; looked at once an hour."""
        if now >= self.next_cleaning:
            self.rows.forget_before(now - self.keep_seconds)
            self.next_cleaning = now + CLEANING_SECONDS


def _lean(events: List[Dict[Text, Any]]) -> List[Dict[Text, Any]]:
    """Without the rankings of earlier messages: they are long, and only the last message's is ever looked at."""
    said = [at for at, event in enumerate(events) if event.get("event") == "user"]
    for at in said[:-1]:
        parsed = events[at].get("parse_data") or {}
        if "intent_ranking" in parsed:
            less = {name: value for name, value in parsed.items() if name != "intent_ranking"}
            events[at] = {**events[at], "parse_data": less}
    return events
