"""Figures of the simulated residents: success once and three times out of three, false writes, lost drafts, questions."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from evaluation.aims import Figure
from evaluation.residents.conversation import Held

ONCE, EVERY_TIME = 0.95, 0.90
RUNS = 3


def figures(held: Sequence[Held], name: str) -> list[Figure]:
    """`name` of this part of the residents, such as "test"."""
    first = [one for one in held if one.run == 0]
    by_resident = defaultdict(list)
    for one in held:
        by_resident[one.profile.id].append(one.success)
    every = [all(successes) for successes in by_resident.values() if len(successes) == RUNS]
    return [
        Figure(f"{name}: success once", share([one.success for one in first]), ">=", ONCE, len(first)),
        Figure(f"{name}: success three times out of three", share(every), ">=", EVERY_TIME, len(every)),
        Figure(f"{name}: false writes", sum(one.false_writes for one in held if not _only_incomplete(one)), "<=", 0, len(held)),
        Figure(f"{name}: lost drafts", sum(one.lost_drafts for one in held), "<=", 0, len(held)),
        Figure(f"{name}: questions three times in the same words", sum(one.asked_too_often for one in held), "<=", 0, len(held)),
        Figure(f"{name}: turns (mean)", _mean([one.turns for one in held]), of=len(held)),
        Figure(f"{name}: ended with a person, unasked", share([_handed(one) for one in first]), of=len(first)),
    ]  # fmt: skip


def by(held: Sequence[Held], field: str) -> list[Figure]:
    """Success once, for each language, topic or style."""
    groups = defaultdict(list)
    for one in held:
        if one.run == 0:
            groups[str(getattr(one.profile, field))].append(one.success)
    return [Figure(f"success, {field} {name}", share(hits), of=len(hits)) for name, hits in sorted(groups.items())]


def faults(held: Sequence[Held]) -> list[tuple[str, int]]:
    """What was not as wished, the most frequent first."""
    return Counter(f"{one.profile.topic}: {name}" for one in held for name in one.wrong).most_common()


def _only_incomplete(one: Held) -> bool:
    """What was written is true, but tells less of the trouble than the resident could have told."""
    return one.wrong == ("text",)


def _handed(one: Held) -> bool:
    return one.to_a_person and one.profile.table != "handovers"


def share(hits: Sequence[bool]) -> float | None:
    """Of all; None where there are none."""
    return round(sum(hits) / len(hits), 4) if hits else None


def _mean(values: Sequence[int]) -> float | None:
    return round(sum(values) / len(values), 2) if values else None
