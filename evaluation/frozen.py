"""Goals and policy answers of the frozen sets, beside the aims of the program."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from bot.settings import ROOT
from evaluation.aims import Figure
from evaluation.cases import Case
from evaluation.goals import score as goals
from evaluation.policy import score as policy
from evaluation.policy.figures import measures_in

Pairs = Sequence[tuple[Case, dict[str, Any]]]
GOALS = {"zh": 0.97, "en": 0.96}
OUT_OF_SCOPE, FALSE_ACCEPTS = 0.92, 0.003
ANSWERED, BEYOND = 0.96, 0.95


def goal_figures(parts: Mapping[str, Pairs], near: Set[str] = frozenset()) -> list[Figure]:
    """By file of answers; only the frozen files count. Asked back about is not recognised.

    `near` are cases that some taught sentence is nearly the same as; what is recognised without them is told too.
    """
    chosen = {language: parts[name] for language in GOALS if (name := f"test.{language}") in parts}
    told = [
        Figure(f"goals recognised, {language}", goals.score(pairs)["goal accuracy"], ">=", GOALS[language], len(pairs))
        for language, pairs in chosen.items()
    ]
    every = [pair for pairs in chosen.values() for pair in pairs]
    outside = [pair for pair in every if pair[0].goal == "out_of_scope"]
    others = [pair for pair in every if pair[0].goal not in goals.OPENS_FORM]
    scores = goals.score(every)
    unlike = [pair for pair in every if pair[0].said not in near]
    return [
        *told,
        Figure("out of scope recognised", scores["out-of-scope recall"], ">=", OUT_OF_SCOPE, len(outside)),
        Figure("false accepts", scores["false accepts"], "<=", FALSE_ACCEPTS, len(others)),
        Figure(
            "goals recognised, of those unlike any taught sentence",
            goals.score(unlike)["goal accuracy"],
            of=len(unlike),
        ),
        Figure("asked back", scores["asked back"], of=len(every)),
    ]


def policy_figures(parts: Mapping[str, Pairs], near: Set[str] = frozenset()) -> list[Figure]:
    """Right answers with their source, and questions that the plan does not answer; `near` as with the goals."""
    told = []
    for stem, aim, name in (("test", ANSWERED, "policy answers right"), ("beyond", BEYOND, "beyond the plan, said so")):
        for language in GOALS:
            pairs = parts.get(f"{stem}.{language}", [])
            value = policy.score(pairs)["policy answers right"]
            told.append(Figure(f"{name}, {language}", value, ">=", aim, len(pairs)))
    beyond = [pair for language in GOALS for pair in parts.get(f"beyond.{language}", [])]
    known = figures_on_pages()
    invented = sum(bool(policy.invented(case, answer, known)) for case, answer in beyond)
    every = [pair for name, pairs in parts.items() if name.startswith(("test.", "beyond.")) for pair in pairs]
    unlike = [pair for pair in every if pair[0].said not in near]
    right = policy.score(unlike)["policy answers right"]
    told.append(Figure("right, of those unlike any taught sentence", right, of=len(unlike)))
    return [*told, Figure("beyond the plan, a figure invented", invented, "<=", 0, len(beyond))]


def figures_on_pages() -> set[str]:
    """Every figure, with what it counts, that stands in what the assistant knows."""
    return {one for file in (ROOT / "data" / "knowledge").glob("*.md") for one in measures_in(file.read_text("utf-8"))}
