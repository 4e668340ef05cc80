"""Whoever may write no more is told so, and is not asked for another time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.bookings import ActionBookService
from actions.complaints.complaints import ActionFileComplaint
from actions.core import drafts, read_back
from bot import wiring
from bot.services.bookings import bookings
from bot.services.bookings.bookings import PhoneLimits
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.hoarding import CaseLimits
from bot.store.store import Store

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("action", "form", "slots", "told"),
    [
        (
            ActionFileComplaint(),
            "file_complaint_form",
            {"category": "noise", "place": "东风社区", "description": "太吵", "phone": "-", "confirmation": "yes"},
            "utter_too_many_cases",
        ),
        (
            ActionBookService(),
            "book_service_form",
            {
                "offering": "meal-dongfeng", "service": "meal", "date": "2026-11-25", "time": "11:00", "party": 1,
                "name": "测试甲", "phone": "13900001234", "confirmation": "yes",
            },
            "utter_too_many_records",
        ),
    ],
    ids=["a case", "a booking"],
)  # fmt: skip
def test_the_resident_is_told_and_asked_nothing_more(
    action: Any, form: str, slots: dict[str, Any], told: str, office: Store, complaint: Callable[..., ComplaintRequest], now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(wiring, "case_limits", lambda: CaseLimits(per_conversation=1))
    monkeypatch.setattr(wiring, "phone_limits", lambda: PhoneLimits(records_per_hour=1))
    opened = conversations.open_conversation(office, channel="web", language="zh", now=now, address="203.0.113.9").id
    cases.file_case(office, complaint(conversation_id=opened), now, targets=Targets())
    slots = slots | {read_back.SLOT: read_back.fingerprint(slots, drafts.slots_of(form))}
    about = {"now": now.isoformat(), "conversation_id": opened, "client_message_id": "m1"}
    message = {"text": "确认", "intent": {"name": "affirm"}, "metadata": about}
    dispatcher = CollectingDispatcher()
    tracker = Tracker(f"{opened}-0", slots, message, [], False, None, {}, "action_listen")
    events = action.run(dispatcher, tracker, {})
    assert [one["response"] for one in dispatcher.messages] == [told]
    assert not any(event["event"] == "active_loop" and event["name"] for event in events)
    assert len(cases.of_conversation(office, opened)) == 1
    assert not bookings.of_conversation(office, opened)
