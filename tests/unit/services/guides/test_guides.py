"""Guides: the right one by what people say, the case by two questions, and only the steps of that case."""

from datetime import datetime, timedelta

import pytest

from bot.services.guides import progress
from bot.services.guides.guides import Guides, parse_guide, read_guides
from bot.services.guides.progress import Progress
from bot.services.kernel.topics import erase_conversation
from bot.settings import ROOT
from bot.store.guides import queries
from bot.store.store import Store

pytestmark = pytest.mark.store


@pytest.fixture(scope="module")
def guides() -> Guides:
    return Guides(read_guides(ROOT / "data" / "guides"))


def test_every_guide_is_an_example_whose_steps_name_who_must_confirm_them(guides: Guides) -> None:
    assert set(guides.guides) == {"school_entry", "insurance_transfer", "medical_insurance"}
    for guide in guides.guides.values():
        assert guide.example, guide.id
        assert 2 <= len(guide.questions) <= 3, guide.id
        assert all(step.confirm["zh"] and step.confirm["en"] for step in guide.steps), guide.id
        assert all(step.long is None for step in guide.steps), "no time is invented"


def test_every_case_has_steps_and_every_step_a_case(guides: Guides) -> None:
    for guide in guides.guides.values():
        cases: list[dict[str, str]] = [{}]
        for question in guide.questions:
            cases = [{**case, question.id: option.id} for case in cases for option in question.options]
        used = [step for case in cases for step in guide.steps_of(case)]
        assert all(len(guide.steps_of(case)) >= 2 for case in cases), guide.id
        assert all(step in used for step in guide.steps), guide.id


@pytest.mark.parametrize(
    ("words", "language", "guide"),
    [
        ("我屋里伢要上小学，一步步教我", "zh", "school_entry"),
        ("外地的社保想转回来，么样弄", "zh", "insurance_transfer"),
        ("医保怎么参加，步骤说一下", "zh", "medical_insurance"),
        ("walk me through school enrolment", "en", "school_entry"),
        ("steps to transfer my social insurance", "en", "insurance_transfer"),
    ],
)
def test_a_guide_is_found_by_what_people_say(guides: Guides, words: str, language: str, guide: str) -> None:
    found = guides.find(words, language)
    assert found is not None
    assert found.id == guide


def test_words_about_something_else_find_none(guides: Guides) -> None:
    assert guides.find("办事步骤", "zh") is None
    assert guides.find("怎么办护照", "zh") is None


def test_an_answer_is_read_by_its_words_or_by_yes_and_no(guides: Guides) -> None:
    question = guides.guides["school_entry"].questions[0]

    def chosen(text: str, act: str, language: str = "zh") -> str | None:
        option = question.option(text, act, language)
        return option.id if option else None

    assert chosen("户口在外地", "content") == "away"
    assert chosen("是的", "yes") == "local"
    assert chosen("不在", "no") == "away"
    assert chosen("registered elsewhere", "content", "en") == "away"
    assert chosen("今天天气不错", "content") is None


def test_progress_is_kept_with_the_conversation_and_goes_with_it(store: Store, now: datetime) -> None:
    assert progress.kept(store, "talk") is None
    progress.keep(store, "talk", Progress("school_entry", {"household": "away"}, 0), now)
    progress.keep(store, "talk", Progress("school_entry", {"household": "away"}, 2), now)
    assert progress.kept(store, "talk") == Progress("school_entry", {"household": "away"}, 2)
    with store.unit() as unit:
        erase_conversation(unit, "talk")
        unit.commit()
    assert progress.kept(store, "talk") is None


def test_old_progress_is_deleted_in_time(store: Store, now: datetime) -> None:
    progress.keep(store, "old", Progress("school_entry", {}, 0), now - timedelta(days=40))
    progress.keep(store, "new", Progress("school_entry", {}, 0), now)
    with store.unit() as unit:
        assert queries.progress_before(unit, now - timedelta(days=30), 100) == 1
        unit.commit()
    assert progress.kept(store, "old") is None
    assert progress.kept(store, "new") is not None


def test_a_guide_without_questions_is_refused() -> None:
    with pytest.raises(ValueError, match=r"x\.md"):
        parse_guide("---\nid: x\ntitle: {zh: 甲, en: a}\n---\n", "x.md")
