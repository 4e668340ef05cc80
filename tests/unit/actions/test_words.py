"""How dates, times and numbers of people are put into words."""

from datetime import date, time

import pytest

from actions.words import alternatives_buttons, alternatives_words, party_words
from bot.services.offerings import Window

pytestmark = pytest.mark.unit
NOON = (date(2026, 11, 24), Window(time(11), time(12, 30)))


def test_alternatives_are_told_and_can_be_tapped() -> None:
    assert alternatives_words([NOON], "zh") == "11月24号,星期二上午11点"
    assert alternatives_buttons([NOON], "en") == [{"title": w, "payload": w} for w in ["Tuesday 24 November 11:00 am"]]
    assert alternatives_words([], "zh") == "暂时没有"


def test_people_and_meals_are_counted_as_people_do() -> None:
    assert [party_words(2, "meal", "zh"), party_words(2, "bathing", "zh")] == ["2份", "2人"]
    assert [party_words(1, "meal", "en"), party_words(2, "venue", "en")] == ["1 meal", "2 people"]
