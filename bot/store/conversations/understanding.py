"""Which turns were not understood: the one definition, for a row and for a query."""

from sqlalchemy import or_

from bot.store.conversations.tables import Turn

SURE_FROM = 0.25
"""Confidence, 0 to 1, below which Linyu asks back instead of acting: `sure` in bot/nlu/turn_context.py."""
NOTHING_OF_OURS = "out_of_scope"
"""The goal of what is no wish that Linyu knows."""
MISUNDERSTOOD = or_(Turn.goal == NOTHING_OF_OURS, Turn.confidence < SURE_FROM)


def is_misunderstood(goal: str | None, confidence: float | None) -> bool:
    """A turn that nothing had to be understood of, such as a key, has no confidence and is none of them."""
    return goal == NOTHING_OF_OURS or (confidence is not None and confidence < SURE_FROM)
