"""No sentence that measures the assistant was shown to it before."""

import json
import re

import frontmatter
import pytest
import yaml

from bot.settings import ROOT

pytestmark = pytest.mark.unit

QUESTION_HEADINGS = ("问法", "Questions")


def plain(sentence: str) -> str:
    """Letters and digits only, lower case."""
    return re.sub(r"[\W_]+", "", sentence.lower())


def examples() -> set[str]:
    found = set()
    for file in (ROOT / "data" / "nlu").rglob("*.yml"):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            found |= {plain(line.removeprefix("- ")) for line in block["examples"].splitlines()}
    return found


def page_questions() -> set[str]:
    found = set()
    for file in (ROOT / "data" / "knowledge").glob("*.md"):
        for part in frontmatter.load(str(file)).content.split("\n## ")[1:]:
            heading, _, body = part.partition("\n")
            if heading.strip() in QUESTION_HEADINGS:
                found |= {plain(line[2:]) for line in body.splitlines() if line.startswith("- ")}
    return found


def cases() -> dict[str, str]:
    return {
        plain(json.loads(line)["said"]): f"{file.name}:{number}"
        for file in (ROOT / "evaluation").glob("*/*.jsonl")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if "results" not in file.parts and line.strip()
    }


def test_no_case_is_a_training_example() -> None:
    shown = examples()
    assert len(shown) > 5000
    assert {place for said, place in cases().items() if said in shown} == set()


def test_no_case_is_a_question_on_a_page() -> None:
    shown = page_questions()
    assert len(shown) > 1000
    assert {place for said, place in cases().items() if said in shown} == set()
