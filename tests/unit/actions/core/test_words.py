"""How dates, times and numbers of people are put into words."""

from datetime import date, time

import pytest

from actions.core.words import ahead_words, alternatives, most_words, notice_words, party_words
from bot.services.bookings.offerings import Window

pytestmark = pytest.mark.unit
NOON = (date(2026, 11, 24), Window(time(11), time(12, 30)))


def test_alternatives_are_told_with_their_day() -> None:
    assert [one.title for one in alternatives([NOON], "zh")] == ["11月24号，星期二上午11点"]
    assert [one.payload for one in alternatives([NOON], "en")] == ["Tuesday 24 November 11:00 am"]


def test_people_and_meals_are_counted_as_people_do() -> None:
    assert [party_words(2, "meal", "zh"), party_words(2, "bathing", "zh")] == ["2份", "2人"]
    assert [party_words(1, "meal", "en"), party_words(2, "venue", "en")] == ["1 meal", "2 people"]
    assert [most_words(5, "meal", "zh"), most_words(5, "venue", "zh"), most_words(5, "meal", "en")] == [
        "订5份",
        "5个人",
        "5 meals",
    ]


def test_the_first_on_the_waiting_list_is_told_so() -> None:
    assert [ahead_words(1, "zh"), ahead_words(3, "zh")] == ["您排在第一位", "前面还有2位"]
    assert [ahead_words(1, "en"), ahead_words(2, "en")] == ["you are first", "there is 1 ahead of you"]


def test_a_day_is_not_called_twenty_four_hours() -> None:
    assert [notice_words(hours, "zh") for hours in (2, 24, 48, 36)] == ["2小时", "一天", "两天", "36小时"]
    assert [notice_words(hours, "en") for hours in (24, 72)] == ["a day", "3 days"]
