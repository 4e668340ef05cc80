"""A small trained reader of sentences: labels with probabilities, by counted n-grams and sentence vectors.

Two votes, for what must be read without Rasa: a linear one over n-grams, and a small network's over sentence vectors.
Where it matters what was asked, an example and a question carry `asked`, and each gram also counts as "asked|gram".
A saved model holds numbers and text only, nothing pickled.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.language.readers.encoders import Encoder, knows_language
from bot.language.readers.grams import HAN, LATIN, grams, normalise
from bot.language.readers.linear import Array, GramCounter, Linear
from bot.language.readers.mishearing import with_misheard
from bot.language.readers.network import Network

GRAM_STRENGTH = 1.0
"""sklearn's C."""
VECTOR_SHARE, VECTOR_SHARE_OF_FOREIGN = 0.5, 0.2
"""Of the votes, for a sentence in a language that the encoder knows, and in another. Chosen by cross-validation."""
MISHEARING_SEED = 1
WORDS, WEIGHTS = "words.json", "weights.npz"
NETWORK = ("hidden", "hidden_bias", "weights", "bias")
"""Its arrays, by their names in the file."""


@dataclass(frozen=True)
class Example:
    text: str
    label: str
    asked: str | None = None
    """What had been asked, when the sentence was an answer."""


class SentenceModel:
    """Ranks the labels for a sentence. Made by `fit` or `load`."""

    def __init__(
        self,
        counter: GramCounter,
        by_grams: Linear,
        by_vectors: Network | None,
        questions: tuple[str, ...],
        encoder: Encoder | None,
    ) -> None:
        """`questions` are the values of `asked` that the examples knew."""
        self.counter, self.by_grams, self.by_vectors = counter, by_grams, by_vectors
        self.questions, self.encoder = questions, encoder
        self.labels = tuple(by_grams.labels)

    @classmethod
    def fit(cls, examples: Sequence[Example], encoder: Encoder | None) -> "SentenceModel":
        """A model of at least two labels; recogniser errors are learnt from misheard copies of the examples."""
        texts, labels = [example.text for example in examples], [example.label for example in examples]
        questions = tuple(sorted({example.asked for example in examples if example.asked}))
        heard, original = with_misheard(texts, MISHEARING_SEED)
        counter = GramCounter.fit([(example.text, example.asked) for example in examples], _grams_asked)
        counted = counter.count([(text, examples[at].asked) for text, at in zip(heard, original, strict=True)])
        by_grams = Linear.fit_grams(counted, [labels[at] for at in original], GRAM_STRENGTH)
        by_vectors = None
        if encoder:
            vectors = _vectors(encoder, questions, [(example.text, example.asked) for example in examples])
            by_vectors = Network.fit(vectors, labels)
        return cls(counter, by_grams, by_vectors, questions, encoder)

    def rank(self, text: str, asked: str | None = None) -> list[tuple[str, float]]:
        """Labels with their probabilities, best first."""
        return self.rank_all([text], asked)[0]

    def rank_all(self, texts: Sequence[str], asked: str | None = None) -> list[list[tuple[str, float]]]:
        """As `rank`, for many sentences at once."""
        if not texts:
            return []
        read = [(text, asked) for text in texts]
        scores = self.by_grams.log_scores(self.counter.count(read))
        if self.by_vectors and self.encoder:  # averaged as logarithms: a label needs the consent of both
            by_meaning = self.by_vectors.log_scores(_vectors(self.encoder, self.questions, read))
            known = [[knows_language(self.encoder, text)] for text in texts]
            share = np.where(known, np.float32(VECTOR_SHARE), np.float32(VECTOR_SHARE_OF_FOREIGN))
            scores = scores + share * (by_meaning - scores)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [[(self.labels[at], float(row[at])) for at in np.argsort(-row)] for row in shares]

    def save(self, folder: Path) -> None:
        """Writes `words.json` and `weights.npz`; the folder must be there."""
        arrays = {"rarity": self.counter.rarity, "grams": self.by_grams.weights, "grams_bias": self.by_grams.bias}
        if self.by_vectors:
            arrays |= {name: getattr(self.by_vectors, name) for name in NETWORK}
        words = {
            "labels": list(self.labels),
            "questions": list(self.questions),
            "encoder": self.encoder.fingerprint if self.encoder else None,
            "vocabulary": self.counter.vocabulary,
        }
        with (folder / WEIGHTS).open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
        (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None) -> "SentenceModel":
        """Reads by n-grams alone when the encoder is not the one that the model was fitted with. Raises OSError."""
        words = json.loads((folder / WORDS).read_text("utf-8"))
        same = encoder if encoder and encoder.fingerprint == words["encoder"] else None
        with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
            counter = GramCounter(words["vocabulary"], arrays["rarity"], _grams_asked)
            by_grams = Linear(words["labels"], arrays["grams"], arrays["grams_bias"])
            by_vectors = Network(words["labels"], *(arrays[name] for name in NETWORK)) if same else None
        return cls(counter, by_grams, by_vectors, tuple(words["questions"]), same)


def _grams_asked(read: tuple[str, str | None]) -> list[str]:
    """The grams of a sentence, and each once more as an answer to what was asked."""
    text, asked = read
    found = grams(text) + _edges(text)
    return found + [f"{asked}|{gram}" for gram in ("", *found)] if asked else found


def _edges(text: str) -> list[str]:
    """How an English sentence begins and ends, and its words two apart: “my wife” alone is not “my wife fell”."""
    words = [] if HAN.search(text) else LATIN.findall(normalise(text))
    apart = [f"w:{first} _ {last}" for first, last in zip(words, words[2:], strict=False)]
    return [f"w:^ {words[0]}", f"w:{words[-1]} $", *apart] if words else []


def _vectors(encoder: Encoder, questions: tuple[str, ...], read: Sequence[tuple[str, str | None]]) -> Array:
    """The sentence vector, then a one for the question that was asked."""
    asked = np.array([[float(asked == question) for question in questions] for _, asked in read], dtype=np.float32)
    sentences = sorted({normalise(text) for text, _ in read})  # the same words may answer many questions
    place = {sentence: at for at, sentence in enumerate(sentences)}
    meaning = encoder.encode(sentences)[[place[normalise(text)] for text, _ in read]]
    return np.concatenate([meaning, asked.reshape(len(read), len(questions))], axis=1)
