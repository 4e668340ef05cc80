"""What the program must know of each topic, declared once in its `topic.py`.

Export, erasure, retention and the look-up of numbers go over these declarations; none of them has a list of its own.
"""

import importlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from bot.services.kernel.permissions import Actor
from bot.services.kernel.tasks import Handlers, Task
from bot.store.mixins import FiledByPhone
from bot.store.store import Store, UnitOfWork
from bot.turns import Language

SERVICES = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Keep:
    """Days; the settings of the same names."""

    transcript_days: int
    keep_audio_days: int = 0
    booking_days: int = 365
    case_days: int = 1095
    handover_days: int = 365


@dataclass(frozen=True)
class Expiry:
    """One kind of data that is deleted when its time is over."""

    kind: str
    """Its name in the audit, and the code of its text."""
    days: Callable[[Keep], float]
    delete: Callable[[UnitOfWork, datetime, int, datetime], int]
    """(unit, deadline, most, now): deletes at most so many rows from before the deadline, tells how many."""
    setting: str = ""
    """Which setting chooses the days; empty where it is not for the office to choose."""
    shown: bool = True
    """Whether the page about privacy lists it."""
    counted: bool = True
    """Whether the audit counts it; what interests no resident is deleted without."""


def some(delete: Callable[[UnitOfWork, datetime, int], int]) -> Callable[[UnitOfWork, datetime, int, datetime], int]:
    """For an expiry whose query takes (unit, deadline, most)."""
    return lambda unit, deadline, most, now: delete(unit, deadline, most)


def every(delete: Callable[[UnitOfWork, datetime], int]) -> Callable[[UnitOfWork, datetime, int, datetime], int]:
    """For an expiry whose query takes (unit, deadline): there are never too many for one go."""
    return lambda unit, deadline, most, now: delete(unit, deadline)


@dataclass(frozen=True)
class Step:
    """Something that happened to a matter."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Matter:
    """One record as the resident whose it is reads it, in their language."""

    kind: str
    number: str
    title: str
    state_words: str
    at: datetime
    """The newest come first."""
    is_open: bool
    """Something is still to be done, or to come."""
    facts: tuple[tuple[str, str], ...] = ()
    """Code of what it is (below "mine.fact.") and its words."""
    steps: tuple[Step, ...] = ()
    """Oldest first."""
    may: frozenset[str] = frozenset()
    """What its resident can do with it now: cancel, chase, add, calendar, end."""
    begins: datetime | None = None
    ends: datetime | None = None
    place: str = ""


@dataclass(frozen=True)
class Filed:
    """One table of what is filed by a resident's phone."""

    name: str
    """Its key in the export and in the counts of an erasure."""
    table: type[FiledByPhone]
    export: Callable[[Any], dict[str, Any]]
    """One row, ready for JSON."""
    erase: Callable[[UnitOfWork, Any, datetime, float], None]
    """(unit, row, now, offer_hours): nothing personal is left of the row. offer_hours: how long a freed seat is held."""
    tell: Callable[[UnitOfWork, Any, Language, datetime], Matter] | None = None
    """The row as its own resident reads it; None for what is no matter of theirs to look after."""


@dataclass(frozen=True)
class Draft:
    """What others must know of one form: who masks its answers, keeps its draft, or takes it up after a dropped call."""

    asks_who: bool = True
    """It asks who or where somebody is: whatever is answered there is masked."""
    worth_keeping: bool = False
    """Is it offered to be kept when the resident turns to something else, or takes leave?"""
    impersonal: frozenset[str] = frozenset()
    """What it asks before anything personal has been told: so far, whoever has the same telephone may go on with it."""


NO_DRAFT = Draft(asks_who=False)


@dataclass(frozen=True)
class DueRules:
    """What the office has set for its due work."""

    keep: Keep
    offer_hours: float
    """How long a freed seat is held for the next on the waiting list."""


@dataclass(frozen=True)
class Due:
    """Work that a topic plans for later (bot/services/kernel/tasks.py)."""

    handler: Callable[[Store, Task, datetime, DueRules], None]
    long: bool = False
    """May take longer than others can wait."""


Light = Literal["red", "yellow", "green", "none"]
LIGHTS: tuple[Light, ...] = ("red", "yellow", "green", "none")
"""The most urgent first."""
ABOUT = 80
"""Characters of what a thing is about, in a list."""


@dataclass(frozen=True)
class Item:
    """One thing that waits, masked for whoever reads it."""

    source: str
    number: str
    about: str
    """In one line, masked."""
    light: Light
    at: datetime
    """Since when it waits."""
    state: str
    """Code of words, such as "cases.state.filed"."""
    kind: str = ""
    """Code of words: what sort of thing it is."""
    where: str = ""
    due: datetime | None = None
    has_it: str = ""
    """Account of who takes care of it, where the thing itself knows."""
    danger: bool = False
    """It stands above everything else."""
    cannot: frozenset[str] = frozenset()
    """Acts of its source that do not fit it as it is."""

    @property
    def key(self) -> str:
        return f"{self.source}:{self.number}"


