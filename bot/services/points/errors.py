"""What points are refused with, and the reply that a resident gets."""

from bot.errors import Refusal


class AlreadyJoined(Refusal):
    """The same person signed up in another conversation; the number is not told here."""

    code, say, status = "already-joined", "utter_volunteer_joined_without_number", 409


class NotEnoughPoints(Refusal):
    """The reward costs more than there is."""

    code, say, status = "not-enough-points", "utter_not_enough_points", 409


class OutOfStock(Refusal):
    """The last piece is gone."""

    code, say, status = "out-of-stock", "utter_out_of_stock", 409


class AlreadyConfirmed(Refusal):
    """The hours of this activity on this day have been counted."""

    code, say, status = "already-confirmed", "utter_sorry", 409
