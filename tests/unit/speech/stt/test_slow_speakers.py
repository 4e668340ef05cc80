"""Whoever is cut in two by our patience is not cut a second time. Scripted detector and recogniser; the rest is real."""

from typing import Any

import numpy as np
import pytest

from bot.speech.interface import Utterance
from bot.speech.stt.ears import Final, SttSession
from bot.speech.stt.turn_end import WaitingTimes
from bot.speech.stt.voice_activity import WINDOW, WINDOW_SECONDS

pytestmark = pytest.mark.unit


class EverythingLoudIsSpeech:
    def begin_anew(self) -> None:
        """Nothing is kept."""

    def probability(self, window: Any) -> float:
        return float(np.abs(window).max() > 1000)


class OneWord:
    """Understands the same word in every sound."""

    def start(self, language: str, awaiting: str | None = None) -> "OneWord":
        return self

    def accept(self, audio: bytes) -> str:
        return "订饭"

    def finish(self) -> Utterance:
        return Utterance("订饭", 0.9)

    def expect(self, language: str, awaiting: str | None) -> None:
        """All the same."""

    def close(self) -> None:
        """Nothing to give back."""


def sound(seconds: float, *, loud: bool) -> bytes:
    return np.full(round(seconds / WINDOW_SECONDS) * WINDOW, 8000 if loud else 0, np.int16).tobytes()


def turns(session: SttSession, *pieces: tuple[float, bool]) -> int:
    """How many turns are over after seconds of speech and of silence."""
    events = [event for seconds, loud in pieces for event in session.accept(sound(seconds, loud=loud))]
    return sum(isinstance(event, Final) for event in events)


def listening() -> SttSession:
    parts: Any = (OneWord(), EverythingLoudIsSpeech())
    return SttSession(*parts, 16000, "zh", None, WaitingTimes())


def test_a_sentence_with_a_pause_is_two_turns_at_first_and_one_afterwards() -> None:
    session = listening()
    with_a_pause = ((1.0, True), (1.3, False), (1.0, True), (2.2, False))
    assert turns(session, *with_a_pause) == 2
    assert turns(session, *with_a_pause) == 1


def test_who_answers_after_our_question_has_not_paused() -> None:
    session = listening()
    assert turns(session, (1.0, True), (3.0, False), (1.0, True), (1.1, False)) == 2