Deed = Callable[[Store, Actor, str, datetime], None]
"""(store, actor, number, now): raises WrongState, NotFound, Forbidden, BadInput."""


@dataclass(frozen=True)
class Act:
    do: Deed
    undo: Deed | None = None
    """Takes it back within some seconds; None where that cannot be."""
    permission: str = "inbox.work"


@dataclass(frozen=True)
class Source:
    """One kind of thing in the inbox."""

    order: int
    permission: str
    """Who sees any of it."""
    items: Callable[[UnitOfWork, Actor, datetime], list[Item]]
    """Those that wait, in no order."""
    pulse: Callable[[UnitOfWork], Any]
    """Something cheap that changes when one of them does, or comes, or goes."""
    acts: Mapping[str, Act] = field(default_factory=dict)
    """By name. "claim" and "release" stand in for those of the inbox, where a thing knows itself who has it."""


def in_one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= ABOUT else text[:ABOUT] + "…"


def urgency(item: Item) -> tuple[bool, int, datetime]:
    """To sort by: danger, then lights, then what is due first or has waited longest."""
    return not item.danger, LIGHTS.index(item.light), item.due or item.at


@dataclass(frozen=True)
class Topic:
    """One kind of thing that residents bring. All parts of one run in the unit of work of whoever asks."""

    filed: tuple[Filed, ...] = ()
    erase_conversation: tuple[Callable[[UnitOfWork, str], None], ...] = ()
    """What this topic keeps of a conversation by its id, and of nobody who could ask for it, goes with it."""
    expiries: tuple[Expiry, ...] = ()
    """In the order in which they may be deleted: what hangs on something goes before it."""
    due: Mapping[str, Due] = field(default_factory=dict)
    """By the kind of task."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """By the name of the form, as a turn's state tells it."""
    piles: Mapping[str, Callable[[UnitOfWork, Actor], int]] = field(default_factory=dict)
    """How much waits for this person, by the name of the pile: the number beside a place in the console's menu."""
    inbox: Mapping[str, Source] = field(default_factory=dict)
    """What of it waits in the inbox of the office, by the name of the source."""
    offered: Callable[[UnitOfWork], Mapping[tuple[str, str], int]] | None = None
    """Places a week that there are, by service and community."""
    demo: Callable[[Store, datetime], str] | None = None
    """Loads examples marked 示例; again changes nothing. Returns how many of what."""


@cache
def topics() -> dict[str, Topic]:
    """Every topic by the name of its folder in bot/services."""
    names = sorted(path.parent.name for path in SERVICES.glob("*/topic.py"))
    return {name: importlib.import_module(f"bot.services.{name}.topic").TOPIC for name in names}


def filed() -> list[Filed]:
    """Of all topics."""
    return [one for topic in topics().values() for one in topic.filed]


@cache
def drafts() -> dict[str, Draft]:
    """Of all topics, by the name of the form."""
    return {name: one for topic in topics().values() for name, one in topic.drafts.items()}


def draft_of(form: str | None) -> Draft:
    """NO_DRAFT for no form, and for one that no topic declares."""
    return drafts().get(form or "", NO_DRAFT)


def piles(store: Store, actor: Actor) -> dict[str, int]:
    """How much waits for this person, of all topics; what is empty is left out."""
    with store.reading() as unit:
        counted = {name: count(unit, actor) for topic in topics().values() for name, count in topic.piles.items()}
    return {name: count for name, count in counted.items() if count}


@cache
def inbox() -> dict[str, Source]:
    """Of all topics, in the order of the inbox."""
    found = {name: one for topic in topics().values() for name, one in topic.inbox.items()}
    return dict(sorted(found.items(), key=lambda one: one[1].order))


def offered(unit: UnitOfWork) -> Counter[tuple[str, str]]:
    """Places a week, by service and community, of all topics together."""
    found = Counter[tuple[str, str]]()
    for topic in topics().values():
        if topic.offered:
            found.update(topic.offered(unit))
    return found


def load_demo(store: Store, now: datetime) -> list[str]:
    """The examples of all topics; what was loaded, in words."""
    return [topic.demo(store, now) for topic in topics().values() if topic.demo]


def erase_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    """The conversation and what hangs on it; records that were filed in it have a life of their own."""
    for topic in topics().values():
        for erase in topic.erase_conversation:
            erase(unit, conversation_id)


def due_handlers(rules: DueRules, *, long: bool | None = None) -> Handlers:
    """The handlers of all topics: for what is quickly done, for what is long, or (None) for both."""
    dues = {kind: due for topic in topics().values() for kind, due in topic.due.items() if long in (None, due.long)}
    return {kind: partial(_handle, due.handler, rules) for kind, due in dues.items()}


def _handle(
    handler: Callable[[Store, Task, datetime, DueRules], None], rules: DueRules, store: Store, task: Task, now: datetime
) -> None:
    handler(store, task, now, rules)


def erase_rows(unit: UnitOfWork, row: FiledByPhone, now: datetime, offer_hours: float) -> None:
    """For a table of which nothing has to stay."""
    unit.delete(row)
