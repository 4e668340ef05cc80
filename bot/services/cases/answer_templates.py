"""Answers that come again and again, as data (data/policy/answer_templates.csv); what stands in braces is filled in."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[3] / "data" / "policy" / "answer_templates.csv"


@dataclass(frozen=True)
class Template:
    id: str
    category: str
    """Empty fits every category."""
    title: dict[str, str]
    text: dict[str, str]
    """By language."""


@cache
def templates() -> tuple[Template, ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Template(
                row["id"], row["category"], {"zh": row["title"], "en": row["title_en"]},
                {"zh": row["text"], "en": row["text_en"]},
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def filled(category: str, language: str, values: dict[str, str]) -> list[tuple[Template, str]]:
    """Those that fit, filled in for a resident who reads this language; those of the category first."""
    fitting = [one for one in templates() if one.category in ("", category)]
    return [(one, one.text[language].format_map(values)) for one in sorted(fitting, key=lambda one: not one.category)]
