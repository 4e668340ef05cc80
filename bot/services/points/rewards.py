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
                unit.add(
                    Reward(
                        id=line["id"], bare_title=line["title"], bare_title_en=line["title_en"],
                        bare_place=line["place"], bare_place_en=line["place_en"],
                        is_example=line["is_example"] == "yes", cost=int(line["cost"]), stock=int(line["stock"]),
                        source=line["source"],
                    )
                )  # fmt: skip
        unit.commit()
    return f"{len(lines)} rewards"
