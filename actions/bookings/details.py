"""What an offering asks beside the usual: hospital and department, or what shall be done. The questions are data."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.questions import Draft, Question
from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.readers.answer_acts import CONTENT
from bot.services.bookings.offerings import Offering, find_offerings

SLOT = "description"
CHILDREN = "after_school"
"""Whose name, age and way home the class has to know; who enrols is their guardian."""
NONE = "-"
"""Its value when the resident has nothing to tell."""
_HOSPITAL = re.compile(r"[㐀-鿿]{0,6}?(?:医院|卫生院)|(?:骨|眼|内|外|儿|妇|皮肤|神经|心|口腔|牙|耳鼻喉|中医|妇产|消化|泌尿|肿瘤|康复|呼吸|心血管内?|神经内|神经外)科"
                       r"|\b(?-i:[A-Z])\w+(?:'s)? hospital\b|\b(?:eye|dental|orthopa?edic\w*|heart|skin|children's) (?:clinic|department|ward)\b", re.I)  # fmt: skip
"""A hospital or a department, said before they are asked for."""
_LEAD = re.compile(r"^.*[去到在陪约挂看上个的我您你他她送带]")
"""What comes before the name: 陪我去."""


def take(said: Said, draft: Mapping[str, Any], offering: Offering | None) -> dict[str, Any]:
    """The slot of the details; empty where nothing is said of them."""
    if said.awaiting == SLOT:
        if said.act == CONTENT:
            return {SLOT: said.text}
        return {SLOT: NONE} if said.act in ("no", "any", "unsure") else {}
    if (
        offering is None
        or not offering.ask
        or draft.get(SLOT)
        or offering.service not in ("medical_escort", "registration")
    ):
        return {}
    named = hospital_in(said.text)
    return {SLOT: named} if named else {}


def hospital_in(text: str) -> str | None:
    """The names of hospital and department, without the way there: 陪我去人民医院看眼科 names 人民医院，眼科."""
    found = [_LEAD.sub("", match[0]) for match in _HOSPITAL.finditer(text)]
    return "，".join(dict.fromkeys(one for one in found if one not in ("医院", "卫生院"))) or None


def told(draft: Mapping[str, Any]) -> str | None:
    """The details, where there are any."""
    value = draft.get(SLOT)
    return None if value in (None, NONE) else str(value)


def _question(said: Said, draft: Draft) -> Mapping[str, str]:
    offering = next(
        (o for o in find_offerings(wiring.store(), draft["service"]) if o.id == draft.get("offering")), None
    )
    example = "child" if draft["service"] == CHILDREN else "usual"
    return {
        "question": (offering.ask_en if said.english else offering.ask) if offering else "",
        "example": words.text(f"bookings.details.{example}", said.language),
    }


DETAILS = Question(
    ("utter_ask_details", "utter_ask_details_example", "utter_ask_details_narrower"),
    blanks=_question,
    as_said=lambda said, _draft: {SLOT: said.text},
)
