"""Where most is complained about: cases counted by community, grid and category."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.kernel.permissions import Actor
from bot.store.cases import queries as case_queries
from bot.store.cases.states import AWAITS_OFFICE
from bot.store.store import Store

SPOTS_DAYS = (7, 30, 90, 365)


@dataclass(frozen=True)
class Spot:
    """What was told of one area, in numbers."""

    community: str
    grid: str
    by_category: dict[str, int]
    total: int
    open: int
    late: int
    """Missed a target."""


def hot_spots(store: Store, actor: Actor, days: int, now: datetime) -> list[Spot]:
    """Where most was told of; the area of a case that nobody has placed yet has empty names."""
    actor.must("cases.read")
    with store.reading() as unit:
        rows = case_queries.counts(unit, now - timedelta(days=days))
    areas: dict[tuple[str, str], list[tuple[str, str, bool, int]]] = {}
    for community, grid, category, state, escalated, count in rows:
        if actor.role == "grid_worker" and grid != actor.grid:
            continue
        areas.setdefault((community or "", grid or ""), []).append((category, state, escalated, count))
    spots = []
    for (community, grid), told in areas.items():
        by_category: dict[str, int] = {}
        for category, _, _, count in told:
            by_category[category] = by_category.get(category, 0) + count
        spots.append(
            Spot(
                community,
                grid,
                by_category,
                total=sum(one[3] for one in told),
                open=sum(one[3] for one in told if one[1] in AWAITS_OFFICE),
                late=sum(one[3] for one in told if one[2]),
            )
        )
    return sorted(spots, key=lambda one: (-one.total, one.community, one.grid))
