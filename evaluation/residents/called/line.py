"""One conversation as a real call: words spoken by a voice that is not ours over a line with its noise, turns from the database."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.language.times import HERE
from bot.services.conversations import conversations
from bot.speech.audio.resample import resample
from bot.speech.audio.wav import write_wav
from bot.speech.interface import EARS_HZ
from bot.store.conversations import call_queries
from bot.store.store import Store
from bot.turns import Language, Turn
from evaluation.hearing.callers import Callers
from evaluation.hearing.sound import heard_as
from evaluation.residents.talk import NoAnswer, Over
from evaluation.telephone.softphone import Softphone

LINE_HZ = 8000
CONDITIONS = ("telephone", "babble 20 dB", "babble 10 dB")
"""The line is µ-law in any case; two of three callers have people talking around them."""
ENGLISH_KEY = "2"
LISTENING_SECONDS = 8.0
"""How long they listen to one reply at most; then they speak into it, as people do who know what will come."""
ANSWER_SECONDS = 25.0
"""How long they wait for an answer before they say it again."""
TRIES = 3
"""How often they say the same before they give up; slower from the second time on."""


class TimeIsUp(Exception):
    """Nothing more is measured: this call is not judged."""


@dataclass
class Line:
    """Where callers reach a running Linyu. `others` talk in the background: 16 kHz PCM each."""

    address: str
    store: Store
    folder: Path
    callers: Callers
    others: Sequence[bytes]
    give_up: float
    """On time.monotonic(): by then every call is over."""


class CalledTalk:
    """A call by the owner of `phone`; the language is chosen by key, as the greeting offers it."""

    def __init__(self, line: Line, phone: str, language: Language, condition: str, *, caller: int) -> None:
        """`caller`: chooses the voice and the noise."""
        self._line, self._language, self._condition = line, language, condition
        self._caller = caller
        self._chance = random.Random(self._caller)
        self._phone = Softphone(phone, line.folder)
        self._since = datetime.now(HERE)
        self._call = self.id = ""

    def __enter__(self) -> Self:
        try:
            self._phone.call(self._line.address)
            if not self._wait(self._began, ANSWER_SECONDS):
                raise NoAnswer("nobody took the call")
            if self._language == "en":
                self._phone.hear_speech(1.0)
                self._phone.press(ENGLISH_KEY)
                time.sleep(1)
            self._hear_out()
        except BaseException:
            self._phone.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not self._phone.ended:
                self._phone.hang_up()
        finally:
            self._phone.close()

    def say(self, text: str) -> Turn:
        """The last of the turns that it made, when its answer has been heard. Raises Over, NoAnswer, TimeIsUp."""
        before = len(self._turns())
        for again in range(TRIES):
            if self._phone.ended:
                raise Over
            sound = self._spoken(text, slowly=again > 0)
            self._phone.play(sound)
            time.sleep(sound.stat().st_size / 2 / LINE_HZ)
            if self._wait(lambda: len(self._turns()) > before or self._phone.ended, ANSWER_SECONDS):
                self._hear_out()
                break
        turns = self._turns()
        if len(turns) > before:
            return turns[-1]
        if self._phone.ended:
            raise Over
        raise NoAnswer("nothing that was said was answered")

    def _spoken(self, text: str, *, slowly: bool) -> Path:
        _, pcm = self._line.callers.say(text, self._language, self._caller, slowly=slowly)
        heard = heard_as(pcm, self._condition, self._line.others, self._chance)
        path = self._line.folder / f"said-{self._caller}-{time.time_ns()}.wav"
        path.write_bytes(write_wav(resample(heard, EARS_HZ, LINE_HZ), LINE_HZ))
        return path

    def _hear_out(self) -> None:
        """Until everything has been said, or the call is over."""
        self._wait(lambda: self._phone.ended or self._events()[-1:] == ["heard"], LISTENING_SECONDS)
        time.sleep(0.5)

    def _turns(self) -> list[Turn]:
        return [turn for words, turn in conversations.history(self._line.store, self.id) if words]

    def _events(self) -> list[str]:
        with self._line.store.reading() as unit:
            return [event.kind for event in call_queries.events(unit, self._call)]

    def _began(self) -> bool:
        """Is it written down? Then it has a name and a conversation."""
        with self._line.store.reading() as unit:
            call = call_queries.last_call_of_phone(unit, self._phone.number, self._since)
            if call is not None:
                self._call, self.id = call.id, call.conversation_id
        return call is not None

    def _wait(self, holds: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > self._line.give_up:
                raise TimeIsUp
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True
