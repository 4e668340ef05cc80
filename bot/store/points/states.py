"""The states of a volunteer and of a redemption, and what moves points."""

from enum import StrEnum


class VolunteerState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class RedemptionState(StrEnum):
    RESERVED = "reserved"
    """Paid for and laid aside, to be picked up with its code."""
    COLLECTED = "collected"
    UNDONE = "undone"


class TransferKind(StrEnum):
    HOURS = "hours"
    REDEEMED = "redeemed"
    UNDONE = "undone"
