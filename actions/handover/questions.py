"""How the number for a call back is asked for."""

from collections.abc import Mapping
from typing import Any

from actions.core import phone_parts
from actions.core.questions import Draft, Question
from actions.core.turn import Said

NO_PHONE = "-"
WITHDRAWN = "withdrawn"
"""The value of `phone` when the wish for a person was taken back."""


def _the_rest(draft: Draft) -> Question | None:
    """Where a part of the number was given."""
    return phone_parts.MORE if draft.get(phone_parts.SLOT) else None


def _number(_said: Said, draft: Draft) -> Mapping[str, Any]:
    return {"phone": draft["phone"]}


CALL_BACK = {
    "phone": Question(
        ("utter_ask_phone_for_person", "utter_ask_callback_example", "utter_ask_callback_narrower"), instead=_the_rest
    ),
    "confirmation": Question(
        ("utter_confirm_callback", "utter_confirm_callback_again", "utter_confirm_callback_once_more"), blanks=_number
    ),
}
"""The number is read back, with what it is kept for."""
