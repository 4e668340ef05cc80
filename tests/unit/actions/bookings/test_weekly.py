"""A series in the making: its days, its length, and what is left out. It is Monday 23 November 2026."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.bookings import weekly
from actions.core.turn import Said
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]
MEAL = {"service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）"}


def take(said: Said, draft: dict[str, Any]) -> dict[str, Any]:
    return draft | booking_draft.take(said, draft, CollectingDispatcher())


def test_one_breath_makes_a_whole_series(office: Store, said: Says) -> None:
    words = said("每周二四中午在东风社区吃饭,两个星期", "book_service", details={"service": "meal"})
    draft = take(words, {})
    assert (draft["weekly"]["weekdays"], draft["repeat"], draft["date"]) == ([1, 3], 2, "2026-11-24")
    assert draft["weekly"]["days"] == ["2026-11-24", "2026-11-26", "2026-12-01", "2026-12-03"]


def test_the_first_day_is_moved_to_one_of_its_days(office: Store, said: Says) -> None:
    draft = take(said("每周三五送", "book_service"), MEAL)
    assert draft["date"] == "2026-11-25"
    assert take(said("从26号开始", awaiting="date"), draft)["date"] == "2026-11-27"


def test_how_long_is_asked_and_answered_with_a_number(office: Store, said: Says) -> None:
    draft = take(said("每周三中午", "book_service"), MEAL)
    assert draft.get("repeat") is None
    assert take(said("三个", awaiting="repeat"), draft)["repeat"] == 3


def test_what_cannot_be_had_yet_is_told(office: Store, said: Says) -> None:
    draft = take(said("每周三中午,四个星期", "book_service"), MEAL)
    told = weekly.blanks(said(""), draft)
    assert told["count"] == 2
    assert "12月9号" in told["left_out"]
