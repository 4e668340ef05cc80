"""How often, and how much: rate limits by the library `limits`, sizes by counting what arrives."""

import asyncio
import ipaddress
import logging
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import Problem, problem
from api.http.shared_redis import REDIS_SECONDS
from bot.services.cases.photos import MAX_BYTES as PHOTO_BYTES
from bot.settings import Settings

logger = logging.getLogger(__name__)

JSON_BYTES = 64 * 1024
"""A JSON body holds at most 2,000 characters of text."""
UNKNOWN = "unknown"
"""Whoever has no address that we could read; all of them count as one."""
FRAMES_FOR_A_MESSAGE = 10
AUDIO_BYTES = 12 * 1024 * 1024
FORM_BYTES = 4 * 1024
"""What a form puts around a file."""
PHOTOS_PER_MINUTE = 6
"""Of one conversation."""
PHOTOS_WAITING = 8
"""While one is decoded; more are asked to come again."""
UNPROVEN_SOCKETS = 4
"""Per client address, of those that have not shown yet who they are."""


class AtOnce:
    """How many of one kind a client address has open at this moment."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()

    @contextmanager
    def one(self, address: str) -> Iterator[None]:
        """A place until the end of the block. Raises Problem 429."""
        if self._open[address] >= self._most:
            raise Problem(429, "too-many-requests", say="utter_slow_down", headers={"Retry-After": "5"})
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]


class Limits:
    """Counts per conversation and per client address, in memory of this one process."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = self._here = MovingWindowRateLimiter(MemoryStorage())
        self._redis: ConnectionPool | None = None
        if settings.redis_url:
            self._redis = ConnectionPool.from_url(
                settings.redis_url, socket_connect_timeout=REDIS_SECONDS, socket_timeout=REDIS_SECONDS
            )
            options: dict[str, Any] = {"connection_pool": self._redis}  # which its types do not know
            shared = RedisStorage(
                f"async+{settings.redis_url}", implementation="redispy", wrap_exceptions=True, **options
            )
            self._limiter = MovingWindowRateLimiter(shared)
        self._messages = RateLimitItemPerMinute(settings.messages_per_minute)
        self._frames = RateLimitItemPerMinute(settings.messages_per_minute * FRAMES_FOR_A_MESSAGE)
        self._requests = RateLimitItemPerMinute(settings.requests_per_minute)
        self._conversations = RateLimitItemPerMinute(settings.conversations_per_minute)
        self._sign_ins = RateLimitItemPerMinute(settings.staff_logins_per_minute)
        self._partners = RateLimitItemPerMinute(settings.open311_posts_per_minute)
        self.streams = AtOnce(settings.streams_per_address)
        self.unproven = AtOnce(UNPROVEN_SOCKETS)
        self._photos = RateLimitItemPerMinute(PHOTOS_PER_MINUTE)
        self._photos_of_address = RateLimitItemPerHour(settings.photos_per_hour)
        self._photo_turn, self._photos_waiting = asyncio.Semaphore(1), 0

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()

    async def message(self, conversation_id: str) -> None:
        """Raises Problem 429 with Retry-After."""
        await self._hit(self._messages, "message", conversation_id)

    async def frame(self, conversation_id: str) -> None:
        """Of a voice stream: also what is no message."""
        await self._hit(self._frames, "frame", conversation_id)

    async def conversation(self, request: HTTPConnection) -> None:
        await self._hit(self._conversations, "conversation", self.address(request))

    async def request(self, request: HTTPConnection) -> None:
        await self._hit(self._requests, "request", self.address(request))

    @asynccontextmanager
    async def photo(self, request: HTTPConnection, conversation_id: str) -> AsyncIterator[None]:
        """The turn of one picture: the others wait here, where they hold up no thread. Raises Problem 429 or 503."""
        await self._hit(self._photos, "photo", conversation_id)
        await self._hit(self._photos_of_address, "photos", self.address(request))
        if self._photos_waiting >= PHOTOS_WAITING:
            raise Problem(503, "photos-busy", say="utter_please_wait", headers={"Retry-After": "5"})
        self._photos_waiting += 1
        try:
            async with self._photo_turn:
                yield
        finally:
            self._photos_waiting -= 1

    async def partner(self, key_id: int) -> None:
        """Of another system that files cases with its key."""
        await self._hit(self._partners, "partner", str(key_id))

    async def sign_in(self, request: HTTPConnection) -> None:
        """Of staff: guessing many logins from one place."""
        await self._hit(self._sign_ins, "sign-in", self.address(request))

    def is_https(self, request: HTTPConnection) -> bool:
        """As the browser sees it; a trusted proxy says so."""
        return request.url.scheme == "https"

    def address(self, request: HTTPConnection) -> str:
        """Whom to count: the client's address; of IPv6 its network, since one client has 2**64 addresses.

        Behind a trusted proxy it is the last one that the proxy itself saw (main.py). What is no address, and what has
        none, is one and the same to us.
        """
        return _network(request.client.host) if request.client else UNKNOWN

    async def _hit(self, limit: Any, kind: str, key: str) -> None:
        try:
            limiter = self._limiter
            if await limiter.hit(limit, kind, key):
                return
        except StorageError as error:  # nobody is turned away for it, and no limit falls
            logger.warning(
                "Redis does not answer, each process counts for itself: %s", type(error.storage_error).__name__
            )
            limiter = self._here
            if await limiter.hit(limit, kind, key):
                return
        reset, _ = await limiter.get_window_stats(limit, kind, key)
        wait = max(1, math.ceil(reset - time.time()))
        raise Problem(429, "too-many-requests", say="utter_slow_down", headers={"Retry-After": str(wait)})


def _network(address: str) -> str:
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(number, ipaddress.IPv4Address):
        return str(number)
    if number.ipv4_mapped:
        return str(number.ipv4_mapped)
    return str(ipaddress.ip_network((number, 64), strict=False))


def _most_bytes(path: str) -> int:
    if path.endswith(("/photo", "/staff/jobs/import", "/staff/field/deeds")):
        return PHOTO_BYTES + FORM_BYTES
    return AUDIO_BYTES if path.endswith("/audio") else JSON_BYTES


class BodyLimit:
    """ASGI middleware: a body that is too large is refused while it arrives, never collected."""

    def __init__(self, app: ASGIApp, too_large: str) -> None:
        self.app, self.too_large = app, too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = _most_bytes(scope["path"])
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > most:
            await self._refuse(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise Problem(413, "too-large", say="utter_too_long")
            return message

        answered = False

        async def answer(message: Message) -> None:
            """Whatever the reader of the body made of the break, the answer is that it is too large."""
            nonlocal answered
            if seen <= most:
                await send(message)
            elif not answered:
                answered = True
                await self._refuse(scope, receive, send)

        await self.app(scope, counted, answer)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = problem(413, "too-large", self.too_large)
        await response(scope, receive, send)
