"""What becomes of one event on its way to one receiver."""

from enum import StrEnum


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    """Tried to the end: staff send it again, or drop it. Later events of its record wait behind it."""
    DROPPED = "dropped"


HOLDS_ITS_RECORD = (DeliveryState.WAITING, DeliveryState.DEAD)
"""What comes later of the same record waits, so that it never overtakes."""
OVER = (DeliveryState.DELIVERED, DeliveryState.DROPPED)
EVENT_KINDS = ("case", "booking", "proposal")
"""Kinds of record whose events go out."""
EVERY_KIND = "webhook"
"""Of an event that tries the receiver itself."""
