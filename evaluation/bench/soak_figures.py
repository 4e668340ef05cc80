"""What a soak is judged by: pure arithmetic over what was seen. Every figure has an aim that it must not exceed."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

EXIT = re.compile(r"\bexited: (?P<program>[a-z]+(?:-[a-z]+)?)(?:-\d+)? \(")
"""How supervisord writes that a process ended by itself; one that it was told to stop is "stopped"."""
SUPERVISED = {"voices-natural": "natural voice", "voices-small": "small voice"}
"""The supervisor's names where they are not ours."""
SETTLED_SECONDS = 120.0
"""A process that is so old has loaded what it needs."""
LEAST_SECONDS = 180.0
"""Of a settled life that is judged. Growth is from the median of its first third to that of its last: how many talk at one
moment is chance, and over minutes it evens out."""
MOST_GROWTH = {"files": 15.0, "threads": 5.0, "memory_mb": 40.0}
"""Of one process, from its second minute on, while the load stays the same."""


@dataclass(frozen=True)
class Figure:
    name: str
    value: float | None
    """None where nothing lived long enough to be judged."""
    at_most: float = 0

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "too short to judge"
        return "met" if self.value <= self.at_most else "missed"


@dataclass(frozen=True)
class Sample:
    """One process at one moment."""

    second: float
    program: str
    pid: int
    files: int
    threads: int
    memory_mb: float


def crashes(supervisor_log: str, made: Mapping[str, int]) -> dict[str, int]:
    """How often each program ended beyond the kills that were made; only those that did."""
    names = (one["program"] for one in EXIT.finditer(supervisor_log))
    ended = Counter(SUPERVISED.get(name, name) for name in names)
    return {program: count - made.get(program, 0) for program, count in ended.items() if count > made.get(program, 0)}


def doubled(items: Iterable[tuple[str, str]]) -> int:
    """How many items are too many. Each is a conversation and a kind; nobody in a soak confirms a kind twice."""
    return sum(count - 1 for count in Counter(items).values())


def growth(samples: Sequence[Sample], what: str) -> dict[str, float | None]:
    """By program: the most by which one of its processes grew once it had settled. None: none lived long enough."""
    lives: dict[tuple[str, int], list[Sample]] = {}
    for sample in sorted(samples, key=lambda one: one.second):
        lives.setdefault((sample.program, sample.pid), []).append(sample)
    found: dict[str, float | None] = {}
    for (program, _), life in lives.items():
        grown = _growth_of(life, what)
        known = found.setdefault(program, None)
        if grown is not None:
            found[program] = grown if known is None else max(known, grown)
    return found


def growth_figures(samples: Sequence[Sample]) -> Iterator[Figure]:
    for what, at_most in MOST_GROWTH.items():
        for program, value in sorted(growth(samples, what).items()):
            yield Figure(f"growth of {program}: {what}", None if value is None else round(value, 1), at_most)


def table(figures: Iterable[Figure]) -> Table:
    shown = Table(title="soak")
    for column in ("figure", "value", "aim: at most", ""):
        shown.add_column(column)
    for figure in figures:
        value = "–" if figure.value is None else f"{figure.value:g}"
        shown.add_row(figure.name, value, f"{figure.at_most:g}", figure.verdict)
    return shown


def _growth_of(life: Sequence[Sample], what: str) -> float | None:
    settled = [one for one in life if one.second >= life[0].second + SETTLED_SECONDS]
    if not settled or (lasted := settled[-1].second - settled[0].second) < LEAST_SECONDS:
        return None
    first = [getattr(one, what) for one in settled if one.second <= settled[0].second + lasted / 3]
    last = [getattr(one, what) for one in settled if one.second >= settled[-1].second - lasted / 3]
    return float(statistics.median(last) - statistics.median(first))
