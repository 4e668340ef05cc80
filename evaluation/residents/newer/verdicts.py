"""Verdicts on the newer topics: in the database where something is written, by the entities in the answer where nothing is."""

from typing import Any

from bot.store.store import Store
from evaluation.residents import records
from evaluation.residents.judge import Verdict
from evaluation.residents.newer import written
from evaluation.residents.profiles import Profile
from evaluation.residents.wording import plain

ANSWERS = "answers"
"""The table of those who only want to know something: `where` holds the goal, and entities of our data, such as a department."""


def judges(profile: Profile) -> bool:
    return profile.table == ANSWERS or profile.table in written.READ


def judge(store: Store, profile: Profile, conversation_id: str, given: str) -> Verdict:
    """`given` is the number of the record that was there before."""
    count = written.written_in(store, conversation_id, given)
    others = len(records.bookings_of(store, conversation_id)) + len(records.cases_of(store, conversation_id))
    if profile.table == ANSWERS:
        right = any(told(profile, goal, text) for goal, text in written.answered(store, conversation_id))
        wrong = [*([] if right else ["not told"]), *(["unwanted record"] if count + others else [])]
        return Verdict(not wrong, tuple(wrong), count + others)
    rows = written.rows_of(store, profile.table, conversation_id, given)
    counted = count + len(rows) if profile.table in written.BY_THE_WAY else count
    if profile.where.get("absent"):
        none = not counted and not others
        return Verdict(none, () if none else ("written all the same",), counted + others)
    extra = counted - len(rows) + others
    if not rows:
        return Verdict(False, ("nothing written",), extra)
    differing = [_differences(row, profile.where) for row in rows]
    wrong = [*min(differing, key=len), *(["more records than one"] if len(rows) > 1 else [])]
    wrong += ["unwanted record"] if extra else []
    return Verdict(not wrong, tuple(wrong), sum(bool(one) for one in differing) + extra)


def told(profile: Profile, goal: str, text: str) -> bool:
    """Does this answer hold what was wished for?"""
    return goal == profile.where["goal"] and _holds(profile.where["text"], text)


def _differences(row: dict[str, Any], where: dict[str, Any]) -> list[str]:
    wrong = [name for name, wished in where.items() if name != "anonymous" and not _holds(wished, row[name])]
    return [*wrong, *(["anonymous"] if where.get("anonymous") and (row["phone"] or row["name"]) else [])]


def _holds(wished: Any, there: Any) -> bool:
    if isinstance(wished, dict) and "contains_any" in wished:
        return any(plain(part) in plain(str(there)) for part in wished["contains_any"])
    if isinstance(wished, dict):
        return bool(wished == there)
    return plain(str(wished)) == plain(str(there))
