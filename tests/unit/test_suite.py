"""`make test` runs everything that is there."""

import re

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.unit


def test_every_folder_of_tests_is_in_a_lane_of_the_suite() -> None:
    lanes = (ROOT / "scripts" / "test").read_text("utf-8")
    folders = {path.parent.relative_to(ROOT).parts[1] for path in (ROOT / "tests").rglob("test_*.py")}
    files = {path.name for path in (ROOT / "tests").glob("test_*.py")}
    assert not files, "a test outside the folders would run in no lane"
    assert not [name for name in folders if f"tests/{name}" not in lanes]


def test_what_one_lane_leaves_out_another_runs() -> None:
    lanes = (ROOT / "scripts" / "test").read_text("utf-8")
    left_out = re.findall(r"--ignore=(\S+)", lanes)
    assert left_out
    assert not [folder for folder in left_out if f" {folder}\n" not in lanes]
    assert not re.search(r"--(deselect|skip)|(?<!python) -[mk] ", lanes)
