"""Sentences of Rasa's training data stand under what they name."""

from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT

pytestmark = pytest.mark.unit
FILES = sorted((ROOT / "data" / "nlu").rglob("*.yml"))
MOST = 130
"""A longer group that names one service or category was written on, with sentences that name others."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_group_that_names_one_thing_is_not_written_on_with_others(path: Path) -> None:
    groups = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]
    named = {str(group["metadata"]): len(group["examples"].splitlines()) for group in groups if group.get("metadata")}
    assert {name: count for name, count in named.items() if count > MOST} == {}
