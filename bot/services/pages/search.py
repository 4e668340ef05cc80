"""Which pages are nearest to a question: shared words, shared sounds, and vectors when there are some.

A page is seen through its example questions, its title and its text. Each way of looking gives every page a
number from 0 to 1; the weighted sum of these numbers is the page's score.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.language.zh import sounds, synonyms

Array = npt.NDArray[np.float32]
NEAREST = 3
"""So many of a page's example questions are looked at together."""
ALIKE_ANYWAY = 0.5
"""Vectors of any two sentences are alike by about this much."""

WEIGHTS: dict[str, dict[str, float]] = {
    "words": {"questions": 0.17, "sounds": 0.14, "title": 0.12, "text": 0.23, "page": 0.34},
    "vectors": {
        "questions": 0.04,
        "sounds": 0.05,
        "title": 0.04,
        "text": 0.17,
        "page": 0.21,
        "nearest_meaning": 0.18,
        "meaning": 0.19,
        "title_meaning": 0.12,
    },
}
"""How much each way of looking counts, without and with vectors; from leaving example questions out in turn."""


UNSAID_SCALE = 10.0
"""Brings the weight of unsaid words near to 1, as all other evidence is."""


@dataclass(frozen=True)
class Hit:
    page: str
    score: float
    """0 to 1."""


@dataclass(frozen=True)
class Entry:
    """What is searched of one page, in one language."""

    page: str
    title: str
    text: str
    questions: tuple[str, ...]


class Index:
    """Search over the pages in one language."""

    def __init__(self, entries: Sequence[Entry], language: str) -> None:
        self.language = language
        self.pages = [entry.page for entry in entries]
        questions = [self._plain(question) for entry in entries for question in entry.questions]
        asked = [self._grams(question) for question in questions]
        self._questions = _Cosines(asked)
        self._titles = _Cosines([self._grams(self._plain(entry.title)) for entry in entries])
        self._sounds = _Cosines([_sound_grams(question) for question in questions] if language == "zh" else [])
        told = [set(self._grams(self._plain(f"{entry.title} {entry.text}"))) for entry in entries]
        self._rows_of_page = _rows_of_page([len(entry.questions) for entry in entries])
        whole = [
            told[at].union(*(asked[row] for row in rows if row < len(asked)))
            for at, rows in enumerate(self._rows_of_page)
        ]
        self._text, self._page = _Coverage(told, whole), _Coverage(whole, whole)

    def search(self, question: str, meaning: "Meaning | None" = None) -> list[Hit]:
        """Every page with its score, best first. `meaning`: how near the question's vector is to the pages'."""
        scores = self.evidence(question, meaning).scores
        return [Hit(self.pages[at], float(scores[at])) for at in np.argsort(-scores, kind="stable")]

    def evidence(self, question: str, meaning: "Meaning | None" = None) -> "Evidence":
        """The score of every page and what it rests on."""
        looks = self.looks(question)
        if meaning:
            nearest = self.best_questions(_stretched(meaning.questions))
            looks["nearest_meaning"], looks["meaning"] = nearest[:, 0], nearest.mean(axis=1)
            looks["title_meaning"] = _stretched(meaning.titles)
        weights = WEIGHTS["vectors" if meaning else "words"]
        scores: Array = np.sum([weights[name] * look for name, look in looks.items() if name in weights], axis=0)
        grams = self._grams(self._plain(question))
        single = [gram for gram in grams if _is_single(gram)]
        more = [self._page.unsaid(single) / UNSAID_SCALE, np.full(len(scores), math.log1p(len(grams)))]
        return Evidence(scores, np.stack([*(looks[name] for name in sorted(looks)), *more], axis=1))

    def looks(self, question: str) -> dict[str, Array]:
        """Each way of looking that needs no vectors: one number for each page."""
        question = self._plain(question)
        grams = self._grams(question)
        looks = {
            "questions": self.best_questions(self._questions.to(grams)).mean(axis=1),
            "title": self._titles.to(grams),
            "text": self._text.of(grams),
            "page": self._page.of(grams),
        }
        if self.language == "zh":
            looks["sounds"] = self.best_questions(self._sounds.to(_sound_grams(question))).mean(axis=1)
        else:
            looks["sounds"] = looks["questions"]
        return looks

    def best_questions(self, scores: Array) -> Array:
        """For each page the scores of its nearest questions, the highest first."""
        padded = np.append(scores, np.float32(0.0))
        best: Array = -np.sort(-padded[self._rows_of_page], axis=1)[:, :NEAREST]
        return best

    def _plain(self, text: str) -> str:
        return synonyms.plain(text) if self.language == "zh" else text

    def _grams(self, text: str) -> Counter[str]:
        return _chinese_grams(text) if self.language == "zh" else _english_grams(text)


@dataclass(frozen=True)
class Evidence:
    """What speaks for each page."""

    scores: Array
    looks: Array
    """One row a page: the ways of looking by name, the weight of words that the page never says, the length asked."""
    nearness: Array | None = None
    """One row a page, where the meaning of questions is known: see nearness.py."""

    @property
    def best(self) -> int:
        return int(np.argmax(self.scores))

    def of(self, page: int) -> npt.NDArray[np.float64]:
        """The numbers of one page, its score, and how far it is before all others."""
        others = np.delete(self.scores, page)
        lead = self.scores[page] - (others.max() if len(others) else 0)
        near = [] if self.nearness is None else self.nearness[page]
        return np.concatenate([self.looks[page], near, [self.scores[page], lead]]).astype(np.float64)


