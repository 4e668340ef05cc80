"""How often a policy question gets the right answer with its source, and how often an honest "不清楚"."""

from collections.abc import Sequence, Set
from typing import Any

from evaluation.cases import Case
from evaluation.policy.figures import figures_in, measures_in, stands_in

Pairs = Sequence[tuple[Case, dict[str, Any]]]


def score(pairs: Pairs) -> dict[str, Any]:
    """Figures by name; a figure whose cases are missing is None."""
    answerable = [(case, answer) for case, answer in pairs if not case.none_of_plan]
    beyond = [(case, answer) for case, answer in pairs if case.none_of_plan]
    return {
        "cases": len(pairs),
        "policy answers right": _share([not failings(c, a) for c, a in pairs]),
        "… answered by the plan": _share([not failings(c, a) for c, a in answerable]),
        "… beyond the plan": _share([not failings(c, a) for c, a in beyond]),
        "recognised as a question": _share([a["goal"] == "ask_policy" for _, a in pairs]),
    }


def misses(pairs: Pairs) -> list[dict[str, Any]]:
    """What went wrong, question by question."""
    return [
        {"said": case.said, "failings": found, "section": case.section, **answer}
        for case, answer in pairs
        if (found := failings(case, answer))
    ]


def failings(case: Case, answer: dict[str, Any]) -> list[str]:
    """Why the answer is not good; empty when it is."""
    text = answer["text"]
    found = [f"lacks {words}" for words in case.must if not stands_in(words, text)]
    if case.any and not any(stands_in(words, text) for words in case.any):
        found.append("lacks all of " + " / ".join(case.any))
    if case.section and not any(_is_within(named, wish) for named in answer["sections"] for wish in case.section):
        found.append("no source " + " / ".join(case.section))
    if case.none_of_plan and answer["sections"]:
        found.append("a source, though the plan does not say")
    if case.none_of_plan and answer["goal"] != "ask_policy":
        found.append("not taken for a question")
    return found


def _is_within(named: str, section: str) -> bool:
    """ "5.2" names section 5.2, and part of it as "5.2.1"."""
    return named == section or named.startswith(section + ".")


def invented(case: Case, answer: dict[str, Any], known: Set[str]) -> set[str]:
    """Figures of an answer beyond the plan that stand neither, with what they count, on a page nor in the question."""
    if not case.none_of_plan or answer["goal"] == "emergency":  # its numbers are not about the plan
        return set()
    told = measures_in(answer["text"]) - known
    return {one for one in told if not figures_in(one) <= figures_in(case.said)}


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
