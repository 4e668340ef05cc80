"""Wishes that could not be met: counted where they are told, and set beside what there is (the plan's 三单对接, 5.2).

Nothing is kept of who had them: month, community, kind, service, and how many people it was for.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.language.communities import communities
from bot.services.kernel import topics
from bot.services.kernel.permissions import Actor
from bot.store.proposals import queries as proposal_queries
from bot.store.proposals.states import Outcome
from bot.store.store import Store, UnitOfWork
from bot.store.unmet import queries
from bot.store.unmet.states import UnmetKind as UnmetKind
from bot.store.unmet.tables import UnmetWish

MONTHS = 12
"""So many are shown, the present one included."""
OTHER = "other"


@dataclass(frozen=True)
class Wish:
    kind: UnmetKind
    about: str
    """A service, or the topic of a question."""
    conversation_id: str
    words: str = ""
    """Where the community may be named; they are not kept."""
    people: int = 1
    wanted_day: date | None = None


@dataclass(frozen=True)
class Need:
    """All wishes of a kind for one service in one community."""

    kind: UnmetKind
    about: str
    community: str
    people: int
    seniors: int
    """Those of them whose page was in elder mode."""
    months: tuple[str, ...]
    places: int
    """Full: so many more on the day that was wanted most would have been enough. Otherwise 0."""
    offered: int
    """Places a week that there are of this service in the community."""
    example: bool
    """Some of it is made up to show the page."""


@dataclass(frozen=True)
class Project:
    """A proposal of residents that was adopted."""

    number: str
    title: str


def count(store: Store, wish: Wish, now: datetime) -> None:
    """Once for a conversation; a full day is a wish of its own."""
    community = _community(wish.words)
    with store.unit() as unit:
        queries.count(
            unit,
            {
                "once": _once(unit, wish, community),
                "month": f"{now:%Y-%m}",
                "kind": wish.kind,
                "about": wish.about,
                "community": community,
                "age_group": "senior" if queries.in_elder_mode(unit, wish.conversation_id) else "",
                "people": wish.people,
                "wanted_day": wish.wanted_day,
            },
        )
        unit.commit()


def _once(unit: UnitOfWork, wish: Wish, community: str) -> str:
    return unit.keys.keyed_hash(said(wish.conversation_id, wish.kind, wish.about, community, wish.wanted_day))


def said(conversation_id: str, kind: str, about: str, community: str, day: date | None) -> str:
    """What makes a wish one and the same; only its keyed hash is kept."""
    return "\0".join((conversation_id, kind, about, community, str(day)))


def _community(words: str) -> str:
    """One of ours that is named; what else a resident calls their place is not kept."""
    named = words.lower()
    return next((one.name for one in communities() if one.short in named or one.name_en.lower() in named), "")


def needs(store: Store, actor: Actor, now: datetime) -> list[Need]:
    """Of the last months, most people first. Raises Forbidden."""
    actor.must("unmet.read")
    with store.reading() as unit:
        offered = topics.offered(unit)
        found: dict[tuple[str, str, str], list[UnmetWish]] = defaultdict(list)
        for row in queries.between(unit, _first_month(now), f"{now:%Y-%m}"):
            found[row.kind, row.about, row.community].append(row)
        told = [_need(rows, offered[about, community]) for (_, about, community), rows in found.items()]
    return sorted(told, key=lambda one: (-one.people, one.kind, one.about, one.community))


def _need(rows: Sequence[UnmetWish], offered: int) -> Need:
    first, by_day = rows[0], Counter[date]()
    for row in rows:
        if row.wanted_day:
            by_day[row.wanted_day] += row.people
    return Need(
        kind=UnmetKind(first.kind),
        about=first.about,
        community=first.community,
        people=sum(row.people for row in rows),
        seniors=sum(row.people for row in rows if row.age_group == "senior"),
        months=tuple(sorted({row.month for row in rows})),
        places=max(by_day.values(), default=0),
        offered=offered,
        example=any(row.example for row in rows),
    )


def projects(store: Store, actor: Actor) -> list[Project]:
    """Published ones. Raises Forbidden."""
    actor.must("unmet.read")
    with store.reading() as unit:
        rows = (row for row, *_ in proposal_queries.public(unit) if row.outcome == Outcome.ADOPTED)
        return [Project(row.number, row.public_title or "") for row in rows]


def _first_month(now: datetime) -> str:
    months = now.year * 12 + now.month - MONTHS
    return f"{months // 12}-{months % 12 + 1:02}"
