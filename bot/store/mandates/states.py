"""States of a mandate."""

from enum import StrEnum


class MandateState(StrEnum):
    OFFERED = "offered"
    """The parent has a code that nobody has used yet."""
    ASKED = "asked"
    """Somebody wants to act; the parent has not been reached yet."""
    ACTIVE = "active"
    ENDED = "ended"
    """By the one it acts for, by staff, by an erasure, or because another code took its place."""
    REFUSED = "refused"


class Powers(StrEnum):
    """What may be done under it. The first is what is meant by 都可以."""

    ALL = "all"
    BOOKINGS = "bookings"
    CASES = "cases"


WAITING = (MandateState.OFFERED, MandateState.ASKED)
LIVE = (*WAITING, MandateState.ACTIVE)
