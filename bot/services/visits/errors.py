"""What a visit to one's own matters is refused with, and the reply that a resident gets."""

from bot.errors import Refusal


class WrongOwnCode(Refusal):
    """No code of this phone is like that, or its time is over: both look the same on purpose."""

    code, say, status = "wrong-own-code", "utter_wrong_own_code", 404


class VisitOver(Refusal):
    """Half an hour is over, or the resident has closed it."""

    code, say, status = "visit-over", "utter_visit_over", 401
