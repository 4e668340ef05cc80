"""The score of the danger reader, and the test sets that must stay as they were written."""

import hashlib

import pytest

from bot.settings import ROOT
from evaluation.danger.score import misses, score

pytestmark = pytest.mark.unit


def case(kind: str, expected: str, actual: str) -> dict[str, str]:
    return {"said": "…", "kind": kind, "expected": expected, "actual": actual}


def test_each_figure_stands_beside_its_aim() -> None:
    read = [
        case("danger", "hurt_or_ill", "hurt_or_ill"),
        case("danger", "hurt_or_ill", "fire_gas_trapped"),
        case("danger", "wish_to_die", "none"),
        case("danger", "possible", "none"),
        case("near_miss", "none", "none"),
        case("near_miss", "none", "hurt_or_ill"),
        case("ordinary", "none", "possible"),
    ]
    rows = {row["figure"]: (row["value"], row["met"]) for row in score(read)}
    assert rows == {
        "recall of danger": (0.6667, False),
        "right number of what was recalled": (0.5, False),
        "false alarms on near misses": (0.5, False),
        "false alarms on ordinary turns": (0.0, True),
    }
    assert len(misses(read)) == 5


def test_the_test_sets_are_as_their_author_left_them() -> None:
    folder = ROOT / "evaluation" / "test_sets"
    lines = (folder / "CHECKSUMS").read_text("utf-8").splitlines()
    told = {name.strip(): digest for digest, _, name in (line.partition("  ") for line in lines)}
    there = {f"./{file.relative_to(folder)}": file for file in folder.rglob("*.jsonl")}
    assert told.keys() == there.keys()
    assert {
        name for name, file in there.items() if hashlib.sha256(file.read_bytes()).hexdigest() != told[name]
    } == set()
