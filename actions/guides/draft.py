"""Which guide, which case, which step: the slots of a guide, and what a sentence changes of them."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.core.turn import Said
from bot import wiring
from bot.services.guides.guides import Guide

SLOTS = ("guide", "guide_case", "question", "step", "at_step")
DONE = "done"
"""The value of `question` when the case is known, and of `step` when the last one was told."""

Draft = dict[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Draft:
    """A guide from its beginning: the one that the words name, or none yet."""
    found = wiring.guides().find(said.text, said.language)
    return {**dict.fromkeys(SLOTS), "guide": found.id if found else None, "guide_case": {}, "at_step": 0}


def of(tracker: Tracker) -> Draft:
    return {name: tracker.get_slot(name) for name in SLOTS}


def guide_of(draft: Mapping[str, Any]) -> Guide | None:
    """The guide of the draft; None before one is chosen."""
    return wiring.guides().guides.get(draft.get("guide") or "")
