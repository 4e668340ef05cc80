"""Calls of which we are told over HTTP before their sound comes in over a socket of its own.

Whoever tells us shows a secret or a signature and gets a ticket, which opens the socket once and soon. So neither the
caller's number nor a lasting secret travels beside the sound. When the socket is closed, the provider asks what is next.
"""

import uuid
from dataclasses import asdict, dataclass, field
from typing import Literal

from api.http.shared_memory import SharedMemory
from api.telephone.line import BadMessage, CallStarted

SECONDS = 60.0
"""So long a ticket waits for its call, and an order for the provider who asks for it."""


@dataclass(frozen=True)
class Next:
    """What becomes of a call that has left us."""

    order: Literal["goodbye", "operator", "lost"]
    """"lost": we did not end it on purpose."""
    handover: str = ""
    """The number under which the operator finds the summary."""


@dataclass
class ExpectedCalls:
    """Known to all applications beside each other: the one that is told of a call need not be the one that gets its sound."""

    notes: SharedMemory = field(default_factory=SharedMemory)

    async def announce(self, call: CallStarted) -> str:
        """The ticket of a call that is about to come: a random UUID."""
        await self.notes.take(f"next {call.provider_call}")  # it may come for a second time
        ticket = str(uuid.uuid4())
        await self.notes.keep(f"call {ticket}", asdict(call), SECONDS)
        return ticket

    async def admit(self, ticket: str) -> CallStarted:
        """The call that this ticket opens, once. Raises BadMessage."""
        call = await self.notes.take(f"call {ticket}")
        if call is None:
            raise BadMessage("no such ticket")
        return CallStarted(**call)

    async def order(self, provider_call: str, what: Next) -> None:
        """To be told to the provider when it asks."""
        await self.notes.keep(f"next {provider_call}", asdict(what), SECONDS)

    async def what_next(self, provider_call: str) -> Next:
        """Told once."""
        kept = await self.notes.take(f"next {provider_call}")
        return Next(**kept) if kept else Next("lost")
