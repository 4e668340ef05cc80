"""How the values of a complaint are asked for."""

from collections.abc import Mapping
from typing import Any

from actions.complaints.draft import ANONYMOUS, GIST
from actions.core.choices import plainly
from actions.core.phone_parts import more_wanted
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.core.words import name_of
from bot import wiring
from bot.language import words
from bot.language.communities import is_only_community
from bot.language.readers.answer_acts import CONTENT
from bot.services.cases import cases
from bot.turns import Button

USUAL = ("noise", "sanitation", "public_facility", "parking", "illegal_construction", "property_management")
"""Kinds of trouble that are offered to who cannot put it into words, the most frequent first."""


def _kinds(said: Said, _draft: Draft) -> list[Button]:
    return plainly([name_of(f"cases.category.{code}", said.language) for code in USUAL])


def _description_as_said(said: Said, _draft: Draft) -> dict[str, Any]:
    return {"description": said.text} if said.act == CONTENT else {}


def _place_as_said(said: Said, _draft: Draft) -> dict[str, Any]:
    return {"place": said.text} if said.act in (CONTENT, "unsure") else {}


def _summary(said: Said, draft: Draft) -> Mapping[str, Any]:
    return {
        "category_words": name_of(f"cases.category.{draft.get('category') or 'other'}", said.language),
        "place": draft["place"],
        "description": draft["description"],
        "contact_words": _contact_words(draft["phone"], said.language),
    }


def _contact_words(phone: str, language: str) -> str:
    if phone == ANONYMOUS:
        return words.text("cases.contact.anonymous", language)
    return words.text("cases.contact.phone", language, phone=phone)


def _changing(draft: Draft) -> Question | None:
    return WHAT_TO_CHANGE if draft.get("changing") else None


def _community_wanted(draft: Draft) -> Question | None:
    if not draft.get("place"):
        return None
    return WHERE_THERE if is_only_community(draft["place"]) else WHICH_COMMUNITY


def _details_wanted(draft: Draft) -> Question | None:
    return DETAILS if draft.get(GIST) else None


def _gist(_said: Said, draft: Draft) -> dict[str, Any]:
    return {"description": draft[GIST], GIST: None}


DETAILS = Question(
    ("utter_ask_what_exactly", "utter_ask_what_exactly_example", "utter_ask_what_exactly_narrower"),
    as_said=_gist,
)
"""Of a trouble of which hardly more is known than its kind."""
WHICH_COMMUNITY = Question(
    ("utter_ask_case_community", "utter_ask_case_community_example", "utter_ask_case_community_narrower")
)
"""Of a place that may be in any of them; asked once."""
WHERE_THERE = Question(
    ("utter_ask_case_where_there", "utter_ask_case_where_there_example", "utter_ask_case_where_there_narrower"),
    blanks=lambda _said, draft: {"place": draft["place"]},
)
"""Of a whole community; asked once."""
WHAT_TO_CHANGE = Question(
    (
        "utter_what_to_change_complaint",
        "utter_what_to_change_complaint_example",
        "utter_what_to_change_complaint_narrower",
    )
)
FILE = {
    "description": Question(
        (
            "utter_ask_file_complaint_form_description",
            "utter_ask_description_example",
            "utter_ask_description_narrower",
        ),
        choices=_kinds,
        chosen_from=2,
        as_said=_description_as_said,
        instead=_details_wanted,
    ),
    "place": Question(
        ("utter_ask_file_complaint_form_place", "utter_ask_case_place_example", "utter_ask_case_place_narrower"),
        as_said=_place_as_said,
        instead=_community_wanted,
    ),
    "phone": Question(
        ("utter_ask_file_complaint_form_phone", "utter_ask_case_phone_example", "utter_ask_case_phone_narrower"),
        instead=more_wanted,
    ),
    "confirmation": Question(
        ("utter_confirm_complaint", "utter_confirm_complaint_again", "utter_confirm_complaint_once_more"),
        blanks=_summary,
        instead=_changing,
    ),
}
"""Of a new complaint."""


def _is_open(draft: Draft) -> bool:
    """Is the case still being handled, so that something is added to it?"""
    return bool(draft.get("record")) and not cases.is_answered(wiring.store(), draft["record"])


def _more_wanted(draft: Draft) -> Question | None:
    return ADD["description"] if _is_open(draft) else None


def _reason_wanted(draft: Draft) -> Question | None:
    part = "description" if draft.get("changing") else "confirmation"
    if _is_open(draft):
        return ADD[part]
    return REOPEN[part] if draft.get("changing") else None


def _reopened(_said: Said, draft: Draft) -> Mapping[str, Any]:
    return {"number": draft["record"], "description": draft["description"]}


ADD = {
    "description": Question(
        ("utter_ask_addition", "utter_ask_addition_example", "utter_ask_addition_narrower"),
        as_said=_description_as_said,
    ),
    "confirmation": Question(
        ("utter_confirm_addition", "utter_confirm_addition_again", "utter_confirm_addition_once_more"),
        blanks=_reopened,
    ),
}
"""Of more that is told of a case which is still open."""
REOPEN = {
    "description": Question(
        ("utter_ask_reopen_case_form_description", "utter_ask_reason_example", "utter_ask_reason_narrower"),
        as_said=_description_as_said,
        instead=_more_wanted,
    ),
    "confirmation": Question(
        ("utter_confirm_reopening", "utter_confirm_reopening_again", "utter_confirm_reopening_once_more"),
        blanks=_reopened,
        instead=_reason_wanted,
    ),
}
"""Of a case that is opened again."""
