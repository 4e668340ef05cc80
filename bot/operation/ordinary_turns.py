"""What residents say on ordinary days, as the training data of goals, pages and answers show it: no danger."""

from collections.abc import Iterator

import frontmatter
import yaml

from bot.language.readers.sentence_model import Example
from bot.settings import ROOT

NOT_ORDINARY = {"emergency"}
QUESTION_HEADINGS = ("问法", "Questions")
SHORT_ANSWERS = ("anonymous", "any", "change", "keep", "no", "other_time", "stop", "unsure", "wait")
"""Acts whose words answer us and tell of nothing: 我就不露面了. Content may tell of anything."""


def ordinary_turns() -> list[Example]:
    """In a fixed order, each once. What `data/danger` files elsewhere is learnt as filed there."""
    return [Example(text, "none") for text in dict.fromkeys([*_of_goals(), *_of_pages(), *_of_answers()])]


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


def _of_answers() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "answers").glob("*.txt")):
        if file.name.split(".")[0] in SHORT_ANSWERS:
            yield from (line for line in file.read_text("utf-8").splitlines() if line and line[0] not in "#[")
