"""What each topic adds to the console, declared in its `topic.py`: its routes, its places in the menu, the ways back."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request

from api.parts import Parts
from bot.services.staff.staff_sessions import Signed

CONSOLE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Place:
    order: int
    """From top to bottom of the menu."""
    path: str
    permission: str
    """The menu shows only what the role may open."""
    title: str
    """Name of a text."""
    count: str = ""
    """Name of the pile whose number is shown beside it, declared by a topic in bot/services."""


@dataclass(frozen=True)
class Pane:
    """One thing of the inbox beside its list."""

    template: str
    values: Callable[[Request, Parts, Signed, str], Mapping[str, Any]]
    """For the template, from the number of the thing. Raises NotFound."""


@dataclass(frozen=True)
class Topic:
    routers: tuple[APIRouter, ...]
    places: tuple[Place, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)
    """Where a record is shown, by its kind; "{number}" stands for its number."""
    panes: Mapping[str, Pane] = field(default_factory=dict)
    """What the inbox shows of a thing, by the name of its source."""


HOME = Place(0, "/staff", "home.read", "nav.home")


@cache
def topics() -> dict[str, Topic]:
    """Every topic by the name of its folder in api/console."""
    names = sorted(path.parent.name for path in CONSOLE.glob("*/topic.py"))
    return {name: importlib.import_module(f"api.console.{name}.topic").TOPIC for name in names}


@cache
def menu() -> tuple[Place, ...]:
    """All places, in their order."""
    places = (HOME, *(one for topic in topics().values() for one in topic.places))
    return tuple(sorted(places, key=lambda one: one.order))


def page_of(kind: str, number: str) -> str:
    """The address of the page that shows this record; the queue for what has no page."""
    pages = {kind: path for topic in topics().values() for kind, path in topic.records.items()}
    return pages.get(kind, "/staff/queue").replace("{number}", number)


@cache
def panes() -> dict[str, Pane]:
    """Of all topics, by source."""
    return {source: pane for topic in topics().values() for source, pane in topic.panes.items()}
