"""Linear classifiers as plain numbers: fitted by sklearn, kept and used without it.

Read by the app (Python 3.12) and by Rasa's environment (3.10), so it keeps to 3.10 syntax. sklearn is loaded where it is
needed: it takes 90 MB, and the ears only want the plain cries that stand beside the danger reader.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.readers.grams import grams

Array = npt.NDArray[np.float32]
SHARPNESS = 3.0
"""Turns margins of the gram classifier into probabilities; measured by cross-validation."""


class Linear:
    """Weights of one classifier: labels, one row of weights and one bias per label."""

    def __init__(self, labels: list[str], weights: Array, bias: Array) -> None:
        self.labels, self.weights, self.bias = labels, weights, bias

    @classmethod
    def fit_grams(cls, features: Any, labels: Sequence[str], strength: float) -> "Linear":
        """For sparse features: support vectors, one label against the rest. `strength` is sklearn's C."""
        from sklearn.svm import LinearSVC

        model = LinearSVC(C=strength, class_weight=fair_shares(labels), random_state=0)
        model.fit(features, labels)
        weights, bias = model.coef_ * SHARPNESS, model.intercept_ * SHARPNESS
        if len(model.classes_) == 2:  # sklearn keeps one row for two labels
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        return cls([str(c) for c in model.classes_], weights.astype(np.float32), bias.astype(np.float32))

    def log_scores(self, features: Any) -> Array:
        """Logarithms of probabilities, one row per sentence, one column per label."""
        raw = np.asarray(features @ self.weights.T) + self.bias
        raw = raw - raw.max(axis=1, keepdims=True)
        return raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))


def fair_shares(labels: Sequence[str]) -> dict[str, float]:
    """Weights that lift rare labels half-way to equality; policy questions are a third of all examples."""
    counts = Counter(labels)
    mean = len(labels) / len(counts)
    return {label: float(np.sqrt(mean / count)) for label, count in counts.items()}


class GramCounter:
    """TF-IDF of grams that occur in at least two examples.

    `analyzer` gives the grams of one example; an example is whatever the analyzer reads, a sentence by default.
    """

    def __init__(self, vocabulary: dict[str, int], rarity: Array, analyzer: Callable[[Any], list[str]] = grams) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.vocabulary, self.rarity = vocabulary, rarity
        self.vectorizer = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, vocabulary=vocabulary, dtype=np.float32)
        self.vectorizer.idf_ = rarity

    @classmethod
    def fit(cls, examples: Sequence[Any], analyzer: Callable[[Any], list[str]] = grams) -> "GramCounter":
        from sklearn.feature_extraction.text import TfidfVectorizer

        fitted = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, min_df=2, dtype=np.float32).fit(examples)
        vocabulary = {gram: int(at) for gram, at in fitted.vocabulary_.items()}
        return cls(vocabulary, fitted.idf_.astype(np.float32), analyzer)

    def count(self, examples: Sequence[Any]) -> Any:
        """A sparse matrix, one row per example."""
        return self.vectorizer.transform(examples)
