"""What applications beside each other share lies encrypted in Redis; while it does not answer each goes on with its own."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.store.encryption import DataKeys

logger = logging.getLogger(__name__)
REDIS_SECONDS = 2.0
"""A Redis that needs longer does not answer."""


def open_redis(url: str) -> Redis | None:
    """None where the settings name none."""
    if not url:
        return None
    return Redis.from_url(url, socket_connect_timeout=REDIS_SECONDS, socket_timeout=REDIS_SECONDS)


class SharedRedis:
    def __init__(self, redis: Redis | None, keys: DataKeys | None, otherwise: str) -> None:
        """`keys` encrypt what lies there; `otherwise` tells in the log what happens while it is away."""
        self.redis, self._keys, self._otherwise = redis, keys, otherwise

    async def ask[T](self, question: Callable[[Redis], Awaitable[T]]) -> T | None:
        """None where there is no Redis, or it does not answer."""
        if self.redis is None:
            return None
        try:
            return await question(self.redis)
        except RedisError as error:
            logger.warning("Redis does not answer, %s: %s", self._otherwise, type(error).__name__)
            return None

    def seal(self, what: dict[str, Any]) -> bytes:
        assert self._keys, "what is shared is encrypted"
        return self._keys.encrypt(json.dumps(what).encode())

    def open(self, sealed: bytes) -> dict[str, Any]:
        assert self._keys
        known = json.loads(self._keys.decrypt(sealed))
        assert isinstance(known, dict)
        return known
