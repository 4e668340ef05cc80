"""Which turn of a conversation Rasa computes: kept in Redis where several Rasas share one, else in this process.

While Redis does not answer this process goes on with its own locks: the application keeps the order too, and nobody is turned away.
"""

import logging
import os
import time
from typing import Any, Optional, Text

import redis
from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore

logger = logging.getLogger(__name__)

REDIS_SECONDS = 2.0
"""A Redis that needs longer does not answer."""
AWAY_SECONDS = 5.0
"""So long it is not asked again then."""
KEPT_SECONDS = 600
"""What a Rasa that was killed has left in Redis is gone after that."""


class ForgettingRedisLocks(RedisLockStore):
    """Rasa's own, from one address, and nothing stays for ever."""

    def __init__(self, url: Text) -> None:
        super().__init__()
        self.key_prefix = "linyu:rasa:lock:"
        self.red = redis.StrictRedis.from_url(url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)

    def save_lock(self, lock: TicketLock) -> None:
        self.red.set(self.key_prefix + lock.conversation_id, lock.dumps(), ex=KEPT_SECONDS)


class LocksOfAll(LockStore):
    """Chosen in endpoints.yml; the address comes from LINYU_REDIS, empty for one Rasa alone."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        url = os.environ.get("LINYU_REDIS", "")
        self.here = InMemoryLockStore()
        self.shared: Optional[LockStore] = ForgettingRedisLocks(url) if url else None
        self.away_until = 0.0

    def get_lock(self, conversation_id: Text) -> Optional[TicketLock]:
        return self._ask("get_lock", conversation_id)

    def delete_lock(self, conversation_id: Text) -> None:
        self._ask("delete_lock", conversation_id)

    def save_lock(self, lock: TicketLock) -> None:
        self._ask("save_lock", lock)

    def _ask(self, what: Text, about: Any) -> Any:
        if self.shared is not None and time.monotonic() >= self.away_until:
            try:
                return getattr(self.shared, what)(about)
            except redis.RedisError as error:
                logger.warning(
                    "Redis does not answer, turns are kept apart in this Rasa only: %s", type(error).__name__
                )
                self.away_until = time.monotonic() + AWAY_SECONDS
        return getattr(self.here, what)(about)
