"""How to reach a resident who may also stay anonymous."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.core.forms import Updates
from actions.core.turn import Said
from bot.language.readers.answer_acts import CONTENT

ANONYMOUS = "-"
"""The value of `phone` when the resident does not leave one."""
SAYS_ANONYMOUS = re.compile(r"匿名(?!信)|\banonymous", re.IGNORECASE)
"""The word itself, said together with the matter."""


def phone_or_anonymous(said: Said, dispatcher: CollectingDispatcher) -> Updates:
    """The slot `phone`; None asks again after a number that is none. Empty where nothing is said of it."""
    if said.facts.phone:
        return {"phone": said.facts.phone}
    asked = said.awaiting == "phone" and said.act in ("anonymous", "no")
    if asked or said.act == "anonymous" or (said.act == CONTENT and SAYS_ANONYMOUS.search(said.text)):
        return {"phone": ANONYMOUS}
    return bad_phone(said, dispatcher)


def bad_phone(said: Said, dispatcher: CollectingDispatcher) -> Updates:
    """None for `phone` after digits that are no number, and the resident is told; else empty."""
    if said.awaiting != "phone" or said.facts.phone or not any(c.isdigit() for c in said.text):
        return {}
    dispatcher.utter_message(response="utter_bad_phone")
    return {"phone": None}
