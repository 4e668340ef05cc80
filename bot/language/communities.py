"""The communities of the subdistrict, as the office lists them in data/policy/communities.csv."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SYLLABLE = re.compile("[^aeiou]*[aeiou]+(?:ng?(?![aeiou]))?", re.IGNORECASE)
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

    @property
    def said_en(self) -> str:
        """A pattern for its English name in one word or, as it is spelled by its signs, in two: Dong feng."""
        return "[ -]?".join(_SYLLABLE.findall(self.name_en)) or re.escape(self.name_en)


@cache
def communities() -> tuple[Community, ...]:
    with _FILE.open(encoding="utf-8-sig", newline="") as file:
        return tuple(Community(line["name"], line["name_en"]) for line in csv.DictReader(file))


def names_community(text: str) -> bool:
    return community_in(text) is not None


def as_misheard(text: str) -> str:
    """On a line, a community that we do not have is the only one of ours that shares a sign with it: 新冶社区 is 新街社区."""

    def ours(found: re.Match[str]) -> str:
        shared = [one for one in communities() if any(a == b for a, b in zip(one.short, found[1], strict=False))]
        return shared[0].name if len(shared) == 1 else found[0]

    known = "|".join(one.short for one in communities())
    return re.sub(rf"((?!{known})[㐀-鿿]{{2}})社区", ours, text)


def is_only_community(text: str) -> bool:
    """Does the text name one of our communities and nothing closer?"""
    bare = text.strip(" ,.，。").lower()
    return any(
        bare in (one.name, one.short, one.name_en.lower(), f"{one.name_en} community".lower()) for one in communities()
    )


def community_in(text: str) -> str | None:
    """The whole name of the first community that the text names in short or in full: 「约东风大厅」. 老街坊 names none."""
    for one in communities():
        if re.search(rf"{re.escape(one.short)}(?!坊)", text):
            return one.name
        if re.search(rf"\b{one.said_en}\b", text, re.IGNORECASE):
            return f"{one.name_en} community"
    return None


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
