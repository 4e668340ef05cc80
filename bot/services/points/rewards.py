"""The rewards marked 示例, from a table; those there already keep their stock."""

import csv
from datetime import datetime
from pathlib import Path

from bot.store.points import queries
from bot.store.points.tables import Reward
from bot.store.store import Store

FILE = Path(__file__).resolve().parents[3] / "data" / "policy" / "rewards.csv"


def load(store: Store, now: datetime) -> str:
    """Returns what there is, in words."""
    del now
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    with store.unit() as unit:
        for line in lines:
            if queries.reward(unit, line["id"]) is None:
                values = {**line, "cost": int(line["cost"]), "stock": int(line["stock"])}
                unit.add(Reward(**values))
        unit.commit()
    return f"{len(lines)} rewards"
