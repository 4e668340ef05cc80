"""Every failure we expect: a stable code and the reply a resident gets.

`say` names a response in domain.yml; channels load those words there, so they can be said while Rasa is down.
"""


class AssistantError(Exception):
    """Base of all expected failures. The message never holds a resident's words, name, number or address."""

    code = "unexpected"
    """For logs, metrics and tests; never changes."""
    say = "utter_sorry"
    """The response a resident gets."""
    status = 500
    """HTTP status, where the failure reaches an HTTP caller."""


class DialogueUnavailable(AssistantError):
    """Rasa or its action server does not answer just now."""

    code, say, status = "dialogue-unavailable", "utter_please_wait", 503


class StoreUnavailable(AssistantError):
    """The database does not answer just now; nothing was written."""

    code, say, status = "store-unavailable", "utter_please_wait", 503


class NotFound(AssistantError):
    """No such record, or not one that the asker may see: both look the same on purpose."""

    code, say, status = "not-found", "utter_record_not_found", 404


class Locked(AssistantError):
    """Too many wrong tries; the record stays closed for an hour."""

    code, say, status = "locked", "utter_record_locked", 423


class FullyBooked(AssistantError):
    """No seat is left in the chosen time."""

    code, say, status = "fully-booked", "utter_fully_booked", 409


class NotBookable(AssistantError):
    """The offering is not open at that time, or the notice or cancellation rule forbids it."""

    code, say, status = "not-bookable", "utter_not_bookable", 409


class WrongState(AssistantError):
    """The record is in a state in which this cannot be done, such as reopening an open case."""

    code, say, status = "wrong-state", "utter_wrong_state", 409


class BadPhoto(AssistantError):
    """The upload is not a JPEG, PNG or WebP picture, or it is too large."""

    code, say, status = "bad-photo", "utter_bad_photo", 422
