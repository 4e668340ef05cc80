"""Every failure we expect: a stable code and the reply a resident gets.

`say` names a response of the domain; channels load those words there, so they can be said while Rasa is down.
"""


class AssistantError(Exception):
    """Base of all expected failures. The message never holds a resident's words, name, number or address."""

    code = "unexpected"
    """For logs, metrics and tests; never changes."""
    say = "utter_sorry"
    """The response a resident gets."""
    status = 500
    """HTTP status, where the failure reaches an HTTP caller."""


class Refusal(AssistantError):
    """What was asked for cannot be had, and asking again changes nothing: whoever asked is told why."""


class Outage(AssistantError):
    """A part does not answer just now and nothing was written: the same again, a little later, may well succeed.

    Actions let it pass, so that the channel undoes the turn and the dialogue sends it again.
    """

    status = 503


class DialogueUnavailable(Outage):
    """Rasa or its action server does not answer just now."""

    code, say, status = "dialogue-unavailable", "utter_please_wait", 503


class StoreUnavailable(Outage):
    """The database does not answer just now; nothing was written."""

    code, say, status = "store-unavailable", "utter_please_wait", 503


class NotFound(Refusal):
    """No such record, or not one that the asker may see: both look the same on purpose."""

    code, say, status = "not-found", "utter_record_not_found", 404


class Locked(Refusal):
    """Too many wrong tries; the record stays closed for an hour."""

    code, say, status = "locked", "utter_record_locked", 423


class FullyBooked(Refusal):
    """No seat is left in the chosen time."""

    code, say, status = "fully-booked", "utter_fully_booked", 409


class TooManyBookings(Refusal):
    """One phone holds as many seats of a time, or as many bookings, as one household needs."""

    code, say, status = "too-many-bookings", "utter_too_many_bookings", 409


class TooManyCases(Refusal):
    """One phone, or one conversation, has as many open cases as staff can be asked to work on for it."""

    code, say, status = "too-many-cases", "utter_too_many_cases", 409


class TooManyRecords(Refusal):
    """More was booked and filed from one client address within an hour than people there could need."""

    code, say, status = "too-many-records", "utter_too_many_records", 429


class NotBookable(Refusal):
    """The offering is not open at that time, or the notice or cancellation rule forbids it."""

    code, say, status = "not-bookable", "utter_not_bookable", 409


class WrongState(Refusal):
    """The record is in a state in which this cannot be done, such as reopening an open case."""

    code, say, status = "wrong-state", "utter_wrong_state", 409


class MandateRefusal(Refusal):
    """Base of why something is not done for somebody else."""

    code, say, status = "mandate", "utter_mandate_over", 409


class MandateOver(MandateRefusal):
    """The mandate was ended, or its last day is over."""

    code = "mandate-over"


class MandateTooNarrow(MandateRefusal):
    """The mandate is for other things."""

    code, say = "mandate-too-narrow", "utter_mandate_too_narrow"


class BadPhoto(Refusal):
    """The upload is not a JPEG, PNG or WebP picture, or it is too large."""

    code, say, status = "bad-photo", "utter_bad_photo", 422


class SpeechError(Refusal):
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


class EarsLost(SpeechError):
    """Whoever listened is gone in mid-sentence; others will listen when it is said again."""

    code, say, status = "ears-lost", "utter_did_not_hear", 503


class VoiceFailed(SpeechError):
    """No voice could speak; the words are there to read."""

    code, say, status = "voice-failed", "utter_voice_failed", 503


class Forbidden(Refusal):
    """The person is signed in, but their role may not do this."""

    code, say, status = "forbidden", "utter_sorry", 403


class SignInFailed(Refusal):
    """Login, password or code is wrong, or there is no such account: all look the same on purpose."""

    code, say, status = "sign-in-failed", "utter_sorry", 401


class SignInLocked(Refusal):
    """Too many wrong tries with this login, whether it exists or not."""

    code, say, status = "sign-in-locked", "utter_slow_down", 423

    def __init__(self, seconds: int) -> None:
        super().__init__(self.code)
        self.seconds = seconds


class WeakPassword(Refusal):
    """Too short, too long, or among those that are guessed first."""

    code, say, status = "weak-password", "utter_sorry", 422


class LinkExpired(Refusal):
    """The one-time link was used, is too old, or never was one."""

    code, say, status = "link-expired", "utter_sorry", 410


class NotUnique(Refusal):
    """There is one with this name already."""

    code, say, status = "not-unique", "utter_sorry", 409


class ReasonMissing(Refusal):
    """Personal data is shown only to whoever says why."""

    code, say, status = "reason-missing", "utter_sorry", 422


class BadInput(Refusal):
    """A field of a form is empty, too long, or of a kind that cannot be; `field` names it."""

    code, say, status = "bad-input", "utter_sorry", 422

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AlreadyMeasured(Refusal):
    """The sentence is one of the fixed cases that measure the assistant, so it is never learnt."""

    code, say, status = "already-measured", "utter_sorry", 409


class SamePerson(Refusal):
    """Whoever wrote it cannot review it."""

    code, say, status = "same-person", "utter_sorry", 409


class TelephoneUnavailable(Outage):
    """Asterisk does not answer just now."""

    code, say, status = "telephone-unavailable", "utter_phone_trouble", 503
