"""The trades that work is searched by, as data/jobs/trades.yml names them."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Trade:
    id: str
    title: dict[str, str]
    """By language."""
    words: tuple[str, ...]
    """What else it is called."""


class Trades:
    def __init__(self, trades: list[Trade]) -> None:
        self.trades = {trade.id: trade for trade in trades}
        names = [(word.lower(), trade.id) for trade in trades for word in (*trade.title.values(), *trade.words)]
        self._names = sorted(names, key=lambda name: -len(name[0]))

    def named_in(self, text: str) -> str | None:
        """Id of the trade whose longest name stands in the text."""
        plain = text.lower()
        for name, trade in self._names:
            if re.search(rf"\b{re.escape(name)}s?\b", plain) if name.isascii() else name in plain:
                return trade
        return None


def read_trades(file: Path) -> Trades:
    data = yaml.safe_load(file.read_text("utf-8"))
    return Trades([Trade(row["id"], {"zh": row["zh"], "en": row["en"]}, tuple(row["words"])) for row in data])
