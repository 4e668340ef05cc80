"""The ears of a call: sound from the line in; silence where the line brings none; how long the caller has been loud."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from api.speech_parts import SpeechParts
from api.telephone.line import BYTES_PER_SECOND, LINE_HZ
from api.voice.listener import TELEPHONE, Circumstances, Listener, Microphone, Speaker
from bot.errors import AssistantError, EarsLost
from bot.speech.stt.ears import EarEvent, Final, Partial
from bot.turns import Language

PIECE_BYTES = BYTES_PER_SECOND // 10
QUIET_LINE_SECONDS = 0.25
"""A telephone may send nothing while nobody speaks; after so long we listen to silence instead."""
LOUD = 300
"""Of 32768: a piece above it may be somebody's voice."""
LONGEST_GAP = 3
"""Pieces between two syllables."""


@dataclass(frozen=True)
class CannotHear:
    """No ears are free, or none answer; `say` names the reply that tells so."""

    say: str


@dataclass(frozen=True)
class MissedWords:
    """The ears were lost in mid-sentence and others listen now; `say` names the reply that asks to say it again."""

    say: str


class Listening:
    """One caller. `close` it."""

    def __init__(
        self, speech: SpeechParts, report: Callable[[EarEvent | CannotHear | MissedWords], Awaitable[None]]
    ) -> None:
        self._report = report
        self._rest = bytearray()
        self._we_speak = False
        self._silent_line = 0.0
        self._gap = 0
        self._expected = Circumstances()
        self.speech_seconds = 0.0
        """How long the caller has been loud without a longer pause."""
        self.words = ""
        """What was understood so far of what is being said; empty when that is over."""
        speaker = Speaker(self._circumstances, self._tell, self._fail, lambda: self._we_speak, measure=self._measure)
        self._listener = Listener(speech, TELEPHONE, speaker)
        self._listener.start(Microphone(LINE_HZ, None, hands_free=True))

    async def feed(self, pcm: bytes) -> None:
        """Sound from the line."""
        self._silent_line = 0.0
        await self._take(pcm)

    async def tick(self, seconds: float, *, we_speak: bool) -> None:
        """Time passes; while we speak or think, the caller's silence is not counted."""
        self._we_speak = we_speak
        self._silent_line += seconds
        if self._silent_line >= QUIET_LINE_SECONDS:
            await self._take(b"\0" * (int(seconds * BYTES_PER_SECOND) // 2 * 2))

    def awaiting(self, awaiting: str | None, language: Language) -> None:
        """What was asked next."""
        self._expected = Circumstances(awaiting, language)
        self._listener.asked(self._expected)

    def somebody_is_there(self) -> None:
        """A key was pressed."""
        self._listener.somebody_is_there()

    async def close(self) -> None:
        """Returns when the ears are done."""
        await self._listener.close()

    async def _circumstances(self) -> Circumstances:
        return self._expected

    async def _tell(self, event: EarEvent) -> None:
        if isinstance(event, Final):
            self.speech_seconds = 0.0
        self.words = event.text if isinstance(event, Partial) else ""
        await self._report(event)

    async def _fail(self, error: AssistantError) -> None:
        await self._report(MissedWords(error.say) if isinstance(error, EarsLost) else CannotHear(error.say))

    async def _take(self, pcm: bytes) -> None:
        self._rest += pcm
        while len(self._rest) >= PIECE_BYTES:
            piece = bytes(self._rest[:PIECE_BYTES])
            del self._rest[:PIECE_BYTES]
            await self._listener.feed(piece)

    def _measure(self, piece: bytes) -> None:
        loud = float(np.sqrt(np.mean(np.frombuffer(piece, np.int16).astype(np.float32) ** 2))) > LOUD
        self._gap = 0 if loud else self._gap + 1
        if self._gap > LONGEST_GAP:
            self.speech_seconds = 0.0
        elif loud:
            self.speech_seconds += len(piece) / BYTES_PER_SECOND
