"""A network with one hidden layer as plain numbers: fitted by sklearn, kept and used without it."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.language.readers.linear import Array

HIDDEN = 96
TOGETHER = 3
"""Networks that differ by chance alone. Their mean, one network with as many hidden nodes, errs less than each of them."""
ROUNDS = 10
"""Passes over the examples; more of them only learn the examples by heart, by measurement."""
FEWEST_STEPS = 200
"""With few examples there are more passes."""
HELD_BACK = 0.01
"""sklearn's alpha."""


class Network:
    """Weights of one classifier of sentence vectors: the hidden layer, then one column of weights per label."""

    def __init__(self, labels: list[str], hidden: Array, hidden_bias: Array, weights: Array, bias: Array) -> None:
        self.labels = labels
        self.hidden, self.hidden_bias, self.weights, self.bias = hidden, hidden_bias, weights, bias

    @classmethod
    def fit(cls, features: Array, labels: Sequence[str]) -> "Network":
        """For dense features; each is brought to the same scale first, which the weights then hold."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier

        mean, spread = features.mean(axis=0), features.std(axis=0)
        spread[spread < 1e-6] = 1.0  # what never varied in the examples says nothing, and must not shout when it does
        batches = -(-len(labels) // min(200, len(labels)))
        rounds = max(ROUNDS, FEWEST_STEPS // batches)
        scaled = (features - mean) / spread
        models = [
            MLPClassifier((HIDDEN,), alpha=HELD_BACK, max_iter=rounds, random_state=seed) for seed in range(TOGETHER)
        ]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            for model in models:
                model.fit(scaled, labels)
        hidden = np.hstack([model.coefs_[0] for model in models]) / spread[:, None]
        hidden_bias = np.concatenate([model.intercepts_[0] for model in models]) - mean @ hidden
        weights = np.vstack([model.coefs_[1] for model in models]) / TOGETHER
        bias = np.mean([model.intercepts_[1] for model in models], axis=0)
        if len(models[0].classes_) == 2:  # sklearn keeps one column for two labels
            weights, bias = np.hstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        parts: list[Any] = [hidden, hidden_bias, weights, bias]
        return cls([str(label) for label in models[0].classes_], *(part.astype(np.float32) for part in parts))

    def log_scores(self, features: Array) -> Array:
        """Logarithms of probabilities, one row per sentence, one column per label."""
        raw = np.maximum(features @ self.hidden + self.hidden_bias, 0) @ self.weights + self.bias
        raw = raw - raw.max(axis=1, keepdims=True)
        scores: Array = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
        return scores
