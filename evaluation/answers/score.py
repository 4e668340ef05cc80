"""How well answers to our own questions are read, in all, by question and by act; the aim stands beside it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.dialogue.answers import AnswerReader

AIM = 0.97
HERE = Path(__file__).parent


def collect(reader: AnswerReader, files: Iterable[Path]) -> list[dict[str, Any]]:
    """Each case with what was read."""
    cases = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [{**case, "actual": reader.read(case["said"], case["asked"]).act} for case in cases]


def score(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares read right; `met` tells whether the aim is reached."""
    shares = {"all": _share(answers)}
    for key in ("asked", "expected"):
        groups = defaultdict(list)
        for answer in answers:
            groups[answer[key]].append(answer)
        shares |= {f"{key} {name}": _share(group) for name, group in sorted(groups.items())}
    return {"cases": len(answers), "aim": AIM, "met": shares["all"] >= AIM, "shares": shares}


def misses(answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [answer for answer in answers if answer["actual"] != answer["expected"]]


def _share(answers: Sequence[dict[str, Any]]) -> float:
    return round(sum(a["actual"] == a["expected"] for a in answers) / len(answers), 4) if answers else 0.0
