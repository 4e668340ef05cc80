"""A telephone call as every provider carries it: what it tells us, what we tell it. Sound is 8 kHz, 16-bit, mono PCM."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol

LINE_HZ = 8000
BYTES_PER_SECOND = LINE_HZ * 2
FRAME_BYTES = 320
"""20 ms."""
News = Literal["new", "nobody", "outbound"]


@dataclass(frozen=True)
class CallStarted:
    provider_call: str
    """The provider's own name for the call."""
    caller: str | None = None
    """The number that calls, or that we have called; None when it is withheld."""
    news: News = "new"
    """"nobody": a call comes back to us because no person answered; "outbound": we placed it."""
    task: str = ""
    """Of an outbound call: which one it is."""


@dataclass(frozen=True)
class CallAudio:
    pcm: bytes


@dataclass(frozen=True)
class KeyPressed:
    key: str


@dataclass(frozen=True)
class MarkPlayed:
    """All sound that was sent before this mark has been played."""

    name: str


@dataclass(frozen=True)
class Xoff:
    """The provider's buffer is full."""


@dataclass(frozen=True)
class Xon:
    """It has room again."""


@dataclass(frozen=True)
class CallEnded:
    """The caller hung up, or the provider did."""


CallEvent = CallStarted | CallAudio | KeyPressed | MarkPlayed | Xoff | Xon | CallEnded


@dataclass(frozen=True)
class PlayAudio:
    pcm: bytes


@dataclass(frozen=True)
class PlayMark:
    name: str


@dataclass(frozen=True)
class StopPlaying:
    """Throw away all sound that is not played yet."""


@dataclass(frozen=True)
class Leave:
    """We leave the call; the provider's own plan goes on, which reaches the operator."""


CallCommand = PlayAudio | PlayMark | StopPlaying | Leave


class BadMessage(Exception):
    """What came is no message of this provider. The text never holds it."""


class CallLine(Protocol):
    """One call."""

    lead_seconds: float
    """How much sound to keep in the provider's buffer."""

    @property
    def held(self) -> bool:
        """Has the caller put us on hold? They hear nothing then, and what comes from there is not meant for us."""

    def events(self) -> AsyncGenerator[CallEvent]:
        """What the provider tells, until the call ends. Raises BadMessage."""

    async def do(self, command: CallCommand) -> None:
        """Does nothing any more once the call has ended."""

    async def hang_up(self) -> None:
        """End the call for the caller too."""

    async def give_to_operator(self, handover: str) -> None:
        """Leave the call so that it reaches a person; `handover` is the number of the record they find."""
