"""Simulated residents as their author wrote them: what they want, what they say when asked, and what must stand in the end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent.parent / "test_sets" / "residents"
DEV_ONLY = Path(__file__).parent.parent / "dev_sets" / "residents"
"""Residents of the newer topics, whose misses may be read: none of them counts for the final figure."""
Split = Literal["dev", "test"]
TEST_EVERY = 3
"""The author marked no split; in each file every third resident is kept for the final figure."""


@dataclass(frozen=True)
class Profile:
    id: str
    language: str
    topic: str
    """bookings, cases, follow_ups, handover; proposals, points, jobs, items, guides, offices, mandates, profiles; packages,
    council, staff, ratings, unmet."""
    style: str
    given: dict[str, Any]
    """A record that was there before; empty for none."""
    table: str
    where: dict[str, Any]
    opening: str
    replies: dict[str, list[str]]
    """By question: what is said the first time, the second time …; the last is said again and again."""
    refuses_at: str | None
    dev_only: bool = False

    @property
    def split(self) -> Split:
        if self.dev_only:
            return "dev"
        return "test" if int(self.id.rsplit("-", 1)[1]) % TEST_EVERY == 0 else "dev"

    @property
    def english(self) -> bool:
        return self.language == "en"


def read_profiles(folder: Path = FOLDER, *, dev_only: bool = False) -> list[Profile]:
    """All residents, file by file."""
    return [_profile(json.loads(line), dev_only) for line in _lines(folder)]


def read_newer() -> list[Profile]:
    """The residents of the newer topics."""
    return read_profiles(DEV_ONLY, dev_only=True)


def _lines(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.jsonl")):
        yield from (line for line in file.read_text("utf-8").splitlines() if line.strip())


def _profile(row: dict[str, Any], dev_only: bool) -> Profile:
    return Profile(
        id=row["id"],
        language=row["language"],
        topic=row["topic"],
        style=row["style"],
        given=row["facts"].get("given") or {},
        table=row["goal"]["table"],
        where=row["goal"]["where"],
        opening=row["opening"],
        replies=row["replies"],
        refuses_at=row["refuses_at"],
        dev_only=dev_only,
    )
