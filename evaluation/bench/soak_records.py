"""What the database of a soaked Linyu holds: read past the program where rows are counted, through it where they are opened."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.operation.ephemeral_instance import EphemeralInstance
from bot.services.bookings import bookings
from bot.services.cases import cases
from bot.services.conversations import calls, conversations

TOLD_ON = ("booking", "case")
"""Kinds of the cards that tell a resident the number of something confirmed."""


@dataclass(frozen=True)
class Records:
    """Needs `wiring` to have the settings of this Linyu: its environment is that of our process."""

    linyu: EphemeralInstance

    @property
    def file(self) -> Path:
        return self.linyu.state_dir / "linyu.db"

    def open_calls(self) -> int:
        return calls.open_calls(wiring.store())

    def told(self) -> set[str]:
        """Every number that was told in a conversation or a call, as its turns hold it."""
        found = set[str]()
        for (conversation,) in self._rows("SELECT id FROM conversations"):
            for _, turn in conversations.history(wiring.store(), conversation):
                cards = [reply.card for reply in turn.replies if reply.card]
                found.update(str(card["number"]) for card in cards if card["kind"] in TOLD_ON)
        return found

    def readable(self, numbers: Iterable[str]) -> set[str]:
        """Those of the numbers that are there and can be opened."""
        return {number for number in numbers if self._opens(number)}

    def items(self) -> list[tuple[str, str]]:
        """Conversation and kind of everything that was confirmed."""
        tables = (("booking", "bookings"), ("case", "cases"))
        return [(one, kind) for kind, table in tables for (one,) in self._rows(f"SELECT conversation_id FROM {table}")]

    def _opens(self, number: str) -> bool:
        try:
            if self._rows("SELECT number FROM bookings WHERE number = ?", number):
                return bool(bookings.get(wiring.store(), number).name)
            whose = [one for (one,) in self._rows("SELECT conversation_id FROM cases WHERE number = ?", number)]
            found = [case for one in whose for case in cases.of_conversation(wiring.store(), one)]
            return any(case.number == number and case.text for case in found)
        except Exception:  # whatever keeps it shut: it is not readable
            return False

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(f"{self.file.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query, values).fetchall()
