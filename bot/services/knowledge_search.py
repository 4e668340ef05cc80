"""Which page's example questions are nearest to a question: counted characters, and vectors when there are some."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.encoder import SentenceEncoder

Array = npt.NDArray[np.float32]
VECTOR_SHARE = 0.6
NOT_WORDS = re.compile(r"[^\w\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Hit:
    page: str
    score: float
    """0 to about 1; above 0.6 the page nearly always answers."""


class Index:
    """Search over (page id, its example questions)."""

    def __init__(
        self, entries: Sequence[tuple[str, Sequence[str]]], sentence_encoder: SentenceEncoder | None
    ) -> None:
        self.owner = [page for page, questions in entries for _ in questions]
        questions = [question for _, asked in entries for question in asked]
        counted = [_grams(question) for question in questions]
        documents = Counter(gram for grams in counted for gram in grams)
        self.column = {gram: at for at, gram in enumerate(documents)}
        self.weight = np.array(
            [1 + math.log(len(questions) / count) for count in documents.values()], dtype=np.float32
        )
        self.rows = np.stack([self._row(grams) for grams in counted])
        self.encoder = sentence_encoder
        self.vectors = sentence_encoder.encode([q.lower() for q in questions]) if sentence_encoder else None

    def search(self, question: str) -> list[Hit]:
        """Every page with its best score, best first."""
        scores = self.rows @ self._row(_grams(question))
        if self.encoder is not None and self.vectors is not None:
            near = self.vectors @ self.encoder.encode([question.lower()])[0]
            scores = (1 - VECTOR_SHARE) * scores + VECTOR_SHARE * _spread(near)
        best: dict[str, float] = {}
        for page, score in zip(self.owner, scores, strict=True):
            best[page] = max(best.get(page, 0.0), float(score))
        return sorted((Hit(page, score) for page, score in best.items()), key=lambda hit: -hit.score)

    def _row(self, grams: Counter[str]) -> Array:
        row = np.zeros(len(self.column), dtype=np.float32)
        for gram, count in grams.items():
            at = self.column.get(gram)
            if at is not None:
                row[at] = (1 + math.log(count)) * self.weight[at]
        length = float(np.linalg.norm(row))
        return row / length if length else row


def _spread(near: Array) -> Any:
    """Vectors of any two sentences are alike by about 0.5; stretch what is above that over 0 to 1."""
    return np.clip((near - 0.5) / 0.5, 0.0, 1.0)


def _grams(text: str) -> Counter[str]:
    """Character pairs and single characters of Chinese, words and word pairs of Latin script."""
    found: Counter[str] = Counter()
    for run in NOT_WORDS.split(text.lower()):
        han = re.findall(r"[\u4e00-\u9fff]", run)
        found.update(han)
        found.update(a + b for a, b in zip(han, han[1:], strict=False))
    words = re.findall(r"[a-z]+|\d+", text.lower())
    found.update(f"w:{word}" for word in words)
    found.update(f"w:{a} {b}" for a, b in zip(words, words[1:], strict=False))
    return found
