"""Days and times to press: what is free, what the words understand too, and nothing of it in a call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.bookings.questions import BOOK, CHANGE
from actions.core.questions import Question, put
from actions.core.turn import Said
from bot.dialogue.replies import to_reply
from bot.services.bookings.bookings import BookingRequest, book
from bot.services.bookings.offerings import find_offerings
from bot.store.store import Store
from bot.turns import Tile

pytestmark = pytest.mark.store
Says = Callable[..., Said]
MEAL = {"service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）"}
OFFERINGS = (
    "meal-dongfeng",
    "bathing-dongfeng",
    "hall-dongfeng",
    "bus-laojie",
    "after-school-dongfeng",
    "venue-dongfeng",
)


def shown(question: Question, said: Said, draft: dict[str, Any], wording: int = 0) -> tuple[Tile, ...]:
    """As the page gets them."""
    dispatcher = CollectingDispatcher()
    put(question, question.wordings[wording], said, draft, dispatcher)
    [message] = dispatcher.messages
    return to_reply({"text": "?", "custom": message["custom"]}, said.language).tiles


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("offering_id", OFFERINGS)
def test_each_day_that_is_shown_is_understood_as_that_day(
    office: Store, said: Says, offering_id: str, english: bool
) -> None:
    language = "en" if english else "zh"
    offering = next(one for one in find_offerings(office) if one.id == offering_id)
    draft = {"service": offering.service, "offering": offering.id, "place": offering.place}
    days = shown(BOOK["date"], said("", language=language), draft)
    assert days
    for tile in days:
        updates = booking_draft.take(
            said(tile.payload, awaiting="date", language=language), draft, CollectingDispatcher()
        )
        times = shown(BOOK["time"], said("", language=language), {**draft, "date": updates["date"]})
        day = date.fromisoformat(updates["date"])
        assert day.isoweekday() in offering.weekdays
        assert str(day.day) in tile.title
        for one in times[:3]:
            answer = said(one.payload, awaiting="time", language=language)
            taken = booking_draft.take(answer, {**draft, "date": updates["date"], "time": None}, CollectingDispatcher())
            assert taken["time"] in {f"{window.starts:%H:%M}" for window in offering.windows}


def test_what_is_full_is_no_tile_and_what_is_nearly_full_says_so(office: Store, said: Says, now: datetime) -> None:
    request = BookingRequest(
        offering_id="bathing-dongfeng", day=date(2026, 11, 24), starts=time(9), party=1, name="孙莉", phone="13900100788",
        address=None, beneficiary=None, note=None, conversation_id="walk", client_message_id="1", language="zh", channel="web",
    )  # fmt: skip
    offering = next(one for one in find_offerings(office) if one.id == "bathing-dongfeng")
    first = shown(BOOK["date"], said(""), {"service": "bathing", "offering": offering.id})[0]
    updates = booking_draft.take(
        said(first.payload, awaiting="date"), {"service": "bathing", "offering": offering.id}, CollectingDispatcher()
    )
    draft = {"service": "bathing", "offering": offering.id, "date": updates["date"]}
    before = shown(BOOK["time"], said(""), draft)
    assert before[0].note == "还有2个名额"
    starts = min(window.starts for window in offering.windows)
    wanted = replace(request, day=date.fromisoformat(updates["date"]), starts=starts)
    book(office, wanted, now)
    assert shown(BOOK["time"], said(""), draft)[0].note == "还有1个名额"
    book(office, replace(wanted, client_message_id="2", phone="13900100799"), now)
    after = shown(BOOK["time"], said(""), draft)
    assert [one.title for one in after] == [one.title for one in before[1:]]


def test_the_part_of_the_day_that_was_named_narrows_the_times(office: Store, said: Says) -> None:
    draft = {**MEAL, "date": "2026-11-25"}
    every = shown(BOOK["time"], said(""), draft)
    evening = shown(BOOK["time"], said("晚上"), draft)
    assert set(evening) < set(every)
    assert all("下午5" in one.title or "晚上" in one.title for one in evening)


def test_they_are_there_from_the_first_wording_on_and_when_a_booking_is_moved(office: Store, said: Says) -> None:
    for wording in range(3):
        assert shown(BOOK["date"], said(""), MEAL, wording) == shown(CHANGE["date"], said(""), MEAL, wording) != ()
        on_a_day = {**MEAL, "date": "2026-11-25"}
        assert shown(CHANGE["time"], said(""), on_a_day, wording) == shown(BOOK["time"], said(""), on_a_day) != ()


def test_there_are_none_before_the_place_is_known_and_none_in_a_call(office: Store, said: Says) -> None:
    assert shown(BOOK["date"], said(""), {"service": "meal"}) == ()
    assert shown(BOOK["date"], said("", channel="phone"), MEAL) == ()
    assert shown(BOOK["service"], said(""), {}) == ()
