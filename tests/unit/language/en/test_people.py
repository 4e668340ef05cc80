"""Names and numbers of people in English words."""

from datetime import datetime

import pytest

from bot.language.entities import find_entities
from bot.language.masking import mask
from bot.language.times import HERE

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Keller. Martin Keller", "Martin Keller"),
        ("Lindqvist, Karin Lindqvist", "Karin Lindqvist"),
        ("it's Adeyemi, A-D-E-Y-E-M-I", "Adeyemi"),
        ("K-H-A-N", "Khan"),
        ("first name Rosa, last name Almeida", "Rosa Almeida"),
        ("family name Park, given name Ji Woo", "Ji Woo Park"),
        ("Osei, first name Kwame", "Kwame Osei"),
        ("my daughter's name is Lucia Moretti", "Lucia Moretti"),
        ("Farid Rahimi is my name", "Farid Rahimi"),
        ("this is Greta Holm speaking", "Greta Holm"),
        ("put down Zhao Ling please", "Zhao Ling"),
        ("you can write Boris", "Boris"),
        ("José Núñez", "José Núñez"),
        ("Mr. Do Van Minh", "Mr Do Van Minh"),
        ("my name is Klaus and I have two kids", "Klaus"),
        ("sorry, hello, Peter with a P", "Peter"),
    ],
)
def test_a_name_is_heard_however_it_is_told(said: str, name: str) -> None:
    assert find_entities(said, NOW, awaiting="name", language="en").name == name


@pytest.mark.parametrize("said", ["why do you need it", "I don't know", "can I stay anonymous", "the first one", "yes"])
def test_other_answers_are_no_name(said: str) -> None:
    assert find_entities(said, NOW, awaiting="name", language="en").name is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hello, I'm Martin Keller and I need a lunch", "Martin Keller"),
        ("I'm Portuguese, I need a lunch", None),
        ("I am Looking for a class", None),
    ],
)
def test_a_name_told_early_is_kept(said: str, name: str | None) -> None:
    assert find_entities(said, NOW, language="en").name == name


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("I'm coming alone", 1),
        ("by myself", 1),
        ("a couple", 2),
        ("my husband and me", 2),
        ("me plus three friends", 4),
        ("two adults and a child", 3),
        ("me, my wife and two kids", 4),
        ("five including me", 5),
    ],
)
def test_people_are_counted(said: str, people: int) -> None:
    assert find_entities(said, NOW, awaiting="party", language="en").count == people


@pytest.mark.parametrize("said", ["This is Renmin Road, the lamp is out", "I'm Near the Old Park, hello"])
def test_a_place_is_no_name(said: str) -> None:
    assert find_entities(said, NOW, language="en").name is None


def test_a_name_told_early_is_masked() -> None:
    assert "Keller" not in mask("Hello, I'm Martin Keller, I need a lunch")
