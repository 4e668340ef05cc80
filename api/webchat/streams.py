"""The streams that are open, one for a conversation, and what a client that comes back may still have missed."""

import asyncio
import itertools
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from api.http.shared_streams import SharedStream

KEPT_SECONDS = 60
"""For so long after it broke, a stream can be taken up again."""


class Session(Protocol):
    """One open socket."""

    arrived: int
    """Its number among all sockets, in the order in which they came."""

    async def give_way(self) -> None:
        """Another socket of the same conversation takes over."""


@dataclass
class _Place:
    session: Session | None = None
    left: float = 0.0
    kept: Any = None
    """What the next session can take up."""


class Streams:
    """Sockets of this one process; `shared` is what other applications know of a conversation's stream."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        shared: Callable[[str], SharedStream] = SharedStream,
    ) -> None:
        self._clock, self.shared = clock, shared
        self._places: dict[str, _Place] = {}
        self._arrivals = itertools.count()
        self._unfinished: set[asyncio.Task[None]] = set()

    def arrive(self) -> int:
        """The number of a socket that has just come; what it has to show first may take a while."""
        return next(self._arrivals)

    def enter(self, conversation_id: str, session: Session) -> Session | None:
        """From now on this is the conversation's stream, unless a later one was quicker. Returns the one that gives way."""
        self._forget_old()
        place = self._places.setdefault(conversation_id, _Place())
        if place.session is not None and place.session.arrived > session.arrived:
            return session
        older, place.session = place.session, session
        return older

    def kept(self, conversation_id: str) -> Any:
        """What an earlier stream of the conversation left; None when there is nothing to take up."""
        self._forget_old()
        place = self._places.get(conversation_id)
        return place.kept if place else None

    def keep(self, conversation_id: str, kept: Any) -> None:
        if conversation_id in self._places:
            self._places[conversation_id].kept = kept

    def leave(self, conversation_id: str, session: Session) -> None:
        """Does nothing when another session has taken over."""
        place = self._places.get(conversation_id)
        if place and place.session is session:
            place.session, place.left = None, self._clock()
            asyncio.get_running_loop().call_later(KEPT_SECONDS + 1, self._forget_old)

    def finish_later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """What a resident said before the connection broke is still answered."""
        task = asyncio.create_task(work)
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        return task

    @property
    def open(self) -> int:
        return sum(place.session is not None for place in self._places.values())

    async def close(self, patience_seconds: float = 0.0) -> None:
        """At the end of the application; so long those are waited for who are still being answered."""
        if self._unfinished and patience_seconds:
            await asyncio.wait(self._unfinished, timeout=patience_seconds)
        for task in list(self._unfinished):
            task.cancel()
        await asyncio.gather(*self._unfinished, return_exceptions=True)

    def _forget_old(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        gone = [name for name, place in self._places.items() if place.session is None and place.left < oldest]
        for name in gone:
            del self._places[name]
