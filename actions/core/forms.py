"""What all forms share: which words answer a question, which interrupt it, and how a form is left."""

from collections.abc import Callable
from typing import Any

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.core.turn import Said, set_slots
from bot.language.readers.answer_acts import SUMMARIES

ANSWERS = {"inform", "affirm", "deny", "unsure"}
"""Intents that can answer a form's question. All others interrupt it, except the form's own."""

MISSES = {"utter_missed_answer", "utter_ask_back", "utter_no_hurry"}
"""What is said when we did not understand."""
PERSON_OFFERED = "utter_offer_person"

STOPPED = "stopped"
"""The value of `confirmation` when the resident gave up the draft."""

Updates = dict[str, Any]


def step(
    said: Said,
    dispatcher: CollectingDispatcher,
    take: Callable[[], Updates],
    *,
    own: frozenset[str] = frozenset(),
    stops: frozenset[str] = frozenset(),
) -> list[EventType]:
    """One answer inside a form.

    An empty list makes Rasa reject the form, so that the rule of the interrupting intent runs; a value None
    for the slot in question makes it ask again. `own` are intents that belong to this form; `stops` end it.
    """
    if said.awaiting is None:
        return []  # the form has only just opened: what was said before is no answer to it
    if PERSON_OFFERED in said.before and said.act == "yes":
        return []  # yes to a person; the rule of a yes sees to it
    if said.act == "stop" or said.intent in stops:
        return set_slots({"confirmation": STOPPED, "requested_slot": None})
    if said.act == "not_for_us":
        dispatcher.utter_message(response="utter_no_hurry")
        return set_slots({said.awaiting: None})
    if said.intent not in ANSWERS | own and said.act != "change":
        return []
    updates = take()
    if not updates:
        missed(said, dispatcher, "utter_no_hurry" if said.act == "unsure" else "utter_missed_answer")
        updates = {said.awaiting: None}
    return set_slots(updates)


def missed(said: Said, dispatcher: CollectingDispatcher, response: str) -> bool:
    """Say so; the second time in a row offer a person instead, and return True."""
    offers_person = bool(said.before & MISSES)
    dispatcher.utter_message(response=PERSON_OFFERED if offers_person else response)
    return offers_person


def confirmation(said: Said, updates: Updates) -> Updates:
    """Yes counts after the summary only, and when nothing was changed in the same breath; no asks what to change.

    After any other question the summary is read once more. The commit compares what was read (actions/core/read_back.py).
    """
    if said.awaiting != "confirmation":
        return updates
    if updates:
        return {**updates, "confirmation": None, "changing": None}
    if said.asked == "what_to_change" and said.act == "change":
        return {"confirmation": None, "changing": True}
    if said.asked not in (None, *SUMMARIES):
        return {"confirmation": None} if said.act in ("yes", "no", "keep") else {}
    if said.act == "yes":
        return {"confirmation": "yes"}
    if said.act in ("no", "change"):
        return {"confirmation": None, "changing": True}
    return {}


def open_form(form: str, slots: Updates | None = None) -> list[EventType]:
    """Start a form afresh, also from within another: what answered the other form is no answer to this one."""
    return [*set_slots({**(slots or {}), "requested_slot": None}), FollowupAction(form)]


def resume(said: Said) -> list[EventType]:
    """Back to the question that was open, if there was one."""
    return [FollowupAction(said.form)] if said.form else []
