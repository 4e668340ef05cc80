"""How many calls are served at the same moment; whoever calls then reaches the operator at once."""

from collections.abc import Iterator
from contextlib import contextmanager


class AllBusy(Exception):
    """As many calls are served as we can hear."""


class Capacity:
    """In memory of this one process, which has all calls."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.busy = 0
        """Places that are taken, from the opening of a socket to its end."""

    @property
    def full(self) -> bool:
        return self.busy >= self._most

    @contextmanager
    def one_call(self) -> Iterator[None]:
        """A place, until the call is over. Raises AllBusy."""
        if self.full:
            raise AllBusy
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1
