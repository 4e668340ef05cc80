"""When the service hall is open, and what to bring there or to the service bus: a table of the office.

Rows that the office has not confirmed are examples (示例). They are read, so that a table is checked, and told to nobody.
"""

import csv
from dataclasses import dataclass
from datetime import time
from pathlib import Path

DAYS = 7


@dataclass(frozen=True)
class Hours:
    name: str
    name_en: str
    weekdays: tuple[int, ...]
    """1 is Monday, 7 is Sunday."""
    opens: time
    closes: time

    def named(self, language: str) -> str:
        return self.name_en if language == "en" else self.name


@dataclass(frozen=True)
class Hall:
    hours: tuple[Hours, ...]
    """In the order of the table; empty until the office has confirmed some."""
    bring: dict[str, tuple[str, ...]]
    """What to bring, by language; likewise."""

    def on(self, weekday: int) -> tuple[Hours, ...]:
        """The hours of one day of the week, 1 to 7."""
        return tuple(one for one in self.hours if weekday in one.weekdays)


def read_hall(file: Path) -> Hall:
    """Raises ValueError for a line that cannot be read."""
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    hours = [(_hours(row), row["is_example"]) for row in rows if row["kind"] == "hours"]
    bring = [row for row in rows if row["kind"] == "bring"]
    if not hours or not bring:
        raise ValueError(f"{file.name} lacks hours, or what to bring")
    confirmed = [row for row in bring if row["is_example"] == "no"]
    return Hall(
        tuple(one for one, example in hours if example == "no"),
        {"zh": tuple(row["name"] for row in confirmed), "en": tuple(row["name_en"] for row in confirmed)},
    )


def _hours(row: dict[str, str]) -> Hours:
    first, _, last = row["weekdays"].partition("-")
    weekdays = tuple(range(int(first), int(last or first) + 1))
    opens, closes = time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"])
    if not weekdays or weekdays[0] < 1 or weekdays[-1] > DAYS or opens >= closes:
        raise ValueError(f"no hours: {row['name']}")
    return Hours(row["name"], row["name_en"], weekdays, opens, closes)
