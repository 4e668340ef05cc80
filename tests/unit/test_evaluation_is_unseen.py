"""No sentence that measures the assistant was shown to it before."""

import json
import re

import frontmatter
import pytest
import yaml

from bot.settings import ROOT
from evaluation import unseen

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


@pytest.mark.parametrize(
    ("taught", "case"),
    [
        ("请问助餐点周末开不开门", "请问助餐点周末开不开门呀"),
        ("请问助餐点周末开不开门呀,谢谢", "请问助餐点周末开不开门"),
        ("請問助餐點週末開不開門", "请问助餐点周末开不开门"),
        ("请问助餐点周末开不开门", "請問助餐點，週末開不開門？"),
        ("Is the meal point open on weekends?", "is the meal point open on the weekends"),
    ],
)
def test_a_near_copy_is_found_whichever_was_copied_and_in_traditional_characters(taught: str, case: str) -> None:
    assert list(unseen.near_copies([taught], [case])) == [(taught, case)]


@pytest.mark.parametrize(
    ("taught", "case"),
    [
        ("请问助餐点周末开不开门", "助餐点的饭要不要提前一天订"),
        ("转人工", "转人工"),  # everybody's words
        ("I want a person", "I want a person"),
    ],
)
def test_other_words_and_everybodys_words_are_no_copies(taught: str, case: str) -> None:
    assert list(unseen.near_copies([taught], [case])) == []


def test_the_guard_sees_all_that_is_taught_and_all_that_measures() -> None:
    taught = {file for file, _ in unseen.taught_sentences()}
    measuring = {file.split("/")[-2] for file, _ in unseen.case_sentences()}
    assert {"book_service.yml", "answers/yes.zh.txt", "danger/none.en.txt", "meal_points_count.md"} <= taught
    assert {"goals", "policy", "danger", "answers", "residents"} <= measuring


def test_no_sentence_that_is_taught_is_nearly_a_case() -> None:
    """The sentences are not told: whoever teaches must not learn the cases. `python -m evaluation.unseen` counts them."""
    pairs = unseen.found()
    files = sorted({taught for key, (taught, _) in pairs.items() if key not in unseen.accepted()})
    assert not files, "say it otherwise, or leave it out"
