"""How many frames one voice stream may send. Arithmetic, with the clock passed in."""

from collections.abc import Callable

FRAMES_PER_SECOND = 100
"""A page sends twenty-five of sound."""
SPARE_FRAMES = 500
"""What piled up while the network was away: twenty seconds of sound."""
REFUSALS = 100
"""A client that goes on after so many of them does not read what we answer."""


class FrameBudget:
    """Every frame costs one, of whatever kind; the budget grows with the time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._left = float(SPARE_FRAMES)
        self._at = clock()
        self._refused = 0

    def take(self) -> bool:
        """False: more came than anybody needs to send."""
        now = self._clock()
        self._left = min(SPARE_FRAMES, self._left + (now - self._at) * FRAMES_PER_SECOND)
        self._at = now
        self._left -= 1
        return self._left >= 0

    def refuse(self) -> bool:
        """Count a frame that was answered with a refusal. True when there were too many of them."""
        self._refused += 1
        return self._refused > REFUSALS
