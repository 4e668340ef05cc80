"""A phone number that is said in parts: what was given so far is kept and what follows is joined to it."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.questions import Draft, Question
from actions.core.turn import Said
from bot.language.phones import find_phone
from bot.language.zh.numbers import digits_of, written_english_digits

SLOT = "digits"
_D = "[0-9零〇洞幺一二两三四五六七八九拐勾]"
_PART = re.compile(rf"\D{{0,6}}?(?P<digits>{_D}(?:[ \-,,、.…]{{0,3}}{_D}){{0,10}})[^0-9]{{0,4}}")
_BEGINNING = re.compile(r"1(?:[3-9]\d{0,8})?|0\d{0,9}")
"""Of a mobile, or of a landline with its area code."""
FEWEST = 2


def taken(said: Said, draft: Mapping[str, Any]) -> dict[str, Any] | None:
    """The slots that these digits fill together with those before; None when they are no part of a number."""
    begun = str(draft.get(SLOT) or "")
    if said.awaiting != "phone" or (said.facts.phone and not begun):
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
