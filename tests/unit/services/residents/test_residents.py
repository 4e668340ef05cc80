"""Showing and erasing what we keep about one person."""

from collections.abc import Callable
from datetime import datetime, time

import pytest

from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.handover.handover import ERASURE, request_person
from bot.services.kernel.deadlines import Targets
from bot.services.residents.residents import erase_resident, export_resident, found_of
from bot.store.cases import queries as case_queries
from bot.store.store import Store
from tests.records import advance_case

pytestmark = pytest.mark.store

PHONE = "139 0000 1234"


def test_erasing_leaves_nothing_personal_and_frees_the_seat(
    store: Store,
    offer: Callable[..., str],
    booking_request: Callable[..., BookingRequest],
    complaint: Callable[..., ComplaintRequest],
    now: datetime,
) -> None:
    offer()
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    mine = bookings.book(store, booking_request(conversation_id=opened.id), now)
    waiting = booking_request(conversation_id="b", phone="13800000000", name="测试丙")
    bookings.join_waiting_list(store, waiting, now)
    case = cases.file_case(store, complaint(conversation_id=opened.id), now, targets=Targets())
    other = cases.file_case(store, complaint(conversation_id="b", phone="13800000000"), now, targets=Targets())
    there = found_of(store, PHONE)
    filed = {"bookings": 1, "cases": 1, "conversations": 1}
    assert {kind: count for kind, count in there.items() if count} == filed
    found = export_resident(store, PHONE)
    assert [one["number"] for one in found["bookings"]] == [mine.number]
    assert [one["number"] for one in found["cases"]] == [case.number]

    erased = erase_resident(store, PHONE, now)

    assert {kind: count for kind, count in erased.items() if count} == filed
    assert not any(export_resident(store, PHONE).values())
    assert not any(found_of(store, PHONE).values())
    assert cases.of_conversation(store, opened.id) == []
    assert conversations.history(store, opened.id) == []
    assert bookings.of_conversation(store, "b")[0].state == "offered"
    assert cases.of_conversation(store, "b")[0].text == other.text
    with store.reading() as unit:
        row = case_queries.case(unit, case.number)
        assert row is not None
        assert row.state == "closed"  # nobody could work on a case without words
        assert [event.action for event in row.events][-2:] == ["withdrawn", "erased"]
    left = advance_case(store, case.number, "reopened", actor="staff-7", note=None, now=now)
    assert (left.category, left.text, left.place, left.phone_tail) == (case.category, "", "", None)


def test_a_wish_to_be_erased_goes_to_a_person(store: Store, now: datetime) -> None:
    about = {"phone": PHONE, "client_message_id": "m1", "channel": "web", "language": "zh", "now": now}
    asked = request_person(store, conversation_id="a", reason=ERASURE, **about)
    assert asked.state == "open"
    assert export_resident(store, PHONE)["handovers"][0]["reason"] == "erase"


def test_a_cancelled_booking_is_exported_too(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    booking = bookings.book(store, booking_request(), now)
    bookings.cancel_booking(store, booking.number, client_message_id="m2", now=now)
    shown = export_resident(store, PHONE)["bookings"][0]
    assert (shown["state"], shown["starts"]) == ("cancelled", time(11).isoformat("minutes"))
