"""The catalogue of items: found by what people call them, and silent about what it does not hold."""

from pathlib import Path

import pytest

from bot.services.items.items import TOPIC, Catalogue, asked_kinds, read_items
from bot.settings import ROOT

FOLDER = ROOT / "data" / "items"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(read_items(FOLDER))


def test_every_item_names_its_section_or_is_an_example_that_somebody_must_confirm(catalogue: Catalogue) -> None:
    assert len(catalogue.items) >= 25
    for item in catalogue.items.values():
        assert item.sections or (item.example and item.confirm["zh"] and item.confirm["en"]), item.id
        assert all(item.asked[language] for language in ("zh", "en")), item.id


def test_a_time_limit_stands_only_where_the_plan_gives_one(catalogue: Catalogue) -> None:
    limited = [item for item in catalogue.items.values() if item.days]
    assert {item.id for item in limited} == {"neighbour_mediation", "illegal_building"}
    assert all("3.2" in item.sections for item in limited)


def test_the_three_departments_are_those_of_the_plan(catalogue: Catalogue) -> None:
    assert {item.department["zh"] for item in catalogue.items.values()} == {"综合执法队", "公共服务部", "社区治理部"}


@pytest.mark.parametrize(
    ("question", "language", "item"),
    [
        ("我想问下低保归哪个管", "zh", "subsistence_allowance"),
        ("残疾证在哪个窗口办", "zh", "disability_certificate"),
        ("社保卡掉了去哪补", "zh", "social_security_card"),
        ("外地人的居住证几天办好", "zh", "residence_permit"),
        ("路边摆摊归哪个部门管", "zh", "street_vending"),
        ("which department handles illegal parking", "en", "parking"),
        ("where do I apply for the subsistence allowance", "en", "subsistence_allowance"),
    ],
)
def test_an_item_is_found_by_what_people_call_it(catalogue: Catalogue, question: str, language: str, item: str) -> None:
    found = catalogue.find(question, language)
    assert found is not None
    assert found.id == item


@pytest.mark.parametrize(
    ("question", "language"),
    [("护照在哪办", "zh"), ("遛狗归谁管", "zh"), ("飞机晚点找谁", "zh"), ("Where do I get a passport?", "en")],
)
def test_what_is_not_in_it_is_not_guessed(catalogue: Catalogue, question: str, language: str) -> None:
    assert catalogue.find(question, language) is None


def test_a_short_question_leans_on_the_item_before(catalogue: Catalogue) -> None:
    found = catalogue.find("那要几天", "zh", topic=f"{TOPIC}disability_certificate")
    assert found is not None
    assert found.id == "disability_certificate"
    assert catalogue.find("那要几天", "zh", topic="meal_points_count") is None


def test_what_of_an_item_is_asked_for() -> None:
    assert "documents" in asked_kinds("办残疾证要带什么材料", "zh")
    assert "when" in asked_kinds("几天能办好", "zh")
    assert "place" in asked_kinds("where is it done", "en")


def test_an_entry_without_section_and_example_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("department: {zh: 甲, en: a}\nitems:\n  - id: made_up\n", "utf-8")
    with pytest.raises(ValueError, match=r"x\.yml"):
        read_items(tmp_path)
