"""Reads what a short sentence means after one of our own questions. Learnt from examples, not from lists of words."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from bot.language.readers.answer_acts import CONTENT, STARS, UNASKED, may_follow
from bot.language.readers.sentence_model import SentenceModel
from bot.language.text import normalise
from bot.language.whole_numbers import whole_number

SURE_FROM = 0.5
"""Confidence, 0 to 1. Below it nothing is done that the resident would have to undo."""


@dataclass(frozen=True)
class Answer:
    act: str
    """One of `ACTS`."""
    confidence: float
    """0 to 1."""

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE_FROM


NOTHING_ASKED = Answer(CONTENT, 1.0)


class AnswerReader:
    """Shared by all conversations and channels."""

    def __init__(self, model: Callable[[], SentenceModel]) -> None:
        """`model` gives the trained model; it is called once, by `warm_up` or when there is something to read."""
        self._load = model
        self._loaded: SentenceModel | None = None
        self._loading = threading.Lock()

    def warm_up(self) -> None:
        """Load the model, under a second; whoever asks meanwhile waits for it instead of loading it too."""
        self._model()

    def _model(self) -> SentenceModel:
        with self._loading:
            self._loaded = self._loaded or self._load()
            return self._loaded

    def use(self, model: SentenceModel) -> None:
        """Reads with another model from now on."""
        with self._loading:
            self._loaded = model

    def read(self, text: str, asked: str | None) -> Answer:
        """What these words are as an answer; an act that does not belong to the question is not considered."""
        if not text.strip():
            return NOTHING_ASKED
        asked = asked or UNASKED
        score = whole_number(normalise(text)) if asked == "score" else None
        if score is not None:
            return Answer(f"stars_{score}", 1.0) if f"stars_{score}" in STARS else NOTHING_ASKED
        possible = [(act, share) for act, share in self._model().rank(text, asked) if may_follow(act, asked)]
        act, share = possible[0]
        answer = Answer(act, share / (sum(share for _, share in possible) or 1.0))
        return NOTHING_ASKED if asked == UNASKED and (act == CONTENT or not answer.sure) else answer
