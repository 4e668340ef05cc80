"""How the number for a call back is asked for."""

from collections.abc import Mapping
from typing import Any

from actions.core import phone_parts
from actions.core.questions import Draft, Question
from actions.core.turn import Said

NO_PHONE = "-"
WITHDRAWN = "withdrawn"
"""The value of `phone` when the wish for a person was taken back."""
TOPIC_PAGES = {
    "find_job": "migrant_job_app",
}
"""The page that is told before a call-back is offered, until these services have flows of their own."""


def _offered(draft: Draft) -> Question | None:
    """The question fits what the call is for, and what was given of the number."""
    if draft.get(phone_parts.SLOT):
        return phone_parts.MORE
    return OFFERED if draft.get("purpose") in TOPIC_PAGES else None


def _number(_said: Said, draft: Draft) -> Mapping[str, Any]:
    return {"phone": draft["phone"]}


OFFERED = Question(("utter_callback_offer", "utter_ask_callback_example", "utter_ask_callback_narrower"))
CALL_BACK = {
    "phone": Question(
        ("utter_ask_phone_for_person", "utter_ask_callback_example", "utter_ask_callback_narrower"), instead=_offered
    ),
    "confirmation": Question(
        ("utter_confirm_callback", "utter_confirm_callback_again", "utter_confirm_callback_once_more"), blanks=_number
    ),
}
"""The number is read back, with what it is kept for."""
