"""Settings are listed for operators, and impossible values stop the start."""

import pytest
from pydantic import ValidationError

from bot.settings import ROOT, Settings

pytestmark = pytest.mark.unit


def test_every_setting_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    missing = [name for name in Settings.model_fields if f"`LINYU_{name.upper()}`" not in page]
    assert not missing


def test_the_documentation_names_no_setting_that_is_gone() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    named = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `LINYU_")}
    known = {f"LINYU_{name.upper()}" for name in Settings.model_fields}
    assert named == known | {"LINYU_PYTHON310", "LINYU_PYTHON312"}


def test_the_documentation_names_the_defaults_that_the_program_has() -> None:
    rows = [line.split(" | ") for line in (ROOT / "docs" / "settings.md").read_text("utf-8").splitlines()]
    told = {row[0].strip("|` "): row[1].strip("` ") for row in rows if row[0].startswith("| `LINYU_")}
    for name, field in Settings.model_fields.items():
        default = field.default
        if name == "state_dir":
            default = "var/"
        words = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
        if told[f"LINYU_{name.upper()}"] != words:
            assert float(told[f"LINYU_{name.upper()}"]) == default, name


def test_an_impossible_value_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINYU_PORT", "99999")
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_a_secret_is_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINYU_DATABASE_URL", "postgresql://linyu:hidden-word@localhost/linyu")
    assert "hidden-word" not in repr(Settings())
