"""Start a form, or open a record: with the words that asked for it a turn earlier, and with what a mandate knows already."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, record_flow, topics
from actions.core.forms import open_form
from actions.core.turn import TOLD, Said, as_said_before, read, set_slots
from bot import wiring
from bot.language import words
from bot.services.audit.behalf import Powers, acting_for

_OWN = re.compile(r"我自己|[给帮替为]自己|我本人|不是(?:替|帮|给)|\b(?:for me|myself|my own)\b", re.I)
"""This time it is for the helper."""

OFFERED = "utter_offer_matter"
"""Asks whether what was asked about shall be done."""


def start(
    pending: dict[str, Any], begun: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """`pending` holds the form, the words and what they named; `begun` an earlier draft of that form."""
    then = as_said_before(read(tracker), pending)
    if pending["form"] == record_flow.FORM:
        return record_flow.go_on(then, dispatcher, tracker)
    take = topics.form(pending["form"]).take
    told = {**begun, **take(then, begun, dispatcher)} if take else {}
    return open_form(pending["form"], {**drafts.clear(pending["form"]), **told})


def offer(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """After an answer ask once whether the matter itself is wanted, and keep the words for it."""
    asks = (topic.offers for topic in topics.topics().values() if topic.offers)
    offered = None if said.form else next((found for ask in asks if (found := ask(said))), None)
    told = tracker.get_slot(TOLD) or {}
    if offered is None or (mark := f"{OFFERED}.{offered.title}") in told or mark in said.told_before:
        return []
    dispatcher.utter_message(response=OFFERED, matter=offered.title)
    pending = {"form": offered.form, "text": said.text, "intent": offered.intent, "details": offered.details}
    return set_slots({"pending": pending, TOLD: {**told, mark: 1}})


def offered_before(said: Said, tracker: Tracker) -> dict[str, Any]:
    """What the last reply offered to do; empty when it offered nothing."""
    return (tracker.get_slot("pending") or {}) if OFFERED in said.before else {}


def take_up(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """A yes to what was offered, with all that is said besides."""
    pending = offered_before(said, tracker)
    begun = start({**pending, "text": f"{pending['text']}, {said.text}"}, {}, dispatcher, tracker)
    return [*set_slots({"pending": None}), *begun]


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


def known_of_other(
    said: Said, power: Powers, names: tuple[str, ...], dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """The slots of these names that are known; whom it is for is said aloud. Empty where nobody is acted for."""
    if _OWN.search(said.text):
        return {}
    acting = acting_for(wiring.store(), said.conversation_id, power, said.now)
    if acting is None:
        return {}
    whom = acting.relation or acting.name or words.text("mandates.they", said.language)
    dispatcher.utter_message(response="utter_acting_for", whom=whom)
    known = {"name": acting.name, "phone": acting.phone, "beneficiary": acting.name or acting.relation}
    return {name: known[name] for name in names if known[name]}
