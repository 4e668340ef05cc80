"""What residents say on ordinary days, as the training data of the goals and the pages show it: no danger."""

from collections.abc import Iterator

import frontmatter
import yaml

from bot.language.readers.sentence_model import Example
from bot.settings import ROOT

NOT_ORDINARY = {"emergency"}
QUESTION_HEADINGS = ("问法", "Questions")


def ordinary_turns() -> list[Example]:
    """In a fixed order, each once. What `data/danger` files elsewhere is learnt as filed there."""
    return [Example(text, "none") for text in dict.fromkeys([*_of_goals(), *_of_pages()])]


def _of_goals() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            if block.get("intent") not in NOT_ORDINARY:
                yield from (line.removeprefix("- ").strip() for line in block["examples"].splitlines() if line.strip())


def _of_pages() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "knowledge").glob("*.md")):
        for part in frontmatter.load(str(file)).content.split("\n## ")[1:]:
            heading, _, body = part.partition("\n")
            if heading.strip() in QUESTION_HEADINGS:
                yield from (line[2:].strip() for line in body.splitlines() if line.startswith("- "))
