"""A phone number that is said in parts, or not at all: what was given so far is kept and what follows is joined to it."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core.questions import Draft, Question
from actions.core.turn import Said
from bot.language.phones import find_phone
from bot.language.readers.answer_acts import CONTENT
from bot.language.zh.numbers import digits_of, written_english_digits

SLOT = "digits"
_D = "[0-9零〇洞幺一二两三四五六七八九拐勾]"
_PART = re.compile(rf"\D{{0,6}}?(?P<digits>{_D}(?:[ \-,,、.…]{{0,3}}{_D}){{0,10}})[^0-9]{{0,4}}")
_BEGINNING = re.compile(r"1(?:[3-9]\d{0,8})?|0\d{0,9}")
"""Of a mobile, or of a landline with its area code."""
FEWEST = 2
ANONYMOUS = "-"
"""The value of `phone` when the resident does not leave one."""
SAYS_ANONYMOUS = re.compile(r"匿名(?!信)|\banonymous", re.IGNORECASE)
"""The word itself, said together with the matter."""


def taken(said: Said, draft: Mapping[str, Any]) -> dict[str, Any] | None:
    """The slots that these digits fill together with those before; None when they are no part of a number."""
    begun = str(draft.get(SLOT) or "")
    if said.awaiting != "phone" or (said.entities.phone and not begun):
        return None
    words = written_english_digits(said.text).replace("\0", "") if said.english else said.text
    match = _PART.fullmatch(words.strip())
    if match is None:
        return None
    new = digits_of(match["digits"])
    for digits in (begun + new, new):  # who begins anew is not held to the beginning before
        if phone := find_phone(digits, asked=False):
            return {"phone": phone, SLOT: None}
        if len(digits) >= FEWEST and _BEGINNING.fullmatch(digits):
            return {"phone": None, SLOT: digits}
    return None


def _so_far(_said: Said, draft: Draft) -> Mapping[str, str]:
    return {"digits": " ".join(draft[SLOT])}


MORE = Question(("utter_digits_so_far", "utter_ask_phone_example", "utter_ask_phone_narrower"), blanks=_so_far)


def more_wanted(draft: Draft) -> Question | None:
    """The question for the rest, when there is a beginning."""
    return MORE if draft.get(SLOT) else None


def phone_or_anonymous(said: Said, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The slot `phone`; None asks again after a number that is none. Empty where nothing is said of it."""
    if said.entities.phone:
        return {"phone": said.entities.phone, SLOT: None}
    asked = said.awaiting == "phone" and said.act in ("anonymous", "no")
    if asked or said.act == "anonymous" or (said.act == CONTENT and SAYS_ANONYMOUS.search(said.text)):
        return {"phone": ANONYMOUS}
    return bad_phone(said, dispatcher)


def bad_phone(said: Said, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """None for `phone` after digits that are no number, and the resident is told; else empty."""
    if said.awaiting != "phone" or said.entities.phone or not any(c.isdigit() for c in said.text):
        return {}
    dispatcher.utter_message(response="utter_bad_phone")
    return {"phone": None}
