"""What residents say on ordinary days, as the training data of the goals and the pages show it: no danger."""

from collections.abc import Iterator

import frontmatter
import yaml

from bot.language.readers.sentence_model import Example
from bot.settings import ROOT

EVERY = 3
"""One sentence out of so many is learnt from; the others measure false alarms."""
NOT_ORDINARY = {"emergency"}
QUESTION_HEADINGS = ("问法", "Questions")


def ordinary_turns() -> list[Example]:
    """The share that the reader of danger learns from."""
    return [Example(text, "none") for text in all_ordinary_turns()[::EVERY]]


def all_ordinary_turns() -> list[str]:
    """In a fixed order, each once."""
    return list(dict.fromkeys([*_of_goals(), *_of_pages()]))


def _of_goals() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            if block.get("intent") not in NOT_ORDINARY:
                yield from (line.removeprefix("- ").strip() for line in block["examples"].splitlines() if line.strip())


def _of_pages() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "knowledge").glob("*.md")):
        for part in frontmatter.load(str(file)).content.split("\n## ")[1:]:
            heading, _, body = part.partition("\n")
            if heading.strip() in QUESTION_HEADINGS:
                yield from (line[2:].strip() for line in body.splitlines() if line.startswith("- "))
