"""Odds learnt from a few numbers: one weight a number, fitted by sklearn and used without it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
STRENGTH = 0.3
"""sklearn's C; few numbers and many examples hardly depend on it."""
PARTS = 5
"""Cross-validation: each example is judged by weights that were fitted without it."""


@dataclass(frozen=True)
class Odds:
    weights: Array
    bias: float

    @classmethod
    def fit(cls, features: Array, holds: npt.NDArray[np.bool_]) -> "Odds":
        """Both kinds of examples count alike, however many there are of each."""
        from sklearn.linear_model import LogisticRegression

        mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
        model.fit((features - mean) / spread, holds)
        weights = model.coef_[0] / spread
        return cls(weights, float(model.intercept_[0] - weights @ mean))

    def of(self, features: Array) -> Array:
        """The logarithm of the odds, one for each row."""
        odds: Array = features @ self.weights + self.bias
        return odds


def judged_unseen(features: Array, holds: npt.NDArray[np.bool_]) -> Array:
    """The odds of each example by weights of which it is no part."""
    part = np.arange(len(holds)) % PARTS
    odds = np.zeros(len(holds))
    for one in range(PARTS):
        odds[part == one] = Odds.fit(features[part != one], holds[part != one]).of(features[part == one])
    return odds
