"""Wishes marked as examples, so that the page can be looked at."""

from datetime import date, datetime, timedelta

from bot.language.communities import communities
from bot.store.store import Store
from bot.store.unmet import queries
from bot.store.unmet.states import UnmetKind

EXAMPLES: tuple[tuple[UnmetKind, str, int | None, str, tuple[int, ...]], ...] = (
    (UnmetKind.FULL, "bathing", 2, "senior", (1, 2, 3, 1, 1, 2, 3, 1)),
    (UnmetKind.NO_PLACE, "medical_escort", 1, "senior", (1, 1, 2)),
    (UnmetKind.NO_PLACE, "digital_class", 2, "", (1, 1)),
    (UnmetKind.NO_SERVICE, "venue", None, "", (4,)),
    (UnmetKind.UNANSWERED, "elderly", None, "", (1, 1, 1, 1)),
)
"""Kind, service or topic, community by its place in the list, age group, and how many people each wish was for."""
DAYS_OF_FULL = 7


def load(store: Store, now: datetime) -> str:
    """Those that are not there yet. Returns what was loaded, in words."""
    loaded = 0
    with store.unit() as unit:
        for kind, about, where, age_group, parties in EXAMPLES:
            community = "" if where is None else communities()[where].name
            for at, people in enumerate(parties):
                queries.count(
                    unit,
                    {
                        "once": unit.keys.keyed_hash(f"example\0{kind}\0{about}\0{community}\0{at}"),
                        "month": f"{now:%Y-%m}",
                        "kind": kind,
                        "about": about,
                        "community": community,
                        "age_group": age_group,
                        "people": people,
                        "wanted_day": _day(now, at) if kind == UnmetKind.FULL else None,
                        "example": True,
                    },
                )
                loaded += 1
        unit.commit()
    return f"{loaded} unmet wishes"


def _day(now: datetime, at: int) -> date:
    return now.date() + timedelta(days=at % DAYS_OF_FULL)
