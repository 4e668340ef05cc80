"""What the last turn asked the resident, by the names of the replies in it."""

from collections.abc import Sequence

from bot.language.readers.answer_acts import QUESTIONS

_AGAIN = ("", "_again", "_once_more")
"""What is read back has further wordings of these endings."""
_OTHERWISE = ("", "_example", "_narrower")
"""And so has what is asked."""
_SUMMARIES = (
    "booking",
    "series",
    "package",
    "waiting",
    "complaint",
    "application",
    "proposal",
    "proposal_anonymous",
    "support",
    "volunteering",
    "redemption",
    "mandate",
    "mandate_call",
    "profile",
)
_CHANGES = (
    "",
    "_package",
    "_complaint",
    "_application",
    "_proposal",
    "_support",
    "_volunteering",
    "_reward",
    "_mandate",
    "_mandate_call",
    "_profile",
)
BY_REPLY = {
    **{f"utter_confirm_{summary}{end}": "read_back" for summary in _SUMMARIES for end in _AGAIN},
    **{f"utter_what_to_change{what}{end}": "what_to_change" for what in _CHANGES for end in _OTHERWISE},
    **{f"utter_confirm_change{end}": "change" for end in _AGAIN},
    **{f"utter_confirm_cancellation{end}": "cancel" for end in _AGAIN},
    **{f"utter_confirm_cancel_series{end}": "cancel" for end in _AGAIN},
    **{f"utter_ask_scope{end}": "cancel" for end in _OTHERWISE},
    **{f"utter_confirm_undo{end}": "cancel" for end in _AGAIN},
    **{f"utter_confirm_{what}{end}": "reopen" for what in ("reopening", "addition") for end in _AGAIN},
    **{f"utter_confirm_callback{end}": "number_right" for end in _AGAIN},
    **{f"utter_job_detail{end}": "seat_offer" for end in _AGAIN},
    **{f"utter_similar_proposals{end}": "seat_offer" for end in _OTHERWISE},
    **{f"utter_ask_twice{end}": "seat_offer" for end in _OTHERWISE},
    "utter_offer_matter": "seat_offer",
    **{f"utter_which_reward{end}": "offering" for end in _OTHERWISE},
    **{f"utter_ask_mandate_powers{end}": "offering" for end in _OTHERWISE},
    **{f"utter_which_guide{end}": "offering" for end in _OTHERWISE},
    **{f"utter_guide_question{end}": "offering" for end in _OTHERWISE},
    **{f"utter_ask_{end}": "offering" for end in ("which_place", "place_example", "place_narrower")},
    **{f"utter_ask_change_{end}": "date" for end in ("booking_form_date", "date_example")},
    **dict.fromkeys(
        (
            "utter_ask_reopen_case_form_description",
            "utter_ask_reason_example",
            "utter_ask_reason_narrower",
            *(f"utter_ask_addition{end}" for end in _OTHERWISE),
            "utter_ask_join_volunteering_form_free_time",
            "utter_ask_free_time_example",
            "utter_ask_free_time_narrower",
        ),
        "description",
    ),
    **dict.fromkeys(
        ("utter_ask_profile_form_agreed", "utter_ask_profile_agreed_example", "utter_ask_profile_agreed_narrower"),
        "number_right",
    ),
    **dict.fromkeys(
        ("utter_ask_profile_form_description", "utter_ask_needs_example", "utter_ask_needs_narrower"), "description"
    ),
    **dict.fromkeys(
        ("utter_ask_mandate_form_helper", "utter_ask_mandate_helper_example", "utter_ask_mandate_helper_narrower"),
        "name",
    ),
    **dict.fromkeys(
        ("utter_ask_act_for_other_form_code", "utter_ask_mandate_code_example", "utter_ask_mandate_code_narrower"),
        "number",
    ),
    **dict.fromkeys(
        ("utter_ask_act_for_other_form_contact", "utter_ask_contact_example", "utter_ask_contact_narrower"), "phone"
    ),
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
