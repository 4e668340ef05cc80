"""The sentences that measure the assistant (evaluation/): they are never learnt, or the measure would flatter us."""

import json
import re
from functools import cache
from pathlib import Path

from bot.language.text import normalise

FOLDER = Path(__file__).resolve().parents[3] / "evaluation"


def is_fixed_case(text: str) -> bool:
    """Does it say the same as one of them, letter by letter? Signs and blanks do not count."""
    return _plain(text) in _cases()


@cache
def _cases() -> frozenset[str]:
    files = [file for file in sorted(FOLDER.rglob("*.jsonl")) if FOLDER / "results" not in file.parents]
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    cases = (json.loads(line) for line in lines if line.strip())
    return frozenset(_plain(case["said"]) for case in cases if "said" in case)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", normalise(text).lower())
