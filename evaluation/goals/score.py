"""How well goals, services and categories are recognised, and how often a form opens for talk that wants none."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from evaluation.cases import Case

OPENS_FORM = ("book_service", "file_complaint")
PAIRS = 20
"""How many confusion pairs are told."""

Pairs = Sequence[tuple[Case, dict[str, Any]]]


def score(pairs: Pairs) -> dict[str, Any]:
    """Figures by name; a figure whose cases are missing is None."""
    expected = [str(case.goal) for case, _ in pairs]
    actual = [str(answer["goal"]) for _, answer in pairs]
    right = [is_right(case, answer) for case, answer in pairs]
    confused = Counter((e, a) for e, a in zip(expected, actual, strict=True) if e != a)
    wanted = [answer["form"] == case.goal for case, answer in pairs if case.goal in OPENS_FORM]
    return {
        "cases": len(pairs),
        "goal accuracy": share(right),
        "asked back": share([bool(answer.get("unsure")) for _, answer in pairs]),
        "goal macro-F1": macro_f1(expected, actual),
        "service accuracy": share([a.get("service") == c.service for c, a in pairs if c.service]),
        "category accuracy": share([a.get("category") == c.category for c, a in pairs if c.category]),
        "out-of-scope recall": share([r for r, e in zip(right, expected, strict=True) if e == "out_of_scope"]),
        "false accepts": share([opened_unasked(c, a) for c, a in pairs if c.goal not in OPENS_FORM]),
        "form opened at once when wanted": share(wanted),
        "confusion": [{"expected": e, "actual": a, "cases": n} for (e, a), n in confused.most_common(PAIRS)],
    }


def misses(pairs: Pairs) -> list[dict[str, Any]]:
    """What went wrong, sentence by sentence."""
    wrong = []
    for case, answer in pairs:
        expected = {name: value for name in ("goal", "service", "category") if (value := getattr(case, name))}
        actual = {name: answer.get(name) for name in expected}
        if expected != actual or answer.get("unsure") or opened_unasked(case, answer):
            told = {
                "actual": actual,
                "form": answer["form"],
                "confidence": answer["confidence"],
                "unsure": answer.get("unsure"),
            }
            wrong.append({"said": case.said, "awaiting": case.awaiting, "expected": expected, **told})
    return wrong


def is_right(case: Case, answer: dict[str, Any]) -> bool:
    """The goal was recognised and acted on; one that we asked back about was not."""
    return bool(case.goal == answer["goal"] and not answer.get("unsure"))


def opened_unasked(case: Case, answer: dict[str, Any]) -> bool:
    """A booking or complaint form opened although another goal, or none, was meant."""
    return case.goal not in OPENS_FORM and answer["form"] in OPENS_FORM


def share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def macro_f1(expected: Sequence[str], actual: Sequence[str]) -> float | None:
    """The mean over the goals that were expected, each counting the same."""
    scores = []
    for goal in sorted(set(expected)):
        hits = sum(e == a == goal for e, a in zip(expected, actual, strict=True))
        scores.append(2 * hits / (expected.count(goal) + actual.count(goal)))
    return round(sum(scores) / len(scores), 4) if scores else None
