"""What profiles are refused with, and the reply that a resident gets."""

from bot.errors import Refusal


class TooManyProfiles(Refusal):
    """One phone has as many as a household needs."""

    code, say, status = "too-many-profiles", "utter_too_many_records", 429
