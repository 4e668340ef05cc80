"""The states of a wish for a person."""

from enum import StrEnum


class HandoverState(StrEnum):
    OPEN = "open"
    """Nobody takes care of it yet."""
    CLAIMED = "claimed"
    DONE = "done"
