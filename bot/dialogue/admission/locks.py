"""One turn of a conversation at a time: within this process by asyncio, among several of them by Redis."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from weakref import WeakValueDictionary

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from bot.errors import DialogueUnavailable

LEASE_SECONDS = 4.0
"""Of a process that died a lock is free after that; who lives renews it, however long a turn takes."""
RENEW_SECONDS = 1.0
CONNECT_SECONDS = 2.0
LOOK_AGAIN_SECONDS = 0.05

logger = logging.getLogger(__name__)


class ConversationLocks:
    """While Redis does not answer, turns are kept apart within this process only: nobody is left without an answer."""

    def __init__(self, redis_url: str = "", *, patience_seconds: float = 12.0) -> None:
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._patience = patience_seconds
        self._redis: Redis | None = None
        if redis_url:
            self._redis = Redis.from_url(
                redis_url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=CONNECT_SECONDS
            )

    def of(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Raises DialogueUnavailable where another process has held it for longer than our patience."""
        return self._held(conversation_id, self._here.setdefault(conversation_id, asyncio.Lock()))

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()

    @asynccontextmanager
    async def _held(self, conversation_id: str, here: asyncio.Lock) -> AsyncIterator[None]:
        async with here:
            everywhere = await self._take(conversation_id)
            if everywhere is None:
                yield
                return
            renewing = asyncio.create_task(_renew(everywhere))
            try:
                yield
            finally:
                renewing.cancel()
                await asyncio.gather(renewing, return_exceptions=True)
                with suppress(RedisError):  # it ran out, or Redis went away: it ends by itself
                    await everywhere.release()

    async def _take(self, conversation_id: str) -> Lock | None:
        """None where there is no Redis, or it does not answer."""
        if self._redis is None:
            return None
        lock = self._redis.lock(
            f"linyu:turn:{conversation_id}",
            timeout=LEASE_SECONDS,
            blocking_timeout=self._patience,
            sleep=LOOK_AGAIN_SECONDS,
        )
        try:
            taken = await lock.acquire()
        except RedisError as error:
            logger.warning("Redis does not answer, turns are kept apart in this process only: %s", type(error).__name__)
            return None
        if not taken:
            raise DialogueUnavailable("another process has this conversation")
        return lock


async def _renew(lock: Lock) -> None:
    """Until cancelled, or until it is lost: then the turn goes on all the same, since nobody can take it back."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            await lock.reacquire()
        except LockError:
            logger.warning("a turn took so long without a sign of life that another process may have its conversation")
            return
        except RedisError:
            continue
