"""天天 tells as often how somebody lives as what they want: it is asked before a whole series is made."""

import pytest

from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


def test_once_is_one_day_and_the_day_is_asked(walk: Walk) -> None:
    assert walk.say("我天天一个人吃饭,帮我在东风社区助餐点订中饭", "book_service", service="meal") == [
        "utter_ask_once_or_daily"
    ]
    assert walk.say("就一次") == ["utter_ask_book_service_form_date"]
    walk.say("后天")
    assert (walk.slots["weekly"], walk.slots["date"], walk.slots["time"]) == (None, "2026-11-25", "11:00")


def test_every_day_is_a_series_of_so_many_weeks(walk: Walk) -> None:
    walk.say("东风社区助餐点,中午每天给我留一份", "book_service", service="meal")
    walk.say("每天都要,一个星期")
    assert (walk.slots["weekly"]["weekdays"], walk.slots["repeat"]) == ([0, 1, 2, 3, 4, 5, 6], 1)


@pytest.mark.parametrize("act", ["unsure", "no", "any"])
def test_who_does_not_know_gets_no_series(walk: Walk, act: str) -> None:
    walk.say("东风社区助餐点,我天天中午来", "book_service", service="meal")
    walk.say("我哪里说得准", act=act)
    assert (walk.slots["weekly"], walk.slots["requested_slot"]) == (None, "date")


def test_a_single_day_beside_it_is_what_is_meant(walk: Walk) -> None:
    walk.say("我天天没人做饭,明天中午东风社区助餐点来一份", "book_service", service="meal")
    assert (walk.slots["weekly"], walk.slots["date"]) == (None, "2026-11-24")


def test_from_a_day_on_it_is_a_series(walk: Walk) -> None:
    walk.say("从明天开始每天中午送一份到东风社区1栋101", "book_service", service="meal")
    assert walk.slots["weekly"]["daily"]


def test_where_any_day_will_do_nothing_comes_again(walk: Walk) -> None:
    walk.say("东风的手机班", "book_service", service="digital_class")
    walk.say("我天天都在屋里", act="any")
    assert walk.slots["weekly"] is None


def test_every_day_in_english_is_asked_too(walk: Walk) -> None:
    walk.language = "en"
    walk.say("I eat alone every day, lunch at Dongfeng please", "book_service", service="meal")
    assert walk.told == ["utter_ask_once_or_daily"]
    walk.say("just one day")
    assert walk.slots["requested_slot"] == "date"
