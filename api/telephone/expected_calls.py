"""Calls of which we are told over HTTP before their sound comes in over a socket of its own.

Whoever tells us shows a secret or a signature and gets a ticket, which opens the socket once and soon. So neither the
caller's number nor a lasting secret travels beside the sound. When the socket is closed, the provider asks what is next.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

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
    """In memory of this one process, which has the sockets too."""

    clock: Callable[[], float] = time.monotonic
    _tickets: dict[str, tuple[float, CallStarted]] = field(default_factory=dict, init=False)
    _orders: dict[str, tuple[float, Next]] = field(default_factory=dict, init=False)

    def announce(self, call: CallStarted) -> str:
        """The ticket of a call that is about to come: a random UUID."""
        _forget_old(self._tickets, self.clock())
        self._orders.pop(call.provider_call, None)  # it may come for a second time
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = (self.clock(), call)
        return ticket

    def admit(self, ticket: str) -> CallStarted:
        """The call that this ticket opens, once. Raises BadMessage."""
        _forget_old(self._tickets, self.clock())
        if ticket not in self._tickets:
            raise BadMessage("no such ticket")
        return self._tickets.pop(ticket)[1]

    def order(self, provider_call: str, what: Next) -> None:
        """To be told to the provider when it asks."""
        _forget_old(self._orders, self.clock())
        self._orders[provider_call] = (self.clock(), what)

    def what_next(self, provider_call: str) -> Next:
        """Told once."""
        _forget_old(self._orders, self.clock())
        return self._orders.pop(provider_call, (0.0, Next("lost")))[1]


def _forget_old[T](kept: dict[str, tuple[float, T]], now: float) -> None:
    for name in [name for name, (since, _) in kept.items() if now - since > SECONDS]:
        del kept[name]
