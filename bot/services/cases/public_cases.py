"""Cases as everybody may read them: what kind, how far, which office; no words, place or person, and no number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.cases import queries
from bot.store.cases.states import AWAITS_OFFICE, HAS_ITS_ANSWER
from bot.store.cases.tables import Case
from bot.store.store import Store

MOST = 1000
SPAN = timedelta(days=90)


@dataclass(frozen=True)
class PublicCase:
    id: str
    category: str
    state: str
    is_open: bool
    department: str | None
    community: str | None
    filed: datetime
    updated: datetime
    settle_by: datetime


@dataclass(frozen=True)
class PublicFilter:
    ids: Sequence[str] = ()
    """Overrides all others."""
    categories: Sequence[str] = ()
    is_open: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


def found(store: Store, wanted: PublicFilter, now: datetime) -> list[PublicCase]:
    """Newest first, at most MOST; where no days are given, those of the last 90."""
    with store.reading() as unit:
        if wanted.ids:
            return [_public(row) for row in queries.public(unit, ids=wanted.ids, most=MOST)]
        states: Sequence[str] = ()
        if wanted.is_open is not None:
            states = AWAITS_OFFICE if wanted.is_open else HAS_ITS_ANSWER
        until = wanted.until or (wanted.since + SPAN if wanted.since else now)
        since = max(wanted.since or until - SPAN, until - SPAN)
        rows = queries.public(unit, categories=wanted.categories, states=states, since=since, until=until, most=MOST)
        return [_public(row) for row in rows]


def _public(row: Case) -> PublicCase:
    told = [one.at for one in row.events if one.action not in ("note", "chased")]
    return PublicCase(
        row.public_id or "",
        row.category,
        row.state,
        row.state in AWAITS_OFFICE,
        row.department,
        row.community,
        row.filed,
        max(told, default=row.filed),
        row.settle_by,
    )
