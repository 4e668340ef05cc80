"""Figures beside their aims: kept in evaluation/figures.json, shown in evaluation/RESULTS.md, both written by programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
FIGURES, RESULTS = HERE / "figures.json", HERE / "RESULTS.md"
Sign = Literal[">=", "<="]
SIGNS = {">=": "≥", "<=": "≤"}
HEAD = """# How good is it? Figures beside their aims

Written by the programs that measure; do not edit. `make evaluate` measures anew. The sets are those of `test_sets/`, frozen;
what is measured, and what the figures cannot tell, stands in `README.md`.
"""


@dataclass(frozen=True)
class Figure:
    name: str
    value: float | None
    """None: nothing to measure."""
    sign: Sign | None = None
    aim: float | None = None
    """None: told for its own sake."""
    of: int | None = None
    """How many cases it was measured on."""

    @property
    def verdict(self) -> str:
        if self.aim is None or self.value is None:
            return "–"
        met = self.value >= self.aim if self.sign == ">=" else self.value <= self.aim
        return "met" if met else "**missed**"

    @property
    def aim_words(self) -> str:
        return f"{SIGNS[self.sign]} {_short(self.aim)}" if self.sign and self.aim is not None else "–"


def keep(part: str, figures: Sequence[Figure], *, command: str, now: datetime, settings: dict[str, Any]) -> None:
    """Put the figures of one part in the place of its last ones, and write the page anew."""
    kept = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    kept[part] = {
        "command": command,
        "measured": f"{now:%Y-%m-%d}",
        "settings": settings,
        "figures": [asdict(figure) for figure in figures],
    }
    FIGURES.write_text(json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1) + "\n", "utf-8")
    RESULTS.write_text(page(kept), "utf-8")


def page(kept: dict[str, Any]) -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for part, told in sorted(kept.items()):
        settings = ", ".join(f"{name} {value}" for name, value in told["settings"].items())
        lines = [f"## {part}", "", f"`{told['command']}`, {told['measured']}" + (f", {settings}" if settings else "")]
        lines += ["", "| Figure | Value | Aim | | Cases |", "| --- | ---: | ---: | --- | ---: |"]
        for row in told["figures"]:
            figure = Figure(**row)
            value = "–" if figure.value is None else _short(figure.value)
            of = "" if figure.of is None else str(figure.of)
            lines.append(f"| {figure.name} | {value} | {figure.aim_words} | {figure.verdict} | {of} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if value else "0"
