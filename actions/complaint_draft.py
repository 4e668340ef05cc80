"""From words to the draft of a complaint: what, where, and how to reach the resident."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms import Updates, confirmation
from actions.turn import Said
from bot.language.wishes import wants_to_be_anonymous

ANONYMOUS = "-"
"""The value of `phone` when the resident does not leave one."""
SHORTEST_DESCRIPTION = 5
"""Characters. 「我要投诉」 names no trouble; 「路灯不亮」 does."""

Draft = dict[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    updates: Updates = {}
    category = said.details.get("category")
    describes = said.intent == "file_complaint" and category is not None
    if said.awaiting == "description" and said.intent != "deny":
        updates["description"] = said.text if len(said.text) >= SHORTEST_DESCRIPTION or category else None
    elif describes and not draft.get("description") and len(said.text) >= SHORTEST_DESCRIPTION:
        updates["description"] = said.text
    elif describes and draft.get("description") and said.awaiting in ("place", "confirmation"):
        updates["description"] = f"{draft['description']}。{said.text}"
    if category and (describes or not draft.get("category")):
        updates["category"] = category
    updates |= _place(said, draft)
    updates |= _phone(said, dispatcher)
    return confirmation(said, updates)


def _place(said: Said, draft: Draft) -> Updates:
    if said.facts.place and (said.awaiting != "description" or not draft.get("place")):
        return {"place": said.facts.place}
    if said.awaiting == "place" and said.intent == "inform":
        return {"place": said.text}
    return {}


def _phone(said: Said, dispatcher: CollectingDispatcher) -> Updates:
    if said.facts.phone:
        return {"phone": said.facts.phone}
    if wants_to_be_anonymous(said.text) or (said.awaiting == "phone" and said.intent == "deny"):
        return {"phone": ANONYMOUS}
    if said.awaiting == "phone" and any(c.isdigit() for c in said.text):
        dispatcher.utter_message(response="utter_bad_phone")
        return {"phone": None}
    return {}
