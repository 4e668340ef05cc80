"""A case: what a resident says, and what a good answer has. One JSON object a line.

Goals: `{"said", "goal", "service", "category", "awaiting"}`; the frozen sets write `expected` for the goal.
Policy: `{"said", "must", "any", "section", "also", "none_of_plan"}`; `also` are further sections that say the same.
All but `said` may be missing.
"""

import json
from dataclasses import dataclass
from pathlib import Path

BEYOND = "beyond"
"""In the name of a file of questions that the plan does not answer."""


@dataclass(frozen=True)
class Case:
    said: str
    goal: str | None = None
    service: str | None = None
    category: str | None = None
    awaiting: str | None = None
    """What the assistant has just asked for, such as "date"."""
    must: tuple[str, ...] = ()
    """Every one of these stands in the answer."""
    any: tuple[str, ...] = ()
    """At least one of these stands in the answer; empty means no such wish."""
    section: tuple[str, ...] = ()
    """Sections of the plan; the answer names at least one as its source."""
    none_of_plan: bool = False
    """The plan does not answer this, so the answer names no source."""
    wants_nothing: bool = False
    """From a file of talk that must open no form."""

    @property
    def is_policy(self) -> bool:
        return bool(self.must or self.any or self.section or self.none_of_plan)


def read_cases(file: Path) -> list[Case]:
    """The cases of one file, in its order. Raises ValueError with file and line when a line is no case."""
    cases = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            cases.append(
                Case(
                    said=fields["said"],
                    goal=fields.get("goal") or fields.get("expected"),
                    service=fields.get("service"),
                    category=fields.get("category"),
                    awaiting=fields.get("awaiting"),
                    must=tuple(fields.get("must") or ()),
                    any=tuple(fields.get("any") or ()),
                    section=(*_one_or_many(fields.get("section")), *fields.get("also", ())),
                    none_of_plan=bool(fields.get("none_of_plan")) or BEYOND in file.stem,
                    wants_nothing="wants_nothing" in file.stem,
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{file.name} line {number}: not a case ({type(error).__name__})") from error
    return cases


def _one_or_many(value: str | list[str] | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(value or ())
