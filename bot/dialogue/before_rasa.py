"""Steps that must not be skipped: each may answer the turn before Rasa hears of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.domain_words import DomainWords
from bot.language.emergency import danger_in
from bot.turns import Reply


@dataclass(frozen=True)
class Early:
    """An answer given without Rasa."""

    goal: str
    reply: Reply


def stop_if_emergency(text: str, language: str, words: DomainWords) -> Early | None:
    """Works while Rasa is down, and inside every form; the form stays as it is."""
    danger = danger_in(text)
    return Early("emergency", words.reply(f"utter_emergency_{danger}", language)) if danger else None


Step = Callable[[str, str, DomainWords], Early | None]
BEFORE_RASA: tuple[Step, ...] = (stop_if_emergency,)
"""In this order; the first that answers ends the turn."""
