"""What proposals are refused with, and the reply that a resident gets."""

from bot.errors import Refusal


class TooManyProposals(Refusal):
    """So many open proposals of one phone, or proposals and supports of one conversation, that no more are taken now."""

    code, say, status = "too-many-proposals", "utter_too_many_proposals", 409


class AlreadySupported(Refusal):
    """This phone stands behind that proposal already."""

    code, say, status = "already-supported", "utter_already_supported", 409
