"""Why a wish could not be met."""

from enum import StrEnum


class UnmetKind(StrEnum):
    NO_PLACE = "no_place"
    """The service is not offered in the community that was named."""
    FULL = "full"
    NO_SERVICE = "no_service"
    """Nobody offers it anywhere."""
    UNANSWERED = "unanswered"
