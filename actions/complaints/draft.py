"""From words to the draft of a complaint: what, where, and how to reach the resident."""

import re
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core import phone_parts
from actions.core.forms import Updates, confirmation
from actions.core.turn import Said
from bot.language.readers.answer_acts import CONTENT
from bot.language.troubles import names_a_trouble, says_nothing

ANONYMOUS = "-"
"""The value of `phone` when the resident does not leave one."""
SAYS_ANONYMOUS = re.compile(r"匿名(?!信)|\banonymous", re.IGNORECASE)
"""The word itself, said together with the trouble."""

Draft = dict[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    updates: Updates = {}
    category = said.details.get("category")
    tells = names_a_trouble(said.text)
    describes = said.intent == "file_complaint" and (category is not None or tells)
    if said.awaiting == "description" and said.act == CONTENT:
        named = category is not None and not says_nothing(said.text)  # 噪音 alone
        only_place = (
            category is None and said.entities.place is not None and len(said.text) <= len(said.entities.place) + 2
        )
        updates["description"] = said.text if (tells or named) and not only_place else None
    elif describes and tells and not draft.get("description"):
        updates["description"] = said.text
    elif describes and draft.get("description") and said.awaiting in ("place", "phone", "confirmation"):
        updates["description"] = f"{draft['description']}。{said.text}"
    if category and (describes or not draft.get("category")):
        updates["category"] = category
    updates |= _place(said, draft)
    updates |= _phone(said, draft, dispatcher)
    return confirmation(said, updates)


def _place(said: Said, draft: Draft) -> Updates:
    if said.entities.place and (said.awaiting != "description" or not draft.get("place")):
        return {"place": said.entities.place}
    if said.awaiting == "place" and said.act == CONTENT and said.intent == "inform":
        return {"place": said.text}
    return {}


def _phone(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    if (part := phone_parts.taken(said, draft)) is not None:
        return part
    if said.entities.phone:
        return {"phone": said.entities.phone, phone_parts.SLOT: None}
    asked = said.awaiting == "phone" and said.act in ("anonymous", "no")
    if asked or said.act == "anonymous" or (said.act == CONTENT and SAYS_ANONYMOUS.search(said.text)):
        return {"phone": ANONYMOUS}
    if said.awaiting == "phone" and any(c.isdigit() for c in said.text):
        dispatcher.utter_message(response="utter_bad_phone")
        return {"phone": None}
    return {}
