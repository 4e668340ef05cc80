"""The ears of a call: sound from the line in, off the event loop and in order; silence where the line brings none."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from api.speech_parts import SpeechParts
from api.telephone.line import BYTES_PER_SECOND, LINE_HZ
from bot.errors import SpeechError
from bot.speech.ears import EarEvent, EarSession, Final
from bot.turns import Language

PIECE_BYTES = BYTES_PER_SECOND // 10
QUIET_LINE_SECONDS = 0.25
"""A telephone may send nothing while nobody speaks; after so long we listen to silence instead."""
MOST_WAITING = 100
"""Pieces; when the machine cannot keep up for ten seconds, the oldest sound is dropped."""
LOUD = 300
"""Of 32768: a piece above it may be somebody's voice."""
LONGEST_GAP = 3
"""Pieces between two syllables."""


@dataclass(frozen=True)
class CannotHear:
    """No ears are free, or they failed; `say` names the reply that tells so."""

    say: str


class Listening:
    """One caller."""

    def __init__(self, speech: SpeechParts, report: Callable[[EarEvent | CannotHear], Awaitable[None]]) -> None:
        self._speech, self._report = speech, report
        self._pieces: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING)
        self._rest = bytearray()
        self._session: EarSession | None = None
        self._expected: tuple[str | None, Language] | None = None
        self._we_speak: bool | None = None
        self._told_we_speak = False
        self._there = False
        self._silent_line = 0.0
        self._gap = 0
        self.speech_seconds = 0.0
        """How long the caller has been loud without a longer pause."""

    def feed(self, pcm: bytes) -> None:
        """Sound from the line."""
        self._silent_line = 0.0
        self._take(pcm)

    def tick(self, seconds: float, *, we_speak: bool) -> None:
        """Time passes; while we speak or think, the caller's silence is not counted."""
        self._we_speak = we_speak
        self._silent_line += seconds
        if self._silent_line >= QUIET_LINE_SECONDS:
            self._take(b"\0" * (int(seconds * BYTES_PER_SECOND) // 2 * 2))

    def awaiting(self, awaiting: str | None, language: Language) -> None:
        """What was asked next."""
        self._expected = (awaiting, language)

    def somebody_is_there(self) -> None:
        """A key was pressed."""
        self._there = True

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            piece = await self._pieces.get()
            self._measure(piece)
            try:
                for event in await self._speech.in_ears(self._accept, piece):
                    if isinstance(event, Final):
                        self.speech_seconds = 0.0
                    await self._report(event)
            except SpeechError as error:
                await self._report(CannotHear(error.say))
                await asyncio.Event().wait()  # the talk goes on without ears, to a person

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await self._speech.in_ears(session.close)

    def _take(self, pcm: bytes) -> None:
        self._rest += pcm
        while len(self._rest) >= PIECE_BYTES:
            if self._pieces.full():
                self._pieces.get_nowait()
            self._pieces.put_nowait(bytes(self._rest[:PIECE_BYTES]))
            del self._rest[:PIECE_BYTES]

    def _accept(self, piece: bytes) -> list[EarEvent]:
        if self._session is None:
            awaiting, language = self._expected or (None, "zh")
            self._expected = None
            self._session = self._speech.ears().listen(LINE_HZ, language, awaiting, hands_free=True)
        if self._expected is not None:
            self._session.awaiting(*self._expected)
            self._expected = None
        if self._we_speak is not None and (self._we_speak != self._told_we_speak or self._there):
            self._told_we_speak, self._there = self._we_speak, False
            self._session.we_speak(self._we_speak)
        return self._session.accept(piece)

    def _measure(self, piece: bytes) -> None:
        loud = float(np.sqrt(np.mean(np.frombuffer(piece, np.int16).astype(np.float32) ** 2))) > LOUD
        self._gap = 0 if loud else self._gap + 1
        if self._gap > LONGEST_GAP:
            self.speech_seconds = 0.0
        elif loud:
            self.speech_seconds += len(piece) / BYTES_PER_SECOND
