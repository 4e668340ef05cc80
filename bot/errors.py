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


class SpeechError(AssistantError):
    """Base of what can go wrong with sound; whoever could not be heard can always type, or ask for a person."""

    code, say, status = "speech-failed", "utter_please_type", 503


class UnknownAudio(SpeechError):
    """The upload is no sound file of a kind that we read."""

    code, say, status = "unknown-audio", "utter_unknown_audio", 415


class BadAudio(SpeechError):
    """The sound file is broken, empty, or its rate is outside 8 to 48 kHz."""

    code, say, status = "bad-audio", "utter_bad_audio", 422


class AudioTooLong(SpeechError):
    """More than 60 seconds."""

    code, say, status = "audio-too-long", "utter_audio_too_long", 413


class EarsBusy(SpeechError):
    """As many people are being heard as this machine can hear."""

    code, say, status = "ears-busy", "utter_ears_busy", 503


class VoiceFailed(SpeechError):
    """No voice could speak; the words are there to read."""

    code, say, status = "voice-failed", "utter_voice_failed", 503


class TelephoneUnavailable(AssistantError):
    """Asterisk does not answer just now."""

    code, say, status = "telephone-unavailable", "utter_phone_trouble", 503
