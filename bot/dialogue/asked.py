"""What the last turn asked the resident, by the names of the replies in it."""

from collections.abc import Sequence

from bot.language.readers.answer_acts import QUESTIONS

BY_REPLY = {
    "utter_confirm_booking": "read_back",
    "utter_confirm_waiting": "read_back",
    "utter_confirm_complaint": "read_back",
    "utter_confirm_proposal": "read_back",
    "utter_confirm_proposal_anonymous": "read_back",
    "utter_confirm_support": "read_back",
    "utter_what_to_change_proposal": "what_to_change",
    "utter_what_to_change_support": "what_to_change",
    "utter_similar_proposals": "seat_offer",
    "utter_confirm_change": "change",
    "utter_confirm_cancellation": "cancel",
    "utter_confirm_reopening": "reopen",
    "utter_what_to_change": "what_to_change",
    "utter_what_to_change_complaint": "what_to_change",
    "utter_offer_person": "offer_person",
    "utter_ask_which_place": "offering",
    "utter_ask_reopen_case_form_description": "description",
    "utter_ask_change_booking_form_date": "date",
    "utter_confirm_callback": "number_right",
    "utter_thanks": "anything_else",
}
"""Replies that are a question of their own kind."""
FULL = "utter_day_full"
"""Said before the day is asked anew; the waiting list is offered with it."""
BY_FORM = ("keep_draft", "resume_draft", "phone", "name", "place", "date", "time", "service", "description", "number",
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
