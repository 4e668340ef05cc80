"""荣誉居民 (plan, 6.3): volunteers whom everybody may read of, in the name that they agreed to."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadInput, NotFound
from bot.language.masking import reaches_somebody
from bot.services.audit import audit
from bot.services.kernel.permissions import Actor
from bot.store.points import queries
from bot.store.points.states import VolunteerState
from bot.store.store import Store

SHORTEST, LONGEST = 2, 20
"""Characters of a name."""
MINUTES = 60


@dataclass(frozen=True)
class Honoured:
    name: str
    hours: float


def listed(store: Store) -> list[Honoured]:
    """Most hours first."""
    with store.reading() as unit:
        return [Honoured(name, minutes / MINUTES) for name, minutes in queries.honoured(unit)]


def name_in_public(store: Store, actor: Actor, number: str, name: str, *, agreed: bool, now: datetime) -> None:
    """Name a volunteer in public as they agreed to; an empty name takes them off the list, which needs no consent.

    Raises BadInput, NotFound, also for one who has left.
    """
    actor.must("points.confirm")
    name = name.strip()
    if name and not agreed:
        raise BadInput("honour-consent")
    if name and (not SHORTEST <= len(name) <= LONGEST or reaches_somebody(name)):
        raise BadInput("honour-name")
    with store.unit() as unit:
        row = queries.lock(unit, number)
        if row is None or row.state != VolunteerState.ACTIVE:
            raise NotFound
        row.honour_name = name or None
        audit.write(unit, actor, "points.honour" if name else "points.honour_ended", "volunteer", number, now)
        unit.commit()


def name_of(store: Store, number: str) -> str:
    """Empty for one who is not named in public."""
    with store.reading() as unit:
        row = queries.volunteer(unit, number)
        return (row.honour_name or "") if row else ""
