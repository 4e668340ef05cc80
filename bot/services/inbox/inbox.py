"""The inbox: whatever waits for the office, of all topics, in one list that a person narrows, claims and works through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.errors import BadInput, NotFound, Refusal, WrongState
from bot.services.audit import audit
from bot.services.kernel import topics
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import LIGHTS, Act, Item, Source, urgency
from bot.store.inbox import queries
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork

UNDO_FOR = timedelta(seconds=10)
"""As the page shows it."""
MOST_AT_ONCE = 100
"""Things that one click does something to."""
MOST_VIEWS = 12
LONGEST_NAME = 20
LONGEST_QUERY = 200
ORDERS = ("urgent", "newest")
Who = Literal["", "me", "nobody"]


@dataclass(frozen=True)
class Filter:
    """Empty does not narrow."""

    source: str = ""
    light: str = ""
    who: str = ""
    words: str = ""
    order: str = "urgent"


@dataclass(frozen=True)
class Line:
    item: Item
    who: str
    """Name of who takes care of it; empty for nobody."""
    mine: bool


@dataclass(frozen=True)
class View:
    id: int
    name: str
    query: str


@dataclass(frozen=True)
class Done:
    """What came of a deed on several things."""

    done: tuple[str, ...]
    """Keys."""
    refused: tuple[str, ...]


def sources(actor: Actor) -> dict[str, Source]:
    """Those that the actor sees, in their order."""
    return {name: one for name, one in topics.inbox().items() if actor.may(one.permission)}


def everything(store: Store, actor: Actor, now: datetime) -> list[Line]:
    """All that waits and that the actor may see."""
    actor.must("inbox.read")
    with store.reading() as unit:
        claims, names = queries.claims(unit), {row.id: row.name for row in staff_queries.accounts(unit)}
        items = [item for one in sources(actor).values() for item in one.items(unit, actor, now)]
    found = []
    for item in items:
        has_it = claims.get((item.source, item.number)) or item.has_it
        found.append(Line(replace(item, has_it=has_it), names.get(has_it, ""), has_it == actor.id))
    return found


def narrowed(lines: Sequence[Line], wanted: Filter) -> list[Line]:
    """In the order that is wanted: the most urgent first, or the newest."""
    words = wanted.words.casefold().split()
    found = [
        line
        for line in lines
        if wanted.source in ("", line.item.source)
        and wanted.light in ("", line.item.light)
        and (not wanted.who or (line.mine if wanted.who == "me" else not line.item.has_it))
        and all(word in f"{line.item.number} {line.item.about} {line.item.where}".casefold() for word in words)
    ]
    if wanted.order == "newest":
        return sorted(found, key=lambda line: line.item.at, reverse=True)
    return sorted(found, key=lambda line: urgency(line.item))


def checked(asked: Callable[[str], str]) -> Filter:
    """From an address; what cannot be is left out."""

    def one_of(name: str, choices: Sequence[str]) -> str:
        return asked(name) if asked(name) in choices else ""

    return Filter(
        source=one_of("source", tuple(topics.inbox())),
        light=one_of("light", LIGHTS),
        who=one_of("who", ("me", "nobody")),
        words=asked("q")[:60],
        order=one_of("order", ORDERS) or ORDERS[0],
    )


def acts(source: Source) -> dict[str, Act]:
    """What can be done to things of this source without opening them; "release" takes "claim" back."""
    return {"claim": Act(_claim, _release), "release": Act(_release, _claim), **source.acts}


def do(store: Store, actor: Actor, deed: str, keys: Sequence[str], now: datetime, *, undo: bool = False) -> Done:
    """To each of these things. What a colleague was quicker with is refused and told. Raises BadInput."""
    actor.must("inbox.work")
    if not keys or len(keys) > MOST_AT_ONCE:
        raise BadInput("inbox")
    done: list[str] = []
    refused: list[str] = []
    for key in dict.fromkeys(keys):
        name, _, number = key.partition(":")
        source = sources(actor).get(name)
        act = acts(source).get(deed) if source else None
        deed_of = (act.undo if undo else act.do) if act else None
        if act is None or deed_of is None or not actor.may(act.permission):
            refused.append(key)
            continue
        try:
            deed_of(store, actor, key if deed_of in (_claim, _release) else number, now)
            done.append(key)
        except Refusal:
            refused.append(key)
    return Done(tuple(done), tuple(refused))


def pulse(store: Store, actor: Actor) -> str:
    """Changes when something in the actor's inbox may have changed; cheap to ask for every other second."""
    with store.reading() as unit:
        seen: list[Any] = [queries.pulse(unit), *(one.pulse(unit) for one in sources(actor).values())]
    return repr(seen)


def views(store: Store, actor: Actor) -> list[View]:
    with store.reading() as unit:
        return [View(row.id, row.name, row.query) for row in queries.views(unit, actor.id)]


def keep_view(store: Store, actor: Actor, name: str, query: str) -> None:
    """Raises BadInput."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise BadInput("view")
    with store.unit() as unit:
        if len(queries.views(unit, actor.id)) >= MOST_VIEWS:
            raise BadInput("view")
        queries.keep_view(unit, actor.id, name, query)
        unit.commit()


def forget_view(store: Store, actor: Actor, view_id: int) -> None:
    """Raises NotFound."""
    with store.unit() as unit:
        if not queries.forget_view(unit, actor.id, view_id):
            raise NotFound
        unit.commit()


def _claim(store: Store, actor: Actor, key: str, now: datetime) -> None:
    source, _, number = key.partition(":")
    with store.unit() as unit:
        _must_be_there(unit, actor, source, number, now)
        if not queries.claim(unit, source, number, actor.id, now):
            raise WrongState
        audit.write(unit, actor, "inbox.claim", "inbox", number, now, details={"source": source})
        unit.commit()


def _release(store: Store, actor: Actor, key: str, now: datetime) -> None:
    source, _, number = key.partition(":")
    with store.unit() as unit:
        if not queries.release(unit, source, number, actor.id):
            raise WrongState
        audit.write(unit, actor, "inbox.release", "inbox", number, now, details={"source": source})
        unit.commit()


def _must_be_there(unit: UnitOfWork, actor: Actor, source: str, number: str, now: datetime) -> None:
    """Nobody claims what they may not see. Raises NotFound."""
    if not any(item.number == number for item in topics.inbox()[source].items(unit, actor, now)):
        raise NotFound
