"""Ears and voice as the rest of Linyu sees them: nouns and two small protocols; each engine has its own file.

Audio inside is 16-bit little-endian mono PCM. Ears work at 16 kHz; a voice's own rate is told with its audio.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.turns import Language

EARS_HZ = 16000
"""What the recogniser and the voice activity detector listen at."""
Gender = Literal["female", "male"]


@dataclass(frozen=True)
class HeardWord:
    text: str
    confidence: float
    """0 to 1."""
    start: float
    """Seconds from the beginning of the utterance."""
    end: float


@dataclass(frozen=True)
class Utterance:
    """What one speaker said between two pauses."""

    text: str = ""
    """Without punctuation; Chinese without spaces. Empty when nothing was understood."""
    confidence: float = 0.0
    """0 to 1: the mean of the words', weighted by length."""
    words: tuple[HeardWord, ...] = ()
    alternatives: tuple[str, ...] = ()
    """Other readings of the same sound, likeliest first; `text` is not among them."""
    speech_seconds: float = 0.0
    """How long somebody really spoke."""
    other_text: str = ""
    """What the other language's recogniser makes of the same sound; it is asked only where this one is unsure."""
    other_confidence: float = 0.0
    """0 to 1."""


class Listening(Protocol):
    """One utterance of one speaker; all its state. Blocking: call it off the event loop, from one thread at a time."""

    def accept(self, audio: bytes) -> str:
        """Take the next piece, 16 kHz. Returns the words so far, which may still change."""

    def finish(self) -> Utterance:
        """The end of the utterance. The object can then listen to the next one."""

    def expect(self, language: Language, awaiting: str | None) -> None:
        """Between two utterances: the language of the next one, and what was asked before it."""

    def close(self) -> None:
        """Give the session back. Nothing else may be called afterwards."""


class Recogniser(Protocol):
    """Loaded models, shared by all speakers."""

    def start(self, language: Language, awaiting: str | None = None) -> Listening:
        """Listen to one speaker. `awaiting` names what was asked, such as "date", and helps to hear the answer.

        Raises EarsBusy when as many speakers are being heard as this machine can hear.
        """


@dataclass(frozen=True)
class Manner:
    """How to speak."""

    language: Language = "zh"
    gender: Gender = "female"
    rate: float = 1.0
    """1 is the voice's own speed; 0.5 to 1.5. Slower keeps the pitch."""
    volume: float = 1.0
    """1 is the voice's own loudness; 0.25 to 2. Never clipped."""
    weighty: bool = False
    """A read-back, which is agreed to: being understood matters more than being quick."""


@dataclass(frozen=True)
class SpokenPhrase:
    """A piece of a reply, spoken."""

    text: str
    """The words of this piece; the pieces of a reply joined are the reply."""
    audio: bytes
    """PCM at the rate that was asked for."""
    natural: bool = True
    """False when the small fallback voice spoke."""


class Voice(Protocol):
    """Shared by all conversations."""

    def speak(self, text: str, manner: Manner, rate_hz: int) -> AsyncIterator[SpokenPhrase]:
        """The text, already fit for the ear, piece by piece, each as soon as it is rendered.

        `rate_hz` is 8000, 16000, 22050 or 24000. Leaving the iteration early cancels what is not rendered yet.
        Raises VoiceFailed when neither voice can speak.
        """

    def degraded(self) -> bool:
        """True when the natural voice is missing or does not answer and the small one speaks instead."""

    async def ready(self) -> bool:
        """True when some voice can speak."""

    async def ready_for_calls(self) -> bool:
        """True when what is said in every call is rendered, so that a call begins at once and in the natural voice."""

    async def start(self) -> None:
        """Load what is needed, some seconds; speaking works before too, only later."""

    async def close(self) -> None:
        """End the voice's own processes."""
