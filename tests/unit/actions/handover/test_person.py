"""A person asked for in the middle of a matter: with a number, once, and the matter is kept. It can be taken back."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handover.handover import ActionCallback, ActionRequestPerson, ValidateCallbackForm
from bot.store.handover.tables import Handover
from bot.store.store import Store

pytestmark = pytest.mark.store
DRAFT = {
    "service": "meal",
    "offering": "meal-dongfeng",
    "place": "东风社区助餐点（示例）",
    "name": "周梅",
    "phone": "13900100901",
}


def tracker_of(text: str, slots: dict[str, Any], form: str | None, message_id: str = "m1", **about: Any) -> Tracker:
    metadata = {
        "now": "2026-11-23T08:00:00+08:00", "conversation_id": "conversation-a", "client_message_id": message_id, **about,
    }  # fmt: skip
    message = {"text": text, "intent": {"name": about.get("intent", "inform")}, "metadata": metadata}
    loop = {"name": form} if form else {}
    return Tracker("conversation-a-0", slots, message, [], False, None, loop, "action_listen")


def slots_of(events: list[Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def open_requests(store: Store) -> list[str]:
    with store.reading() as unit:
        return [row.state for row in unit.session.query(Handover).all()]


def test_the_matter_is_laid_aside_and_its_number_is_asked_about(office: Store) -> None:
    tracker = tracker_of("人工", dict(DRAFT), "book_service_form")
    events = ActionRequestPerson().run(CollectingDispatcher(), tracker, {})
    slots = slots_of(events)
    assert slots["draft"]["slots"]["name"] == "周梅"
    assert (slots["phone"], slots["confirmation"]) == ("13900100901", None)
    assert {"event": "followup", "timestamp": None, "name": "callback_form"} in events
    assert open_requests(office) == ["open"]


def test_asking_again_goes_back_to_the_question(office: Store) -> None:
    for message_id in ("m1", "m2"):
        tracker = tracker_of("人工", dict(DRAFT), "book_service_form", message_id)
        events = ActionRequestPerson().run(CollectingDispatcher(), tracker, {})
    assert events == [{"event": "followup", "timestamp": None, "name": "book_service_form"}]
    assert open_requests(office) == ["open"]


def test_in_a_call_the_person_comes_at_once(office: Store) -> None:
    tracker = tracker_of("人工", dict(DRAFT), "book_service_form", channel="phone")
    events = ActionRequestPerson().run(CollectingDispatcher(), tracker, {})
    assert events == [{"event": "followup", "timestamp": None, "name": "book_service_form"}]


def test_a_wish_for_a_person_that_is_taken_back_is_closed(office: Store) -> None:
    ActionRequestPerson().run(CollectingDispatcher(), tracker_of("人工", {}, None), {})
    dispatcher = CollectingDispatcher()
    asked = {"purpose": "asked", "requested_slot": "phone"}
    stop = tracker_of("算了,不找了", asked, "callback_form", "m2", act="stop", act_sure=True)
    slots = asked | slots_of(ValidateCallbackForm().run(dispatcher, stop, {}))
    ActionCallback().run(dispatcher, tracker_of("算了,不找了", slots, None, "m2"), {})
    assert [message["response"] for message in dispatcher.messages] == ["utter_person_withdrawn"]
    assert open_requests(office) == ["done"]


def test_who_asks_for_a_person_hears_that_the_matter_is_kept(office: Store, dispatcher: CollectingDispatcher) -> None:
    ActionRequestPerson().run(dispatcher, tracker_of("人工", dict(DRAFT), "book_service_form"), {})
    assert [message["response"] for message in dispatcher.messages] == [
        "utter_person_requested",
        "utter_draft_kept",
    ]


def test_who_has_no_matter_open_hears_of_none(office: Store, dispatcher: CollectingDispatcher) -> None:
    ActionRequestPerson().run(dispatcher, tracker_of("人工", {}, None), {})
    assert [message["response"] for message in dispatcher.messages] == ["utter_person_requested"]
