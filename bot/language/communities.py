"""The communities of the subdistrict, as the office lists them in data/policy/communities.csv."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "data" / "policy" / "communities.csv"


@dataclass(frozen=True)
class Community:
    name: str
    """With 社区."""
    name_en: str

    @property
    def short(self) -> str:
        """东风, as people say it."""
        return self.name.removesuffix("社区")


@cache
def communities() -> tuple[Community, ...]:
    with _FILE.open(encoding="utf-8-sig", newline="") as file:
        return tuple(Community(line["name"], line["name_en"]) for line in csv.DictReader(file))


def names_community(text: str) -> bool:
    said = text.lower()
    return any(one.short in said or one.name_en.lower() in said for one in communities())


def whole_place(known: str | None, told: str) -> str:
    """What was told, in the community that is known already: 「东风社区」 and then 「菜场门口」 is one place."""
    if not known or names_community(told):
        return told
    for one in communities():
        if one.name in known or one.short in known:
            return f"{one.name}{told}"
        if one.name_en.lower() in known.lower():
            return f"{told}, {one.name_en} community"
    return told
