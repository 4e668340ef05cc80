"""How many calls are served at the same moment; whoever calls then reaches the operator at once."""

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

LEASE_SECONDS = 15.0
"""A place in Redis ends so long after its application has died with it."""
RENEW_SECONDS = 4.0
TAKE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[4])
redis.call('PEXPIRE', KEYS[1], 600000)
return 1
"""
"""Now, the end of the lease, how many, whose: at once or not at all."""

logger = logging.getLogger(__name__)


class AllBusy(Exception):
    """As many calls are served as we can hear, or this application is about to stop."""


class Capacity:
    """Places are those of the ears: applications that share ears share places, in Redis; without it each counts its own."""

    def __init__(self, most: int, redis: Redis | None = None, ears: str = "") -> None:
        """`ears` names those whose places these are."""
        self._most, self._redis, self._key = most, redis, f"linyu:calls:{ears}"
        self.busy = 0
        """Places that are taken here, from the opening of a socket to its end."""
        self.closed = False
        """No new call is taken; those that are here go on."""

    async def is_full(self) -> bool:
        if self.closed or self.busy >= self._most:
            return True
        if self._redis is None:
            return False
        with contextlib.suppress(RedisError):
            return bool(await self._redis.zcount(self._key, time.time(), "+inf") >= self._most)
        return False

    @asynccontextmanager
    async def one_call(self) -> AsyncIterator[None]:
        """A place, until the call is over. Raises AllBusy."""
        if self.closed or self.busy >= self._most:
            raise AllBusy
        self.busy += 1
        try:
            async with self._lease():
                yield
        finally:
            self.busy -= 1

    @asynccontextmanager
    async def _lease(self) -> AsyncIterator[None]:
        """The same place among all applications. Raises AllBusy."""
        name = uuid.uuid4().hex
        if self._redis is None or not await self._take(self._redis, name):
            yield
            return
        renewing = asyncio.create_task(self._renew(self._redis, name))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            with contextlib.suppress(RedisError):  # it ends by itself
                await self._redis.zrem(self._key, name)

    async def _take(self, redis: Redis, name: str) -> bool:
        """False where Redis does not answer: then each application counts for itself. Raises AllBusy."""
        now = time.time()
        script: Any = redis.eval(TAKE, 1, self._key, str(now), str(now + LEASE_SECONDS), str(self._most), name)
        try:
            taken = await script
        except RedisError as error:
            logger.warning("Redis does not answer, calls are counted in this process only: %s", type(error).__name__)
            return False
        if not taken:
            raise AllBusy
        return True

    async def _renew(self, redis: Redis, name: str) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            with contextlib.suppress(RedisError):
                await redis.zadd(self._key, {name: time.time() + LEASE_SECONDS})
