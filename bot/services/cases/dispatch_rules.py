"""Where a case goes: rules of the office as data (data/policy/dispatch.csv), each with the reason that staff read."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.services.cases.staff_cases import COMMUNITY, Worker
from bot.store.cases.tables import Case

_FILE = Path(__file__).resolve().parents[3] / "data" / "policy" / "dispatch.csv"


@dataclass(frozen=True)
class Rule:
    category: str
    community: str
    """Empty holds for every community; one that names it goes before one that does not."""
    department: str
    source: str
    is_example: bool


@dataclass(frozen=True)
class Suggestion:
    """Where the rules would send it; empty parts stay as they are."""

    department: str
    worker: str
    """Account of the only grid worker there; empty where there are several or none."""
    worker_name: str
    community: str
    rule: Rule | None


@cache
def rules() -> tuple[Rule, ...]:
    """Raises KeyError where a column is missing."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Rule(row["category"], row["community"], row["department"], row["source"], row["is_example"] == "yes")
            for row in csv.DictReader(file)
        )


def suggest(category: str, community: str, grid: str, workers: Sequence[Worker]) -> Suggestion | None:
    """None where no rule holds and no grid worker is the only one there."""
    fitting = [one for one in rules() if one.category == category and one.community in ("", community)]
    rule = max(fitting, key=lambda one: bool(one.community), default=None)
    there = [one for one in workers if (one.grid == grid if grid else community and one.community == community)]
    worker = there[0] if len(there) == 1 else None
    if rule is None and worker is None:
        return None
    return Suggestion(
        rule.department if rule else "", worker.id if worker else "", worker.name if worker else "", community, rule
    )


def community_of(row: Case) -> str:
    """As the case has it, or as its place says."""
    guess = COMMUNITY.search(row.place)
    return row.community or (guess.group() if guess else "")
