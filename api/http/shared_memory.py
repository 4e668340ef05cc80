"""Small notes of an application that live for a minute: in this process, or in Redis where several applications are beside each other.

What is noted is encrypted in Redis, since it may name who calls. While Redis does not answer each application notes for itself.
"""

import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.store.encryption import DataKeys

logger = logging.getLogger(__name__)
PREFIX = "linyu:note:"
REDIS_SECONDS = 2.0
"""A Redis that needs longer does not answer."""


def open_redis(url: str) -> Redis | None:
    """None where the settings name none."""
    if not url:
        return None
    return Redis.from_url(url, socket_connect_timeout=REDIS_SECONDS, socket_timeout=REDIS_SECONDS)


class SharedMemory:
    def __init__(
        self, redis: Redis | None = None, keys: DataKeys | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`keys` encrypt what is noted in Redis."""
        self._redis, self._keys, self._clock = redis, keys, clock
        self._here: dict[str, tuple[float, str]] = {}
        """Until when, and what; the oldest first where all live equally long."""

    @property
    def kept_here(self) -> int:
        """Notes in this process."""
        return len(self._here)

    async def first(self, name: str, seconds: float) -> bool:
        """Is this the first time in so many seconds that anybody notes this name?"""

        async def there(redis: Redis) -> bool:
            return bool(await redis.set(_key(name), b"-", nx=True, px=round(seconds * 1000)))

        if (known := await self._ask(there)) is not None:
            return bool(known)
        self._forget_old()
        if name in self._here:
            return False
        self._here[name] = (self._clock() + seconds, "")
        return True

    async def keep(self, name: str, what: dict[str, Any], seconds: float) -> None:
        """To be taken once, within so many seconds."""
        text = json.dumps(what)

        async def there(redis: Redis) -> bool:
            return bool(await redis.set(_key(name), self._sealed(text), px=round(seconds * 1000)))

        if await self._ask(there) is None:
            self._forget_old()
            self._here[name] = (self._clock() + seconds, text)

    async def take(self, name: str) -> dict[str, Any] | None:
        """What was kept under this name; None where there is nothing, or no more."""

        async def there(redis: Redis) -> Any:
            return await redis.getdel(_key(name)) or b""

        if found := await self._ask(there):
            assert self._keys
            text = self._keys.decrypt(found).decode()
        else:  # kept here while Redis was away
            self._forget_old()
            text = self._here.pop(name, (0.0, ""))[1]
        known = json.loads(text) if text else None
        return known if isinstance(known, dict) else None

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()

    async def _ask[T](self, question: Callable[[Redis], Awaitable[T]]) -> T | None:
        """None where there is no Redis, or it does not answer."""
        if self._redis is None:
            return None
        try:
            return await question(self._redis)
        except RedisError as error:
            logger.warning("Redis does not answer, notes are kept in this process only: %s", type(error).__name__)
            return None

    def _sealed(self, text: str) -> bytes:
        assert self._keys, "what is shared is encrypted"
        return self._keys.encrypt(text.encode())

    def _forget_old(self) -> None:
        now = self._clock()
        for name in [name for name, (until, _) in self._here.items() if until < now]:
            del self._here[name]


def _key(name: str) -> str:
    """A name may be a provider's name of a call; nobody reads it in Redis."""
    return PREFIX + hashlib.sha256(name.encode()).hexdigest()
