"""What each topic declares in its `topic.py`: its forms with their slots, and how its records are found and gone on with."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core.questions import Question
from actions.core.turn import Said
from bot.turns import Button

STOPPED = "stopped"
"""The value of `confirmation` when the resident gave up the draft."""
LEFT = "left"
"""Its value when we could not get on with the draft: it is kept, and a person is asked."""

ACTIONS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Form:
    """One form of the domain."""

    slots: tuple[str, ...]
    """Those that belong to it and are forgotten with it."""
    take: Callable[[Said, dict[str, Any], CollectingDispatcher], dict[str, Any]] | None = None
    """(what was said, the draft so far, where to speak): the slots that a sentence fills before the first question."""
    questions: Mapping[str, Question] = field(default_factory=dict)
    """How each value is asked for, by its slot."""
    given_up: Mapping[str, Any] = field(default_factory=lambda: {"confirmation": STOPPED, "requested_slot": None})
    """What ends the form when a question stays open to the last."""


@dataclass(frozen=True)
class RecordGoal:
    """What a resident can want of a record."""

    go_on: Callable[[list[Any], Said, CollectingDispatcher, Tracker], list[EventType]]
    """(the records meant, what was said, where to speak, tracker)."""
    states: tuple[str, ...] = ()
    """Of the records of this conversation only those in one of these states can be meant; empty is all."""
    or_any: bool = False
    """Where none is in these states, all can be meant after all: the answer tells why not."""
    which: str | None = None
    """Code of the words that name one record by its $number: the goal changes one, and never takes the newest
    unasked. None where it only tells something."""
    only_shows: bool = False
    """An open draft need not be laid aside for it."""
    also_stops: bool = False
    """Its words give up what is open as well: 取消, when the number is asked, may mean the question."""
    without: str | None = None
    """The form that does it as well where no number is known: a matter that came back is filed anew."""
    together: Callable[[Any], str] | None = None
    """Records of one key are one to it: the days of a series."""
    unnamed: Callable[[Said, CollectingDispatcher], None] | None = None
    """Says what there is, before a number is asked for."""


@dataclass(frozen=True)
class Records:
    """How the records of a topic are found and named."""

    of_conversation: Callable[[Any, str], list[Any]]
    """(store, conversation id): those that were made in it, oldest first."""
    find: Callable[..., Any]
    """find(store, number, tail, asker=, now=); raises Refusal."""
    title: Callable[[Any, str], str]
    """(record, language): what tells one from another in a few words."""
    goals: Mapping[str, RecordGoal]
    of_mandate: Callable[[Any, str, datetime], list[Any]] | None = None
    """(store, conversation id, now): those of whoever this conversation acts for."""
    public: Callable[[Any, str], Any | None] | None = None
    """(store, number): a record that everybody may see, for which no digits are asked."""


@dataclass(frozen=True)
class Supplement:
    """What a topic knows beyond a page of the plan: told with the page, or in its place where the plan leaves it open."""

    text: str
    """For eye and ear; the ear's version is made of it."""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A matter that whoever asked about it may want to be done."""

    form: str
    intent: str
    details: dict[str, str]
    title: str
    """Its name inside a sentence."""


@dataclass(frozen=True)
class Topic:
    forms: Mapping[str, Form] = field(default_factory=dict)
    records: Records | None = None
    supplements: Mapping[str, Callable[[Said], Supplement | None]] = field(default_factory=dict)
    """What is told beside a page of the plan, by the id of the page; None where the topic has nothing of its own."""
    answers: Callable[[Said, CollectingDispatcher, bool], list[EventType] | None] | None = None
    """(what was said, where to speak, surely): answers what was asked, where this topic has the answer and it is likely the
    right one (`surely`: likelier right than none); else None."""
    request_person: Callable[[Said, CollectingDispatcher, Tracker], list[EventType]] | None = None
    """Records the wish for a person and says so."""
    offers: Callable[[Said], Offer | None] | None = None
    """What may be done for whoever asked about it, after the answer."""


@cache
def topics() -> dict[str, Topic]:
    """Every topic by the name of its folder in actions."""
    names = sorted(path.parent.name for path in ACTIONS.glob("*/topic.py"))
    return {name: importlib.import_module(f"actions.{name}.topic").TOPIC for name in names}


def form(name: str | None) -> Form:
    """The declaration of a form; an empty one for what no topic declares."""
    return next((topic.forms[name] for topic in topics().values() if name and name in topic.forms), Form(()))


def records_of(goal: str) -> Records:
    """The records that a goal means. Raises KeyError for a goal that means none."""
    for topic in topics().values():
        if topic.records is not None and goal in topic.records.goals:
            return topic.records
    raise KeyError(goal)


def supplement_of(page: str) -> Callable[[Said], Supplement | None] | None:
    """What some topic tells beside this page."""
    return next((topic.supplements[page] for topic in topics().values() if page in topic.supplements), None)


def answered(said: Said, dispatcher: CollectingDispatcher, *, surely: bool = False) -> list[EventType] | None:
    """The answer of the first topic that has one; None when nobody has."""
    told = (topic.answers(said, dispatcher, surely) for topic in topics().values() if topic.answers)
    return next((events for events in told if events is not None), None)


def request_person(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The wish for a person is recorded by the topic that sees to it."""
    ask = next(topic.request_person for topic in topics().values() if topic.request_person)
    return ask(said, dispatcher, tracker)


def record_goals() -> list[str]:
    """Of all topics."""
    return [goal for topic in topics().values() if topic.records for goal in topic.records.goals]
