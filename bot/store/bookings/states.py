"""The states of a booking, and which of them are alive."""

from enum import StrEnum


class BookingState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    """On the waiting list."""
    OFFERED = "offered"
    """A seat came free and is held for it."""
    CANCELLED = "cancelled"
    DONE = "done"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


LIVE = (BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED)
"""It can be cancelled."""
HOLDS_SEAT = (BookingState.CONFIRMED, BookingState.OFFERED)
HELD_SEAT = (*HOLDS_SEAT, BookingState.DONE, BookingState.NO_SHOW)
"""Its seat was kept for it to the end."""
