"""Start a form, or open a record, with the words that asked for it a turn earlier."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, record_flow, topics
from actions.core.forms import open_form
from actions.core.turn import read, set_slots
from bot.language.entities import find_entities


def start(
    pending: dict[str, Any], begun: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """`pending` holds the form, the words and what they named; `begun` an earlier draft of that form."""
    said = read(tracker)
    then = replace(
        said,
        text=pending["text"],
        intent=pending["intent"],
        details=pending["details"],
        entities=find_entities(pending["text"], said.now, language=said.language),
        form=None,
        awaiting=None,
    )
    if pending["form"] == record_flow.FORM:
        return record_flow.go_on(then, dispatcher, tracker)
    take = topics.form(pending["form"]).take
    told = {**begun, **take(then, begun, dispatcher)} if take else {}
    return open_form(pending["form"], {**drafts.clear(pending["form"]), **told})


class ActionSwitch(Action):
    """Lay the draft aside or drop it, then start what the resident turned to."""

    def name(self) -> str:
        return "action_switch"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        pending, before = tracker.get_slot("pending") or {}, tracker.get_slot("draft") or {}
        old = pending["from"]
        kept = {name: tracker.get_slot(name) for name in drafts.slots_of(old)}
        draft = {"form": old, "slots": kept} if tracker.get_slot("keep_draft") else None
        begun = before["slots"] if before.get("form") == pending["form"] else {}
        events = set_slots({**drafts.clear(old), "pending": None, "draft": draft, **begun})
        tracker.add_slots(events)
        return [*events, *start(pending, begun, dispatcher, tracker)]
