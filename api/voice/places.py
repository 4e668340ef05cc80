"""Who may be heard at the same moment: places for all, some kept free for the telephone, a few for one address."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import EarsBusy

Kind = Literal["web", "telephone"]


@dataclass
class Places:
    """In memory of this one process."""

    all: int
    for_telephone: int = 0
    """Never taken by the web."""
    for_one_address: int = 1_000_000
    """Of the web."""
    _taken: Counter[Kind] = field(default_factory=Counter)
    _addresses: Counter[str] = field(default_factory=Counter)

    def take(self, kind: Kind, address: str = "") -> "Place":
        """Raises EarsBusy."""
        if self._taken.total() >= self.all:
            raise EarsBusy
        if kind == "web" and (
            self._taken["web"] >= self.all - self.for_telephone or self._addresses[address] >= self.for_one_address
        ):
            raise EarsBusy
        self._taken[kind] += 1
        if kind == "web":
            self._addresses[address] += 1
        return Place(self, kind, address)

    @property
    def taken(self) -> int:
        return self._taken.total()

    def _give_back(self, place: "Place") -> None:
        self._taken[place.kind] -= 1
        if place.kind == "web":
            self._addresses[place.address] -= 1
            if not self._addresses[place.address]:
                del self._addresses[place.address]


@dataclass
class Place:
    places: Places
    kind: Kind
    address: str
    _is_taken: bool = True

    def give_back(self) -> None:
        """Doing it twice is harmless."""
        if self._is_taken:
            self._is_taken = False
            self.places._give_back(self)
