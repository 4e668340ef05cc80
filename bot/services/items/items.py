"""The catalogue of items: which department handles what, where, with which papers, how long, and whom it serves.

The files of data/items say of each entry which sections of the plan stand behind it, or that it is an example which
somebody has yet to confirm.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.language.zh import synonyms
from bot.language.zh.question_kind import Kind, kinds_of
from bot.services.pages.knowledge import Knowledge, Page

NEAR_ENOUGH = {"zh": 0.25, "en": 0.26}
"""Score, 0 to 1. Below it the catalogue has nothing about the question. From leaving its own questions out in turn."""
SHORT = {"zh": 9, "en": 6}
"""Characters (Chinese) or words (English). A question up to this long may lean on the item before."""
NAMES_SOMETHING: frozenset[Kind] = frozenset({"who", "what"})
"""Questions that say themselves what they are about: “which department handles dogs” is not about the item before."""
TOPIC = "item:"
"""Before the id of an item, as the topic of a conversation."""

Words = dict[str, str]
"""By language."""


@dataclass(frozen=True)
class Item:
    id: str
    title: Words
    department: Words
    window: Words
    papers: dict[str, tuple[str, ...]]
    serves: Words
    days: Words | None
    """None where nobody has set a time limit that we know of."""
    sections: tuple[str, ...]
    """Of the plan; empty where it says nothing of this item."""
    example: bool
    """Made up to show how it works; `confirm` says who has to confirm it."""
    confirm: Words
    asked: dict[str, tuple[str, ...]]
    """Example questions."""


def read_items(folder: Path) -> list[Item]:
    """All items of the files below `folder`. Raises ValueError with the file's name when a part is missing."""
    found: list[Item] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            data = yaml.safe_load(file.read_text("utf-8"))
            found += [_item(entry, data["department"]) for entry in data["items"]]
        except (KeyError, TypeError, yaml.YAMLError) as error:
            raise ValueError(f"{file.name} lacks {error}") from error
    return found


def _item(entry: dict[str, Any], department: Words) -> Item:
    example, sections = bool(entry.get("example", False)), tuple(entry.get("sections", ()))
    if not (example or sections):
        raise KeyError(f"sections or example of {entry['id']}")
    return Item(
        id=entry["id"],
        title=entry["title"],
        department=department,
        window=entry["window"],
        papers={language: tuple(papers) for language, papers in entry["papers"].items()},
        serves=entry["serves"],
        days=entry.get("days"),
        sections=sections,
        example=example,
        confirm=entry.get("confirm", department),
        asked={language: tuple(questions) for language, questions in entry["ask"].items()},
    )


class Catalogue:
    """Search over the items, as over pages, by words and sounds: names of items are nearly all that counts."""

    def __init__(self, items: list[Item]) -> None:
        self.items = {item.id: item for item in items}
        self._pages = Knowledge([_page(item) for item in items])

    def find(self, question: str, language: str, *, topic: str | None = None) -> Item | None:
        """The item that the question is about; one that names none leans on the item of `topic`."""
        page, hit = self._pages.search(question, language)[0]
        if hit.score >= NEAR_ENOUGH[language]:
            return self.items[page.id]
        last = self.items.get((topic or "").removeprefix(TOPIC)) if (topic or "").startswith(TOPIC) else None
        leans = _length(question, language) <= SHORT[language] and asked_kinds(question, language) - NAMES_SOMETHING
        return last if leans else None


def asked_kinds(question: str, language: str) -> frozenset[Kind]:
    """What of the item is asked for: papers, days, place, who it serves …"""
    plain = synonyms.plain(question) if language == "zh" else question
    return frozenset(kinds_of(plain, language))


def _length(question: str, language: str) -> int:
    return len(re.sub(r"\W", "", question)) if language == "zh" else len(question.split())


def _page(item: Item) -> Page:
    text = {
        language: " ".join([item.department[language], item.window[language], item.serves[language]])
        for language in ("zh", "en")
    }
    return Page(item.id, item.id, item.title, text, text, item.sections, (), item.asked)
