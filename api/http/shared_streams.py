"""What a voice stream has told, for a client that comes back to another application; and news among the streams of one conversation.

Events go encrypted into a list of Redis; news go over its channels. Without Redis, or while it is away, a stream can be taken up only
where it was.
"""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.http.shared_redis import SharedRedis
from bot.store.encryption import DataKeys

logger = logging.getLogger(__name__)
KEPT_EVENTS = 200
KEPT_SECONDS = 120
"""After the last event; a client comes back sooner, or starts anew."""
OWNED_SECONDS = 24 * 3600
LISTEN_SECONDS = 30.0
AGAIN_SECONDS = 1.0
"""After Redis was away."""


class SharedStream:
    """Of one conversation, as one socket sees it."""

    def __init__(self, conversation_id: str, redis: Redis | None = None, keys: DataKeys | None = None) -> None:
        self._shared = SharedRedis(redis, keys, "a stream is kept in this process only")
        self._list, self._channel = f"linyu:stream:{conversation_id}", f"linyu:stream-news:{conversation_id}"
        self._owner = f"linyu:stream-owner:{conversation_id}"
        self._name = uuid.uuid4().hex

    async def remember(self, event: dict[str, Any]) -> None:
        async def there(redis: Redis) -> None:
            async with redis.pipeline(transaction=True) as pipe:
                pipe.rpush(self._list, self._shared.seal(event))
                pipe.ltrim(self._list, -KEPT_EVENTS, -1)
                pipe.expire(self._list, KEPT_SECONDS)
                await pipe.execute()

        await self._shared.ask(there)

    async def known(self) -> list[dict[str, Any]]:
        """The newest events that any application has told, in order."""

        async def there(redis: Redis) -> list[bytes]:
            found: Any = redis.lrange(self._list, 0, -1)
            return list(await found)

        return [self._shared.open(event) for event in await self._shared.ask(there) or []]

    async def forget(self) -> None:
        """Whoever starts anew has missed nothing."""

        async def there(redis: Redis) -> None:
            await redis.delete(self._list)

        await self._shared.ask(there)

    async def arrive(self) -> None:
        """This socket has the conversation from now on; those elsewhere give way."""

        async def there(redis: Redis) -> None:
            await redis.set(self._owner, self._name, ex=OWNED_SECONDS)

        await self._shared.ask(there)
        await self._tell({"arrived": True})

    async def pass_on(self, kind: str, content: dict[str, Any]) -> bool:
        """An event for another socket that has the conversation now; False when there is none."""

        async def there(redis: Redis) -> bool:
            owner = await redis.get(self._owner)
            return owner is not None and owner != self._name.encode()

        return bool(await self._shared.ask(there)) and await self._tell({"kind": kind, "content": content})

    @asynccontextmanager
    async def followed(self, take: Callable[[dict[str, Any]], Awaitable[None]]) -> AsyncIterator[None]:
        """While it is open, `take` gets the news of other sockets."""
        if self._shared.redis is None:
            yield
            return
        listening = asyncio.Event()
        following = asyncio.create_task(self._follow(self._shared.redis, take, listening))
        try:
            async with asyncio.timeout(AGAIN_SECONDS):
                await listening.wait()
        except TimeoutError:
            logger.warning("Redis does not answer, a stream is known in this process only")
        try:
            yield
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

    async def _follow(
        self, redis: Redis, take: Callable[[dict[str, Any]], Awaitable[None]], listening: asyncio.Event
    ) -> None:
        while True:
            try:
                async with redis.pubsub(ignore_subscribe_messages=True) as news:
                    await news.subscribe(self._channel)
                    listening.set()
                    while True:
                        told = await news.get_message(timeout=LISTEN_SECONDS)
                        if told is not None and (what := self._shared.open(told["data"])).pop("from") != self._name:
                            await take(what)
            except (RedisError, OSError):
                await asyncio.sleep(AGAIN_SECONDS)

    async def _tell(self, what: dict[str, Any]) -> bool:
        async def there(redis: Redis) -> int:
            heard: Any = redis.publish(self._channel, self._shared.seal({**what, "from": self._name}))
            return int(await heard)

        return bool(await self._shared.ask(there))
