"""How well the ears hear, stage by stage; arithmetic only."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import jiwer

from bot.language.ear import for_ear
from evaluation.hearing.collect import STAGES

Row = dict[str, Any]
Figures = dict[str, dict[str, float | int | None]]
_SAME = str.maketrans("幺两", "一二")


def recordings(rows: Sequence[Row]) -> Figures:
    """Character errors (words for English) per set and condition, as downloaded and ours."""
    return {name: _errors(group) for name, group in _groups(rows, lambda row: f"{row['set']}, {row['condition']}")}


def _errors(rows: Sequence[Row]) -> dict[str, float | int | None]:
    figures: dict[str, float | int | None] = {"recordings": len(rows)}
    for stage in ("plain", "language model", "readings"):
        figures[stage] = error_rate([row["transcript"] for row in rows], [row[stage] for row in rows])
    return figures


def error_rate(expected: Sequence[str], actual: Sequence[str]) -> float:
    """Wrong, missing and added characters (for English words) by those that were said."""
    if all(text.isascii() for text in expected):
        return round(float(jiwer.wer([text.lower() for text in expected], [text.lower() for text in actual])), 4)
    return round(float(jiwer.cer(list(map(plain, expected)), list(map(plain, actual)))), 4)


def plain(text: str) -> str:
    """Letters only, numbers as they are said."""
    return re.sub(r"\W", "", for_ear(text).lower()).translate(_SAME)


def goals(rows: Sequence[Row]) -> Figures:
    """Goal accuracy per language and condition: from text, and from sound after each stage."""
    rows = [row for row in rows if "goal" in row["expected"]]
    return {name: _accuracy(group, "goal") for name, group in _groups(rows, _name)}


def slots(rows: Sequence[Row]) -> Figures:
    """Slot accuracy: the first time, and after a read-back that lets a wrong value be said once more."""
    rows = [row for row in rows if "slot" in row["expected"]]
    again = {(row["said"], row["condition"]): row for row in rows if row["again"]}
    result: Figures = {}
    for name, group in _groups([row for row in rows if not row["again"]], _name):
        result[name] = _accuracy(group, "value")
        saved = [right(row, "value") or right(again[row["said"], row["condition"]], "value") for row in group]
        result[name]["after read-back"] = share(saved)
    return result


def _accuracy(rows: Sequence[Row], key: str) -> dict[str, float | int | None]:
    figures: dict[str, float | int | None] = {"cases": len(rows)}
    for stage in ("text", *STAGES):
        figures[stage] = share([right(row, key, stage) for row in rows])
    text = figures["text"]
    figures["share of text"] = round(figures[STAGES[-1]] / text, 4) if text else None  # type: ignore[operator]
    sure = [row for row in rows if row["sure"]]
    figures["sure"] = share([row["sure"] for row in rows])
    figures["right when sure"] = share([right(row, key) for row in sure])
    return figures


def right(row: Row, key: str, stage: str = STAGES[-1]) -> bool:
    return bool(row["read"][stage] == row["expected"][key])


def misses(rows: Sequence[Row]) -> list[Row]:
    """What was right as text and is wrong from sound."""
    found = []
    for row in rows:
        key = "goal" if "goal" in row["expected"] else "value"
        if right(row, key, "text") and not right(row, key):
            told = {
                name: row[name] for name in ("said", "voice", "condition", "plain", "readings", "sure", "confidence")
            }
            found.append({**told, "expected": row["expected"], "actual": row["read"][STAGES[-1]]})
    return found


def share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def _name(row: Row) -> str:
    return f"{row['language']}, {row['condition']}"


def _groups(rows: Iterable[Row], name: Callable[[Row], str]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row)
    return list(groups.items())
