"""The parts that routes need, built once at start and found again through the request."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Concatenate

import httpx
from fastapi import Depends
from starlette.requests import HTTPConnection
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from api.drain import Drain
from api.http.limits import Limits
from api.http.tickets import Tickets
from api.speech_parts import SpeechParts
from api.telephone.capacity import Capacity
from api.telephone.exchange import Exchange
from api.telephone.expected_calls import ExpectedCalls
from api.watch import StoreWatch
from api.webchat.streams import Streams
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.responses import Responses
from bot.errors import StoreUnavailable
from bot.services.knowledge.next_questions import NextQuestions
from bot.settings import Settings
from bot.store.store import Store

STORE_PATIENCE_SECONDS = 5.0
"""How long a call or a stream waits for a database that restarts."""
RETRY_SECONDS = 0.3


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=2, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True)
class Parts:
    settings: Settings
    store: Store
    rasa: RasaClient
    dialogue: Dialogue
    words: Responses
    limits: Limits
    tickets: Tickets
    clock: Callable[[], datetime]
    speech: SpeechParts
    streams: Streams
    capacity: Capacity
    watch: StoreWatch
    next_questions: NextQuestions
    expected_calls: ExpectedCalls = field(default_factory=ExpectedCalls)
    drain: Drain = field(default_factory=Drain)
    exchange: Exchange = field(default_factory=Exchange)
    neighbours: httpx.AsyncClient = field(default_factory=_client)
    """Asks our other processes how they are; making a client anew each time would cost more than the question."""

    async def in_store[**P, T](
        self, call: Callable[Concatenate[Store, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Run a service off the event loop: databases block. One that is away for a moment is tried again.

        Raises StoreUnavailable when it stays away.
        """
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(StoreUnavailable),
            stop=stop_after_delay(STORE_PATIENCE_SECONDS),
            wait=wait_fixed(RETRY_SECONDS),
            reraise=True,
        )
        return await retrying(asyncio.to_thread, call, self.store, *arguments, **named)


def parts_of(connection: HTTPConnection) -> Parts:
    parts = connection.app.state.parts
    assert isinstance(parts, Parts)
    return parts


WithParts = Annotated[Parts, Depends(parts_of)]
