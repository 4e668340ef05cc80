"""How one value is asked for: plainly, then in other words with an example, then narrower, and what ends it at last.

The same for every question of every form; what differs stands in its declaration (actions/<topic>/questions.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core.choices import offer
from actions.core.turn import Said
from bot.turns import Button, Tile

Draft = Mapping[str, Any]

AS_SAID_FROM = 3
"""So many misses in a row: what was said is taken as it is, where that is possible."""
WAY_OUT = "utter_way_out"
"""Said where it is not: a person, another try, or leave the matter."""
MOST_OFTEN = 2
"""Never a third time the same words while there are others."""


def _nothing(_said: Said, _draft: Draft) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Question:
    """What is declared of a question."""

    wordings: tuple[str, ...]
    """Names of responses: plainly; in other words with an example; narrower, or with choices."""
    blanks: Callable[[Said, Draft], Mapping[str, Any]] = _nothing
    """Values for the {blanks} of all wordings."""
    choices: Callable[[Said, Draft], list[Button]] | None = None
    """What can be chosen, told where a wording has {choices}."""
    either: bool = False
    """Are they told as 甲，还是乙?"""
    tiles: Callable[[Said, Draft], list[Tile]] | None = None
    """What the eye may press in place of saying it, from the first wording on; nothing of it is told."""
    chosen_from: int = 0
    """The first wording, counted from 0, that tells the choices."""
    as_said: Callable[[Said, Draft], dict[str, Any]] | None = None
    """What words that we did not understand come to when they are taken as they are; empty where they are nothing."""
    instead: Callable[[Draft], "Question | None"] = lambda _draft: None
    """Another question that this draft calls for."""


def fitting(question: Question, draft: Draft) -> Question:
    """The question itself, or the one that the draft calls for."""
    return question.instead(draft) or question


def wording_of(question: Question, missed: int, told: Mapping[str, int]) -> str:
    """Which wording is due after so many misses in a row; `told` says how often each was used."""
    due = min(missed, len(question.wordings) - 1)
    order = (*question.wordings[due:], *reversed(question.wordings[:due]))
    return next((name for name in order if told.get(name, 0) < MOST_OFTEN), min(order, key=lambda n: told.get(n, 0)))


def put(question: Question, wording: str, said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> None:
    """Ask in these words, with the choices where they are due."""
    blanks = question.blanks(said, draft)
    due = question.choices is not None and question.wordings.index(wording) >= question.chosen_from
    tiles = question.tiles(said, draft) if question.tiles and said.channel != "phone" else []
    beside = {"tiles": [asdict(one) for one in tiles]} if tiles else {}
    if question.choices is None or not due:
        dispatcher.utter_message(response=wording, **({"json_message": beside} if beside else {}), **blanks)
        return
    choices = question.choices(said, draft)
    offer(dispatcher, wording, choices, said.language, either=question.either, beside=beside, **blanks)
