"""Small notes of an application that live for a minute: in this process, or in Redis where several applications are beside each other.

What is noted is encrypted in Redis, since it may name who calls. While Redis does not answer each application notes for itself.
"""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from redis.asyncio import Redis

from api.http.shared_redis import SharedRedis
from bot.store.encryption import DataKeys

PREFIX = "linyu:note:"


class SharedMemory:
    def __init__(
        self, redis: Redis | None = None, keys: DataKeys | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`keys` encrypt what is noted in Redis."""
        self._shared = SharedRedis(redis, keys, "notes are kept in this process only")
        self._clock = clock
        self._here: dict[str, tuple[float, dict[str, Any] | None]] = {}
        """Until when, and what; the oldest first where all live equally long."""

    @property
    def kept_here(self) -> int:
        """Notes in this process."""
        return len(self._here)

    async def first(self, name: str, seconds: float) -> bool:
        """Is this the first time in so many seconds that anybody notes this name?"""

        async def there(redis: Redis) -> bool:
            return bool(await redis.set(_key(name), b"-", nx=True, px=round(seconds * 1000)))

        if (known := await self._shared.ask(there)) is not None:
            return bool(known)
        self._forget_old()
        if name in self._here:
            return False
        self._here[name] = (self._clock() + seconds, None)
        return True

    async def keep(self, name: str, what: dict[str, Any], seconds: float) -> None:
        """To be taken once, within so many seconds."""

        async def there(redis: Redis) -> bool:
            return bool(await redis.set(_key(name), self._shared.seal(what), px=round(seconds * 1000)))

        if await self._shared.ask(there) is None:
            self._forget_old()
            self._here[name] = (self._clock() + seconds, what)

    async def take(self, name: str) -> dict[str, Any] | None:
        """What was kept under this name; None where there is nothing, or no more."""

        async def there(redis: Redis) -> Any:
            return await redis.getdel(_key(name)) or b""

        if found := await self._shared.ask(there):
            return self._shared.open(found)
        self._forget_old()  # what was kept here while Redis was away
        return self._here.pop(name, (0.0, None))[1]

    async def close(self) -> None:
        if self._shared.redis is not None:
            await self._shared.redis.aclose()

    def _forget_old(self) -> None:
        now = self._clock()
        for name in [name for name, (until, _) in self._here.items() if until < now]:
            del self._here[name]


def _key(name: str) -> str:
    """A name may be a provider's name of a call; nobody reads it in Redis."""
    return PREFIX + hashlib.sha256(name.encode()).hexdigest()
