"""What mandates are refused with, and the reply that a resident gets."""

from bot.errors import Refusal


class WrongCode(Refusal):
    """No code of this phone is like that, or its time is over: both look the same on purpose."""

    code, say, status = "wrong-code", "utter_wrong_code", 404


class TooManyMandates(Refusal):
    """So many were given here, or asked of one phone, that no more are taken now."""

    code, say, status = "too-many-mandates", "utter_too_many_mandates", 429
