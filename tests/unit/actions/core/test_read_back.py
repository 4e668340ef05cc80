"""Whatever is said in whatever order: nothing is written but what was read back last, on a yes to that."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import bookings as booking_actions
from actions.core import read_back
from actions.core.asking import ask
from actions.core.forms import STOPPED
from actions.core.turn import Said, set_slots
from bot.dialogue.asked import BY_REPLY
from bot.services.bookings import bookings
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]
DRAFT = {
    "service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）", "date": "2026-11-25",
    "time": "11:00", "party": 1, "name": "孙丽", "phone": "13900100799",
}  # fmt: skip
SAYINGS = (
    ("好", "affirm", "yes"), ("不对", "deny", "no"), ("改一下", "inform", "change"), ("名字写错了,是陈德贵", "inform", "change"),
    ("要两份", "inform", "change"), ("啊", "inform", "content"), ("我不晓得", "inform", "unsure"), ("你等下", "inform", "not_for_us"),
    ("改成晚上", "inform", "change"), ("留着", "inform", "keep"),
)  # fmt: skip


def tracker_of(slots: dict[str, Any], events: list[dict[str, Any]]) -> Tracker:
    metadata = {"now": "2026-11-23T08:00:00+08:00", "conversation_id": "walk", "client_message_id": "walk"}
    message = {"text": "", "metadata": metadata}
    return Tracker("walk", dict(slots), message, events, False, None, {"name": booking_actions.FORM}, "action_listen")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=8), asked_wrong=st.booleans())
def test_a_random_walk_writes_only_what_was_read_back(
    office: Store, said: Says, walk: list[tuple[str, str, str]], asked_wrong: bool
) -> None:
    slots: dict[str, Any] = {**DRAFT, "requested_slot": "confirmation"}
    heard, question = _ask(slots)
    for words, intent, act in walk:
        asked = "read_back" if asked_wrong else question  # also when the question were named wrongly
        utterance = said(words, intent, "confirmation", act=act, asked=asked)
        step = booking_actions.booking_draft.take(utterance, slots, CollectingDispatcher())
        slots |= step or {"confirmation": None}
        if slots.get("confirmation") == "yes":
            break
        if slots.get("date") is None or slots.get("time") is None:
            return  # asked anew; not this walk's matter
        heard, question = _ask(slots)
    else:
        return
    before = len(bookings.of_conversation(office, "walk"))
    dispatcher = CollectingDispatcher()
    booking_actions.ActionBookService().run(dispatcher, tracker_of(slots, []), {})
    if len(bookings.of_conversation(office, "walk")) > before:
        assert question == "read_back"
        assert heard == {name: slots.get(name) for name in DRAFT}


def _ask(slots: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What was read back, and which question was put."""
    dispatcher = CollectingDispatcher()
    events = ask(booking_actions.FORM, "confirmation", dispatcher, tracker_of(slots, []))
    slots |= {event["name"]: event["value"] for event in events}
    told = dispatcher.messages[-1]["response"]
    return {name: slots.get(name) for name in DRAFT}, BY_REPLY[told]


def test_a_yes_without_a_summary_reads_back_instead_of_writing(office: Store) -> None:
    slots = {**DRAFT, "confirmation": "yes"}
    events = booking_actions.ActionBookService().run(CollectingDispatcher(), tracker_of(slots, []), {})
    assert bookings.of_conversation(office, "walk") == []
    assert {"event": "followup", "timestamp": None, "name": booking_actions.FORM} in events


def test_a_value_changed_after_the_summary_is_read_back_first(office: Store) -> None:
    names = tuple(DRAFT)
    slots = {**DRAFT, "confirmation": "yes", read_back.SLOT: read_back.fingerprint(DRAFT, names), "party": 3}
    booking_actions.ActionBookService().run(CollectingDispatcher(), tracker_of(slots, []), {})
    assert bookings.of_conversation(office, "walk") == []


def test_an_offer_of_a_person_is_the_only_question(office: Store) -> None:
    offered = {"event": "bot", "metadata": {"utter_action": "utter_offer_person"}}
    dispatcher = CollectingDispatcher()
    events = ask(booking_actions.FORM, "confirmation", dispatcher, tracker_of(DRAFT, [offered]))
    assert dispatcher.messages == []
    assert events == set_slots({read_back.SLOT: None})


def test_giving_up_is_told_and_nothing_is_written(office: Store) -> None:
    dispatcher = CollectingDispatcher()
    booking_actions.ActionBookService().run(dispatcher, tracker_of({**DRAFT, "confirmation": STOPPED}, []), {})
    assert [message["response"] for message in dispatcher.messages] == ["utter_draft_dropped"]
