"""What the application and a voice process tell each other: the Wyoming protocol, with a field and an event of our own.

    application                                       voice process
    synthesize {text, voice: {name}, context: {rate}}
                                                 ->   working …, audio-start, audio-chunk, audio-stop | error {code}
    describe                                     ->   info

`working` comes every second while a text is spoken or waits for that. A client that knows Wyoming alone names a language
instead of a voice, or nothing at all, gives no context, and is told no `working`.
"""

from collections.abc import Iterable

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.tts import Synthesize, SynthesizeVoice

WORKING = "linyu-working"


def request(text: str, voice: str, rate: int) -> Event:
    """`rate` is in words a minute."""
    return Synthesize(text, SynthesizeVoice(name=voice), context={"rate": rate}).event()


def answer(pcm: bytes, rate_hz: int) -> list[Event]:
    """16-bit mono."""
    shape = {"rate": rate_hz, "width": 2, "channels": 1}
    return [AudioStart(**shape).event(), AudioChunk(**shape, audio=pcm).event(), AudioStop().event()]


def sound_of(told: Iterable[Event]) -> tuple[bytes, int]:
    """16-bit mono, and its rate."""
    chunks = [AudioChunk.from_event(event) for event in told if AudioChunk.is_type(event.type)]
    return b"".join(chunk.audio for chunk in chunks), chunks[0].rate if chunks else 0
