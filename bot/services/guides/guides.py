"""Guides: two or three questions find the case, then the steps of it with papers, where, how long and who must confirm."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from bot.language import choices
from bot.services.pages.knowledge import Knowledge, Page

NEAR_ENOUGH = {"zh": 0.25, "en": 0.28}
"""Score, 0 to 1. Below it no guide is about what was said."""

Words = dict[str, str]
"""By language."""
Case = Mapping[str, str]
"""Which option was chosen, by the id of the question."""


@dataclass(frozen=True)
class Option:
    id: str
    words: Words
    answers: str | None
    """"yes" or "no", where that chooses it."""


@dataclass(frozen=True)
class Question:
    id: str
    ask: Words
    options: tuple[Option, ...]

    def option(self, text: str, act: str, language: str) -> Option | None:
        """The one that the words name; where they name none, the one that a yes or no (`act`) or a part of it chooses."""
        titles = [option.words[language] for option in self.options]
        at = choices.named(text, titles)
        act = choices.echoed(text, self.ask[language]) or act
        if at is None and act not in ("yes", "no"):
            at = choices.hinted(text, titles)
        if at is not None:
            return self.options[at]
        return next((option for option in self.options if option.answers and option.answers == act), None)


@dataclass(frozen=True)
class Step:
    do: Words
    papers: dict[str, tuple[str, ...]]
    where: Words
    long: Words | None
    """How long it takes; None where nobody has confirmed that."""
    confirm: Words
    """Who must confirm the step."""
    only: dict[str, tuple[str, ...]]
    """For which cases: options by the id of the question. Empty is all."""

    def belongs_to(self, case: Case) -> bool:
        return all(case.get(question) in options for question, options in self.only.items())


@dataclass(frozen=True)
class Guide:
    id: str
    title: Words
    sections: tuple[str, ...]
    """Of the plan, which names the service and none of its steps."""
    example: bool
    """An editor has not confirmed it yet."""
    asked: dict[str, tuple[str, ...]]
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]

    def next_question(self, case: Case) -> Question | None:
        return next((question for question in self.questions if question.id not in case), None)

    def steps_of(self, case: Case) -> list[Step]:
        return [step for step in self.steps if step.belongs_to(case)]


class Guides:
    """All guides, and the search over them."""

    def __init__(self, guides: list[Guide]) -> None:
        self.guides = {guide.id: guide for guide in guides}
        pages = [Page(g.id, g.id, g.title, g.title, g.title, g.sections, (), g.asked) for g in guides]
        self._pages = Knowledge(pages)

    def find(self, text: str, language: str) -> Guide | None:
        """The guide that the words are about."""
        page, hit = self._pages.search(text, language)[0]
        return self.guides[page.id] if hit.score >= NEAR_ENOUGH[language] else None


def read_guides(folder: Path) -> list[Guide]:
    """All guides below `folder`. Raises ValueError with the file's name when a part is missing."""
    return [parse_guide(path.read_text("utf-8"), path.name) for path in sorted(folder.glob("*.md"))]


def parse_guide(text: str, name: str) -> Guide:
    """Raises ValueError with `name` when a part is missing."""
    try:
        data = frontmatter.loads(text).metadata
        return Guide(
            id=str(data["id"]),
            title=_words(data["title"]),
            sections=tuple(_list(data["sections"])),
            example=bool(data.get("example", False)),
            asked={language: tuple(_list(said)) for language, said in _dict(data["ask"]).items()},
            questions=tuple(_question(entry) for entry in _list(data["questions"])),
            steps=tuple(_step(entry) for entry in _list(data["steps"])),
        )
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise ValueError(f"{name} lacks {error}") from error


def _question(entry: dict[str, Any]) -> Question:
    options = tuple(
        Option(str(option["id"]), {"zh": option["zh"], "en": option["en"]}, option.get("answers"))
        for option in entry["options"]
    )
    return Question(str(entry["id"]), _words(entry["ask"]), options)


def _step(entry: dict[str, Any]) -> Step:
    return Step(
        do=_words(entry["do"]),
        papers={language: tuple(papers) for language, papers in entry["papers"].items()},
        where=_words(entry["where"]),
        long=_words(entry["long"]) if "long" in entry else None,
        confirm=_words(entry["confirm"]),
        only={question: tuple(options) for question, options in entry.get("only", {}).items()},
    )


def _words(value: object) -> Words:
    words = _dict(value)
    return {"zh": str(words["zh"]), "en": str(words["en"])}


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("words by language")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list")
    return value
