"""How somebody is asked what they want to be known by."""

from collections.abc import Mapping
from typing import Any

from actions.core.phone_parts import more_wanted
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.profiles import profiles


def _needs(_said: Said, draft: Draft) -> Mapping[str, Any]:
    return {"description": draft.get("description") or ""}


def _summary(said: Said, draft: Draft) -> Mapping[str, Any]:
    needs = draft.get("description") if draft.get("agreed") == "yes" else None
    return {
        "name": draft["name"],
        "phone": draft["phone"],
        "place_words": profiles.place_words(draft.get("place"), said.language),
        "needs_words": profiles.needs_words(needs, said.language),
    }


def _change(draft: Draft) -> Question | None:
    return CHANGE if draft.get("changing") else None


CHANGE = Question(
    ("utter_what_to_change_profile", "utter_what_to_change_profile_example", "utter_what_to_change_profile_narrower")
)
PROFILE = {
    "description": Question(
        ("utter_ask_profile_form_description", "utter_ask_needs_example", "utter_ask_needs_narrower"),
        as_said=lambda said, _draft: {"description": said.text},
    ),
    "agreed": Question(
        ("utter_ask_profile_form_agreed", "utter_ask_profile_agreed_example", "utter_ask_profile_agreed_narrower"),
        blanks=_needs,
        as_said=lambda _said, _draft: {"agreed": "no"},
    ),
    "name": Question(
        ("utter_ask_profile_form_name", "utter_ask_name_example", "utter_ask_name_narrower"),
        as_said=lambda said, _draft: {"name": said.text},
    ),
    "place": Question(
        ("utter_ask_profile_form_place", "utter_ask_profile_place_example", "utter_ask_profile_place_narrower"),
        as_said=lambda said, _draft: {"place": said.text},
    ),
    "phone": Question(
        ("utter_ask_profile_form_phone", "utter_ask_phone_example", "utter_ask_phone_narrower"), instead=more_wanted
    ),
    "confirmation": Question(
        ("utter_confirm_profile", "utter_confirm_profile_again", "utter_confirm_profile_once_more"),
        blanks=_summary,
        instead=_change,
    ),
}
