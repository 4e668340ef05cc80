"""The office chooses how long a freed seat is held; a cancellation by chat keeps to it like one at the desk."""

import ast
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select

from actions.bookings.change import ActionCommitChange
from actions.bookings.records import ActionCommitCancellation
from actions.core import drafts, read_back
from bot import wiring
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.settings import ROOT, Settings
from bot.store.bookings.tables import Booking
from bot.store.store import Store

pytestmark = pytest.mark.unit

TAKES_OFFER_HOURS = {"cancel_booking", "change_booking", "erase_resident", "set_capacity", "set_offering_capacity"}


@pytest.mark.parametrize(
    ("action", "form"),
    [(ActionCommitCancellation(), "cancel_booking_form"), (ActionCommitChange(), "change_booking_form")],
    ids=["cancel", "change"],
)
def test_a_seat_freed_by_chat_is_held_as_long_as_the_office_says(
    action: Any,
    form: str,
    store: Store,
    offer: Callable[..., str],
    booking_request: Callable[..., BookingRequest],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer()
    held = bookings.book(store, booking_request(), now)
    waiting = bookings.join_waiting_list(store, booking_request(conversation_id="b"), now)
    chosen = Settings(waiting_offer_hours=1)
    monkeypatch.setattr(wiring, "store", lambda: store)
    monkeypatch.setattr(wiring, "settings", lambda: chosen)
    slots = {"record": held.number, "confirmation": "yes", "date": "2026-11-25", "time": "11:00"}
    slots[read_back.SLOT] = read_back.fingerprint(slots, drafts.slots_of(form))
    about = {"now": now.isoformat(), "conversation_id": "conversation-a", "client_message_id": "m2"}
    message = {"text": "确认", "intent": {"name": "affirm"}, "metadata": about}
    action.run(CollectingDispatcher(), Tracker("a-0", slots, message, [], False, None, {}, "action_listen"), {})
    with store.reading() as unit:
        row = unit.session.scalars(select(Booking).where(Booking.number == waiting.number)).one()
        assert (row.state, row.offer_ends) == ("offered", now + timedelta(hours=1))


def test_whoever_frees_seats_says_how_long_they_are_held() -> None:
    silent = []
    for folder in ("actions", "api", "bot"):
        for file in (ROOT / folder).rglob("*.py"):
            if ".venv" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                if node.func.attr in TAKES_OFFER_HOURS and "offer_hours" not in {word.arg for word in node.keywords}:
                    silent.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert silent == []
