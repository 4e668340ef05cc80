"""What goes out on the line, moment by moment: replies as they are rendered, silence in between, so that the line lives.

Arithmetic only: seconds in, sound out. Everything is kept here until shortly before it is due, so that we can stop at
once and know how far the caller has heard us.
"""

from dataclasses import dataclass, field

from api.telephone.line import BYTES_PER_SECOND, FRAME_BYTES

SILENT_LEAD_SECONDS = 0.06
"""How much silence is sent ahead of time: speech that comes has to wait for all of it."""
HELD_BACK_SECONDS = 30.0
"""The longest queue of a provider is played within 20; whoever holds us back for longer never goes on."""


@dataclass
class Playout:
    lead_seconds: float
    """How much speech is sent ahead of time."""
    _waiting: bytearray = field(default_factory=bytearray, init=False)
    _sent: int = field(default=0, init=False)
    """Bytes of everything, silence too."""
    _played: float = field(default=0.0, init=False)
    """Seconds since the line was opened."""
    _recent: bytearray = field(default_factory=bytearray, init=False)
    """Speech that was sent but may not have been heard yet, oldest first."""
    held_back: bool = field(default=False, init=False)
    paused: bool = field(default=False, init=False)
    """Nobody listens: speech waits, and no silence is sent either."""
    _held_back_seconds: float = field(default=0.0, init=False)

    def add(self, pcm: bytes) -> None:
        """Speech to be heard after what waits."""
        self._waiting += pcm

    def advance(self, seconds: float) -> bytes:
        """So much time has passed: what is to be sent now, whole frames."""
        self._played += seconds
        self._held_back_seconds = self._held_back_seconds + seconds if self.held_back else 0.0
        # When we were late the line was silent; what it missed is not sent twice as fast now.
        self._sent = max(self._sent, self._played_bytes())
        lead = self.lead_seconds if self._waiting else min(self.lead_seconds, SILENT_LEAD_SECONDS)
        wanted = self._played_bytes() + int(lead * BYTES_PER_SECOND)
        room = (wanted - self._sent) // FRAME_BYTES * FRAME_BYTES
        if room <= 0 or self.held_back or self.paused:
            return b""
        speech = bytes(self._waiting[:room])
        del self._waiting[:room]
        self._sent += room
        sent = speech.ljust(room, b"\0")
        self._recent += sent
        self._recent = self._recent[-self._ahead() :]
        return sent

    def stop(self) -> bytes:
        """Be silent now. Returns the speech that was not heard: it can be added again."""
        unheard = self._unheard().rstrip(b"\0") + bytes(self._waiting)
        self._waiting.clear()
        self._recent.clear()
        self._sent = self._played_bytes()
        return unheard[: len(unheard) // 2 * 2]

    @property
    def waiting(self) -> bool:
        """Is there speech that was not sent yet?"""
        return bool(self._waiting)

    @property
    def seconds_left(self) -> float:
        """Until the caller has heard everything."""
        if self._waiting:
            return (self._ahead() + len(self._waiting)) / BYTES_PER_SECOND
        return len(self._unheard().rstrip(b"\0")) / BYTES_PER_SECOND

    @property
    def speaking(self) -> bool:
        return self.seconds_left > 0

    @property
    def stuck(self) -> bool:
        """Does the provider not play any more?"""
        return self._held_back_seconds >= HELD_BACK_SECONDS

    def _played_bytes(self) -> int:
        return int(self._played * BYTES_PER_SECOND) // FRAME_BYTES * FRAME_BYTES

    def _ahead(self) -> int:
        return max(0, self._sent - self._played_bytes())

    def _unheard(self) -> bytes:
        ahead = self._ahead()
        return bytes(self._recent[-ahead:]) if ahead else b""
