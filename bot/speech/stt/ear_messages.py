"""What the application and an ear process tell each other: the Wyoming protocol, with fields and events of our own.

    application                                       ear process
    transcribe {language, context: {awaiting, hands_free, whole_file}}
    audio-start {rate, width, channels}          ->   listening | error {code}
    audio-chunk, sound                           ->   partial | transcript | still-there | gave-up …, then taken
    awaiting {awaiting, language}, we-speak {now}
    audio-stop                                   ->   transcript
    describe                                     ->   info

A client that knows Wyoming alone sends a whole utterance and gets its transcript.
"""

from dataclasses import asdict
from typing import Any

from wyoming.event import Event

from bot.speech.interface import HeardWord, Utterance
from bot.speech.stt.ears import EarEvent, Final, GaveUp, Partial, StillThere

LISTENING, TAKEN = "linyu-listening", "linyu-taken"
AWAITING, WE_SPEAK = "linyu-awaiting", "linyu-we-speak"
PARTIAL, STILL_THERE, GAVE_UP = "linyu-partial", "linyu-still-there", "linyu-gave-up"
TRANSCRIPT = "transcript"


def event_out(event: EarEvent) -> Event:
    """What an ear process tells. The sound of an utterance travels with its words."""
    match event:
        case Partial(text=text):
            return Event(PARTIAL, {"text": text})
        case Final():
            return transcript(event)
        case StillThere():
            return Event(STILL_THERE)
        case GaveUp():
            return Event(GAVE_UP)


def transcript(final: Final | None) -> Event:
    """None, for nobody spoke, is told apart from a sound in which nothing was understood."""
    if final is None:
        return Event(TRANSCRIPT, {"text": "", "nobody": True})
    return Event(TRANSCRIPT, asdict(final.utterance), final.audio)


def event_in(event: Event) -> EarEvent | None:
    """The same on the application's side; None for what is no event of the ears."""
    if event.type == PARTIAL:
        return Partial(event.data["text"])
    if event.type == TRANSCRIPT:
        return None if event.data.get("nobody") else Final(_utterance(event.data), event.payload or b"")
    if event.type == STILL_THERE:
        return StillThere()
    if event.type == GAVE_UP:
        return GaveUp()
    return None


def _utterance(data: dict[str, Any]) -> Utterance:
    words = tuple(HeardWord(**word) for word in data["words"])
    return Utterance(**{**data, "words": words, "alternatives": tuple(data["alternatives"])})
