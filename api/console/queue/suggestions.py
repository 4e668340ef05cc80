"""What the assistant would tell the resident, for the person who answers in its place: only a suggestion, sent by a person."""

import time
from functools import lru_cache

from bot.services.handover.takeover import LiveView
from bot.services.knowledge.answers import answer
from bot.services.knowledge.live_knowledge import LiveKnowledge
from bot.store.store import Store

MOST_APPS = 2
"""Databases that one process serves; more than one in tests only."""


@lru_cache(MOST_APPS)
def _knowledge(store: Store) -> LiveKnowledge:
    """By words alone, without the encoder: this process keeps none in its memory. The first time takes some seconds."""
    return LiveKnowledge(store, encoder=None, cache=None, clock=time.monotonic)


def suggest(store: Store, live: LiveView, language: str) -> str:
    """The page that answers what the resident said last; empty where none does for sure."""
    said = next((one.text for one in reversed(live.said) if one.who == "resident"), "")
    if not said:
        return ""
    told = answer(_knowledge(store).current(), said, language, topic=None)
    return told.page.text[language] if told.kind == "answer" and told.page is not None else ""
