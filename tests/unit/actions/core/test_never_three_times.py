"""However often a form comes back to a question, no wording is put a third time: it ends instead."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.core import asking
from actions.core.questions import MOST_OFTEN, WAY_OUT
from actions.core.topics import form as form_named
from actions.core.topics import topics
from actions.core.turn import Said
from bot.store.store import Store

pytestmark = pytest.mark.store
ASKED = [
    (form, slot)
    for topic in topics().values()
    for form in topic.forms
    for slot in topic.forms[form].questions
    if form not in ("change_booking_form", "cancel_booking_form")
]
"""Of these two the questions are about a booking that is there; they are put by the same function."""
DRAFT: dict[str, Any] = {
    "service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）", "date": "2026-11-25", "time": "11:00",
    "party": 1, "name": "孙丽", "phone": "13900100799", "description": "路灯坏了", "record": "12345678",
    "party_between": [2, 3], "purpose": "asked", "scope": ["12345678"], "helper": "我儿子", "powers": "all",
    "code": "-", "contact": "13900100798",
}  # fmt: skip
Says = Callable[..., Said]
COMES_BACK = 20


@pytest.mark.parametrize(("form", "slot"), ASKED)
def test_a_question_that_is_only_interrupted_ends_at_last(
    office: Store, lunch: str, said: Says, form: str, slot: str
) -> None:
    declared = form_named(form)
    slots: dict[str, Any] = {**{name: DRAFT.get(name) for name in declared.slots}, slot: None}
    if slot == "place":
        slots["offering"] = None
    if slot == "twice":
        slots["there"] = lunch
    told: Counter[str] = Counter()
    for _ in range(COMES_BACK):
        dispatcher = CollectingDispatcher()
        events = asking.ask(form, slot, dispatcher, _tracker(form, slot, slots))
        slots |= {event["name"]: event["value"] for event in events}
        told.update(str(message["response"]) for message in dispatcher.messages)
        if not dispatcher.messages:
            break
    assert max(told.values()) <= MOST_OFTEN, told
    assert told[WAY_OUT] == MOST_OFTEN
    assert {name: slots.get(name) for name in declared.given_up} == declared.given_up
    assert slots["requested_slot"] is None, "the form goes on"


def _tracker(form: str, slot: str, slots: dict[str, Any]) -> Tracker:
    metadata = {"now": "2026-11-23T08:00:00+08:00", "conversation_id": "walk", "client_message_id": "walk"}
    message = {"text": "", "metadata": metadata}
    return Tracker("walk", {**slots, "requested_slot": slot}, message, [], False, None, {"name": form}, "action_listen")
