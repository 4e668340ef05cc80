"""An application that was told to stop: no new call comes, the balancer sends residents elsewhere, and calls are finished first."""

import time
from collections.abc import Callable

NOTICE_SECONDS = 5.0
"""So long at least a balancer is given to notice; it asks every second or two."""


class Drain:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._began = clock, 0.0
        self.has_begun = False

    def begin(self) -> None:
        self.has_begun, self._began = True, self._clock()

    def is_over(self, seconds: float, calls: int) -> bool:
        """`seconds` is the longest that we wait, `calls` how many there still are."""
        if not self.has_begun:
            return False
        passed = self._clock() - self._began
        return passed >= seconds or (calls == 0 and passed >= NOTICE_SECONDS)