@dataclass(frozen=True)
class Meaning:
    """Dot products of a question's vector with those of all example questions and all titles."""

    questions: Array
    titles: Array


class _Cosines:
    """How alike counted texts are; rare grams count more."""

    def __init__(self, texts: Sequence[Mapping[str, int]]) -> None:
        self.size = len(texts)
        documents = Counter(gram for text in texts for gram in text)
        self.weight = {gram: math.log(1 + self.size / count) for gram, count in documents.items()}
        found: dict[str, tuple[list[int], list[float]]] = {gram: ([], []) for gram in documents}
        for row, text in enumerate(texts):
            for gram, value in self._unit(text).items():
                found[gram][0].append(row)
                found[gram][1].append(value)
        self.postings = {
            gram: (np.array(rows), np.array(values, dtype=np.float32)) for gram, (rows, values) in found.items()
        }

    def to(self, text: Mapping[str, int]) -> Array:
        """0 to 1 for each of the texts."""
        scores = np.zeros(self.size, dtype=np.float32)
        for gram, value in self._unit(text).items():
            rows, values = self.postings[gram]
            scores[rows] += np.float32(value) * values
        return scores

    def _unit(self, text: Mapping[str, int]) -> dict[str, float]:
        raw = {gram: (1 + math.log(count)) * self.weight[gram] for gram, count in text.items() if gram in self.weight}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {gram: value / length for gram, value in raw.items()}


class _Coverage:
    """How much of a question a page speaks about; words that no page knows count as not covered."""

    def __init__(self, pages: Sequence[set[str]], everything: Sequence[set[str]]) -> None:
        self.size = len(pages)
        documents = Counter(gram for page in everything for gram in page)
        self.weight = {gram: math.log((self.size + 1) / (count + 0.5)) for gram, count in documents.items()}
        self.unknown = math.log((self.size + 1) / 0.5)
        rows: dict[str, list[int]] = {}
        for row, page in enumerate(pages):
            for gram in page:
                rows.setdefault(gram, []).append(row)
        self.rows = {gram: np.array(pages) for gram, pages in rows.items()}

    def of(self, question: Mapping[str, int]) -> Array:
        """0 to 1 for each page."""
        covered, whole = np.zeros(self.size, dtype=np.float32), 1e-6
        for gram in question:
            weight = self.weight.get(gram, self.unknown)
            whole += weight
            if gram in self.rows:
                covered[self.rows[gram]] += np.float32(weight)
        return covered / np.float32(whole)

    def unsaid(self, grams: Sequence[str]) -> Array:
        """For each page the summed weight of those that it never has."""
        weights = {gram: self.weight.get(gram, self.unknown) for gram in grams}
        missing = np.full(self.size, sum(weights.values()), dtype=np.float32)
        for gram in weights.keys() & self.rows.keys():
            missing[self.rows[gram]] -= np.float32(weights[gram])
        return missing


def _rows_of_page(counts: Sequence[int]) -> npt.NDArray[np.int64]:
    """Row numbers of each page's questions, filled up with the number after the last row."""
    rows = np.full((len(counts), max([NEAREST, *counts])), sum(counts))
    start = 0
    for page, count in enumerate(counts):
        rows[page, :count] = np.arange(start, start + count)
        start += count
    return rows


def _stretched(near: Array) -> Array:
    stretched: Array = np.clip((near - ALIKE_ANYWAY) / (1 - ALIKE_ANYWAY), 0.0, 1.0)
    return stretched


def _chinese_grams(text: str) -> Counter[str]:
    """Characters, pairs of characters, numbers and Latin words, and what the text is about."""
    found: Counter[str] = Counter(f"about {subject}" for subject in synonyms.subjects(text))
    for run in re.findall("[\u4e00-\u9fff]+", text):
        found.update(run)
        found.update(a + b for a, b in itertools.pairwise(run))
    found.update(re.findall(r"[a-z]+|\d+(?:\.\d+)?", text))
    return found


def _is_single(gram: str) -> bool:
    """A character or a word; no pair, piece or subject."""
    return not (" " in gram or gram.startswith("~")) and (len(gram) == 1 or gram.isascii())


def _english_grams(text: str) -> Counter[str]:
    """Words, pairs of words, and pieces of words, so that building and builder are alike."""
    words = synonyms.english_words(text)
    found: Counter[str] = Counter(words)
    found.update(f"{a} {b}" for a, b in itertools.pairwise(words))
    found.update(f"~{piece}" for word in words for piece in _pieces(f" {word} "))
    return found


def _pieces(word: str) -> list[str]:
    return [word[at : at + 4] for at in range(max(1, len(word) - 3))]


def _sound_grams(text: str) -> Counter[str]:
    heard = sounds.syllables(text)
    return Counter([*heard, *(f"{a} {b}" for a, b in itertools.pairwise(heard))])
