"""How near a question's meaning is to what pages are asked, and to what no page answers."""

from collections.abc import Sequence

import numpy as np

from bot.services.pages.vectors import Array

NEAREST = 3
"""So many of the nearest are looked at together."""


def nearness(own: Array, titles: Array, pages: Array, beyond: Array) -> Array:
    """One row a page: the nearest of its questions, of all pages' and of those beyond the plan, and what lies between.

    `own` holds a page's nearest questions, the nearest first; the others are dot products with the question's vector.
    """
    without, anywhere = _nearest(beyond), _nearest(pages)
    mine = np.stack([own[:, 0], own[:, :NEAREST].mean(axis=1)], axis=1)
    same = np.tile([*without, *anywhere, *(anywhere - without)], (len(titles), 1))
    found: Array = np.column_stack([mine, mine[:, 0] - without[0], titles, same]).astype(np.float32)
    return found


def _nearest(alike: Array) -> Array:
    """The highest, and the mean of the highest."""
    best = np.sort(alike)[::-1][:NEAREST]
    return np.array([best[0], best.mean()], dtype=np.float32)


def left_out(alike: Array, sentences: Sequence[str], one: str) -> Array:
    """What is alike, without the sentence itself."""
    kept: Array = alike[[sentence != one for sentence in sentences]]
    return kept
