"""Linear classifiers as plain numbers: fitted by sklearn, kept and used without it."""

import warnings
from collections import Counter
from typing import Any, Dict, List, Sequence

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.nlu.features import grams

SHARPNESS = 3.0
"""Turns margins of the gram classifier into probabilities; measured by cross-validation."""


class Linear:
    """Weights of one classifier: labels, one row of weights and one bias per label."""

    def __init__(self, labels: List[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.labels, self.weights, self.bias = labels, weights, bias

    @classmethod
    def fit_grams(cls, features: Any, labels: Sequence[str], strength: float) -> "Linear":
        """For sparse features: support vectors, one label against the rest. `strength` is sklearn's C."""
        model = LinearSVC(C=strength, class_weight=fair_shares(labels), random_state=0)
        return cls._of(model.fit(features, labels), SHARPNESS)

    @classmethod
    def fit_vectors(cls, features: np.ndarray, labels: Sequence[str], strength: float) -> "Linear":
        """For dense features: logistic regression. `strength` is sklearn's C."""
        shares = fair_shares(labels)
        model = LogisticRegression(C=strength, class_weight=shares, max_iter=100, tol=1e-2, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # a hundred steps are enough, by measurement
            model.fit(features, labels)
        return cls._of(model, 1.0)

    @classmethod
    def _of(cls, model: Any, sharpness: float) -> "Linear":
        weights, bias = model.coef_ * sharpness, model.intercept_ * sharpness
        if len(model.classes_) == 2:  # sklearn keeps one row for two labels
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        return cls([str(c) for c in model.classes_], weights.astype(np.float32), bias.astype(np.float32))

    def log_scores(self, features: Any) -> np.ndarray:
        """Logarithms of probabilities, one row per sentence, one column per label."""
        raw = np.asarray(features @ self.weights.T) + self.bias
        raw = raw - raw.max(axis=1, keepdims=True)
        return raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))


def fair_shares(labels: Sequence[str]) -> Dict[str, float]:
    """Weights that lift rare labels half-way to equality; policy questions are a third of all examples."""
    counts = Counter(labels)
    mean = len(labels) / len(counts)
    return {label: float(np.sqrt(mean / count)) for label, count in counts.items()}


class GramCounter:
    """TF-IDF of grams that occur in at least two examples."""

    def __init__(self, vocabulary: Dict[str, int], rarity: np.ndarray) -> None:
        self.vocabulary, self.rarity = vocabulary, rarity
        self.vectorizer = TfidfVectorizer(analyzer=grams, sublinear_tf=True, vocabulary=vocabulary, dtype=np.float32)
        self.vectorizer.idf_ = rarity

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "GramCounter":
        fitted = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=2, dtype=np.float32).fit(texts)
        vocabulary = {gram: int(at) for gram, at in fitted.vocabulary_.items()}
        return cls(vocabulary, fitted.idf_.astype(np.float32))

    def count(self, texts: Sequence[str]) -> Any:
        """A sparse matrix, one row per text."""
        return self.vectorizer.transform(texts)
