"""The model is trained anew when anything it learns from has changed."""

from pathlib import Path

import pytest

from bot.operation import training
from bot.settings import Settings

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "file", ["config.yml", "domain.yml", "data/domain/baths.yml", "data/nlu/zh/book_bath.yml", "data/rules/baths.yml"]
)
def test_a_change_in_what_is_learnt_changes_the_fingerprint(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "ROOT", tmp_path)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("one", "utf-8")
    before = training.fingerprint(Settings())
    path.write_text("another", "utf-8")
    assert training.fingerprint(Settings()) != before


def test_every_file_of_the_domain_is_learnt_from() -> None:
    learnt = {path for pattern in training.LEARNT_FROM for path in training.ROOT.glob(pattern)}
    assert {training.ROOT / "domain.yml", *(training.ROOT / "data" / "domain").iterdir()} <= learnt
