"""How likely one word follows two others: counted in sentences, mixed with another language model, and taken apart into arcs.

A word is a label, a small number. 0 stands for the beginning of a sentence. Histories back off from two words to one to none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
START = 0


@dataclass(frozen=True)
class Ngrams:
    """Chances by key: u for one word, u·size+w for two, (u·size+v)·size+w for three; keys in ascending order."""

    size: int
    one: Array
    """Chance of every label; 0 for one that never stands alone."""
    two: tuple[Array, Array]
    three: tuple[Array, Array]
    backoff_one: Array
    """By label."""
    backoff_two: tuple[Array, Array]

    @classmethod
    def of(
        cls,
        size: int,
        one: tuple[Array, Array],
        two: tuple[Array, Array, Array],
        three: tuple[Array, Array, Array, Array],
        backoff_one: tuple[Array, Array],
        backoff_two: tuple[Array, Array, Array],
    ) -> "Ngrams":
        """From words and chances in any order."""
        alone, weight = np.zeros(size), np.ones(size)
        alone[one[0]] = one[1]
        weight[backoff_one[0]] = backoff_one[1]
        return cls(
            size,
            alone,
            _sorted(two[0] * size + two[1], two[2]),
            _sorted((three[0] * size + three[1]) * size + three[2], three[3]),
            weight,
            _sorted(backoff_two[0] * size + backoff_two[1], backoff_two[2]),
        )

    def after_one(self, pairs: Array) -> Array:
        """Chance of w after u for keys u·size+w."""
        backed_off = self.backoff_one[pairs // self.size] * self.one[pairs % self.size]
        return _find(self.two, pairs, backed_off)

    def after_two(self, triples: Array) -> Array:
        """Chance of w after u, v for keys (u·size+v)·size+w."""
        histories = triples // self.size
        shorter = self.after_one(triples % self.size**2)
        backed_off = _find(self.backoff_two, histories, np.ones(len(triples))) * shorter
        return _find(self.three, triples, backed_off)


def _sorted(keys: Array, values: Array) -> tuple[Array, Array]:
    order = np.argsort(keys, kind="stable")
    return keys[order].astype(np.int64), values[order].astype(np.float64)


def _find(table: tuple[Array, Array], keys: Array, otherwise: Array) -> Array:
    if not len(table[0]):
        return otherwise
    at = np.minimum(np.searchsorted(table[0], keys), len(table[0]) - 1)
    return np.where(table[0][at] == keys, table[1][at], otherwise)


def count(sentences: Iterable[tuple[Sequence[int], float]], size: int, end: int) -> Ngrams:
    """What these sentences, each with its weight, teach; smoothed after Witten and Bell."""
    one: Counter[int] = Counter()
    two: Counter[int] = Counter()
    three: Counter[int] = Counter()
    for labels, weight in sentences:
        row = [START, *labels, end]
        for at in range(1, len(row)):
            one[row[at]] += weight  # type: ignore[assignment]
            pair = row[at - 1] * size + row[at]
            two[pair] += weight  # type: ignore[assignment]
            if at > 1:
                three[row[at - 2] * size**2 + pair] += weight  # type: ignore[assignment]
    total = sum(one.values())
    alone = np.zeros(size)
    alone[list(one)] = np.array(list(one.values())) / total
    pairs, pair_chance, heads, head_weight = _smoothed(two, size, lambda keys: alone[keys % size])
    backoff_one = np.ones(size)
    backoff_one[heads] = head_weight
    partial = Ngrams(size, alone, (pairs, pair_chance), _none(), backoff_one, _none())
    triples, triple_chance, histories, weights = _smoothed(three, size, lambda keys: partial.after_one(keys % size**2))
    return Ngrams(size, alone, (pairs, pair_chance), (triples, triple_chance), backoff_one, (histories, weights))


def _none() -> tuple[Array, Array]:
    return np.zeros(0, np.int64), np.zeros(0)


def _smoothed(counts: "Counter[int]", size: int, shorter: Any) -> tuple[Array, Array, Array, Array]:
    """Keys with their chances; histories with what they leave to shorter ones."""
    keys, seen = _sorted(np.array(list(counts), np.int64), np.array(list(counts.values())))
    if not len(keys):
        return (*_none(), *_none())
    histories, which, kinds = np.unique(keys // size, return_inverse=True, return_counts=True)
    total = np.bincount(which, seen)
    chance = (seen + kinds[which] * shorter(keys)) / (total + kinds)[which]
    return keys, chance, histories, kinds / (total + kinds)


def mix(general: Ngrams, special: Ngrams, share: float) -> Ngrams:
    """Both at once; `share`, 0 to 1, is how much the special one says."""
    size = general.size
    one = (1 - share) * general.one + share * special.one
    pairs = np.union1d(general.two[0], special.two[0])
    triples = np.union1d(general.three[0], special.three[0])
    after_one = (1 - share) * general.after_one(pairs) + share * special.after_one(pairs)
    after_two = (1 - share) * general.after_two(triples) + share * special.after_two(triples)
    mixed = Ngrams(size, one, (pairs, after_one), (triples, after_two), np.ones(size), _none())
    heads, weight = _left_over(pairs, after_one, one[pairs % size], size)
    backoff_one = np.ones(size)
    backoff_one[heads] = weight
    histories, weights = _left_over(triples, after_two, mixed.after_one(triples % size**2), size)
    return Ngrams(size, one, mixed.two, mixed.three, backoff_one, (histories, weights))


def _left_over(keys: Array, chance: Array, shorter: Array, size: int) -> tuple[Array, Array]:
    """Histories, and the factor by which the shorter history's chances go into what is left."""
    histories, which = np.unique(keys // size, return_inverse=True)
    left = 1 - np.bincount(which, chance)
    room = 1 - np.bincount(which, shorter)
    return histories, np.clip(left, 1e-4, None) / np.clip(room, 1e-4, None)
