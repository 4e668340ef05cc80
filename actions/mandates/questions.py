"""How a mandate is asked for: by the one who gives it, and by the one who acts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.core.phone_parts import more_wanted
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.mandates import wording
from bot.language import words
from bot.language.times import say_day
from bot.services.mandates import mandates
from bot.turns import Button


def _powers(said: Said, _draft: Draft) -> list[Button]:
    names = [words.text(f"mandates.powers.{one}", said.language) for one in mandates.Powers]
    return [Button(name, name) for name in names]


def _usual(said: Said, _draft: Draft) -> Mapping[str, Any]:
    return {"day_words": say_day(mandates.last_day(None, said.now), said.language)}


def _summary(said: Said, draft: Draft) -> Mapping[str, Any]:
    told = "mandates.told.call" if draft.get("tell") else "mandates.told.contact"
    return {
        "helper": draft["helper"],
        "powers_words": wording.powers_words(draft["powers"], said.language),
        "day_words": say_day(date.fromisoformat(draft["date"]), said.language),
        "phone": draft["phone"],
        "told_words": words.text(told, said.language),
    }


def _call(said: Said, draft: Draft) -> Mapping[str, Any]:
    return {
        "phone": draft["phone"],
        "name": draft["name"],
        "contact": draft["contact"],
        "powers_words": wording.powers_words(draft["powers"], said.language),
        "day_words": say_day(mandates.last_day(None, said.now), said.language),
    }


def _change(draft: Draft) -> Question | None:
    return CHANGE if draft.get("changing") else None


def _change_call(draft: Draft) -> Question | None:
    return CHANGE_CALL if draft.get("changing") else None


CHANGE = Question(
    ("utter_what_to_change_mandate", "utter_what_to_change_mandate_example", "utter_what_to_change_mandate_narrower")
)
CHANGE_CALL = Question(
    (
        "utter_what_to_change_mandate_call",
        "utter_what_to_change_mandate_call_example",
        "utter_what_to_change_mandate_call_narrower",
    )
)
POWERS = Question(
    ("utter_ask_mandate_powers", "utter_ask_mandate_powers_example", "utter_ask_mandate_powers_narrower"),
    choices=_powers,
    either=True,
)
GIVE = {
    "helper": Question(
        ("utter_ask_mandate_form_helper", "utter_ask_mandate_helper_example", "utter_ask_mandate_helper_narrower"),
        as_said=lambda said, _draft: {"helper": said.text},
    ),
    "powers": POWERS,
    "date": Question(
        ("utter_ask_mandate_form_date", "utter_ask_mandate_date_example", "utter_ask_mandate_date_narrower"),
        blanks=_usual,
        as_said=lambda said, _draft: {"date": mandates.last_day(None, said.now).isoformat()},
    ),
    "phone": Question(
        ("utter_ask_mandate_form_phone", "utter_ask_phone_example", "utter_ask_phone_narrower"), instead=more_wanted
    ),
    "confirmation": Question(
        ("utter_confirm_mandate", "utter_confirm_mandate_again", "utter_confirm_mandate_once_more"),
        blanks=_summary,
        instead=_change,
    ),
}
"""Of the one who gives it."""
ACT = {
    "phone": Question(
        ("utter_ask_act_for_other_form_phone", "utter_ask_phone_example", "utter_ask_phone_narrower"),
        instead=more_wanted,
    ),
    "code": Question(
        ("utter_ask_act_for_other_form_code", "utter_ask_mandate_code_example", "utter_ask_mandate_code_narrower")
    ),
    "name": Question(
        ("utter_ask_act_for_other_form_name", "utter_ask_name_example", "utter_ask_name_narrower"),
        as_said=lambda said, _draft: {"name": said.text},
    ),
    "contact": Question(
        ("utter_ask_act_for_other_form_contact", "utter_ask_contact_example", "utter_ask_contact_narrower")
    ),
    "powers": POWERS,
    "confirmation": Question(
        ("utter_confirm_mandate_call", "utter_confirm_mandate_call_again", "utter_confirm_mandate_call_once_more"),
        blanks=_call,
        instead=_change_call,
    ),
}
"""Of the one who acts."""
