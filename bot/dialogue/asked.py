"""What the last turn asked the resident, by the names of the replies in it."""

from collections.abc import Sequence

from bot.language.readers.answer_acts import QUESTIONS

_AGAIN = ("", "_again", "_once_more")
"""What is read back has further wordings of these endings."""
BY_REPLY = {
    **{f"utter_confirm_booking{end}": "read_back" for end in _AGAIN},
    **{f"utter_confirm_waiting{end}": "read_back" for end in _AGAIN},
    **{f"utter_confirm_complaint{end}": "read_back" for end in _AGAIN},
    **{f"utter_confirm_change{end}": "change" for end in _AGAIN},
    **{f"utter_confirm_cancellation{end}": "cancel" for end in _AGAIN},
    **{f"utter_confirm_reopening{end}": "reopen" for end in _AGAIN},
    **{f"utter_confirm_callback{end}": "number_right" for end in _AGAIN},
    **{f"utter_what_to_change{end}": "what_to_change" for end in ("", "_example", "_narrower")},
    **{f"utter_what_to_change_complaint{end}": "what_to_change" for end in ("", "_example", "_narrower")},
    **{f"utter_ask_{end}": "offering" for end in ("which_place", "place_example", "place_narrower")},
    **{
        f"utter_ask_{end}": "description"
        for end in ("reopen_case_form_description", "reason_example", "reason_narrower")
    },
    **{f"utter_ask_change_{end}": "date" for end in ("booking_form_date", "date_example")},
    **{f"utter_confirm_application{end}": "read_back" for end in _AGAIN},
    **{f"utter_what_to_change_application{end}": "what_to_change" for end in ("", "_example", "_narrower")},
    **{f"utter_job_detail{end}": "seat_offer" for end in _AGAIN},
    **dict.fromkeys(
        ("utter_confirm_proposal", "utter_confirm_proposal_anonymous", "utter_confirm_support"), "read_back"
    ),
    **dict.fromkeys(("utter_what_to_change_proposal", "utter_what_to_change_support"), "what_to_change"),
    "utter_similar_proposals": "seat_offer",
    **dict.fromkeys(("utter_confirm_volunteering", "utter_confirm_redemption"), "read_back"),
    **dict.fromkeys(("utter_what_to_change_volunteering", "utter_what_to_change_reward"), "what_to_change"),
    "utter_ask_join_volunteering_form_free_time": "description",
    "utter_which_reward": "offering",
    "utter_confirm_undo": "cancel",
    "utter_offer_person": "offer_person",
    "utter_way_out": "offer_person",
    "utter_thanks": "anything_else",
}
"""Replies that are a question of their own kind."""
FULL = "utter_day_full"
"""Said before the day is asked anew; the waiting list is offered with it."""
BY_FORM = ("party", "keep_draft", "resume_draft", "phone", "name", "place", "date", "time", "service", "description", "number",
           "tail", "score")  # fmt: skip
"""Values that a form asks for under the name of the question."""


def asked_in(told: Sequence[str], awaiting: str | None) -> str | None:
    """The question, one of `QUESTIONS`. `told` are the replies of the turn in order, `awaiting` what its form awaits.

    A summary counts as asked only when it was the last thing told: a yes to anything else confirms nothing.
    """
    if told and told[-1] in BY_REPLY:
        return BY_REPLY[told[-1]]
    if FULL in told:
        return "full"
    return awaiting if awaiting in BY_FORM and awaiting in QUESTIONS else None
