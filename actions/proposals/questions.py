"""How a proposal is asked about: what it is, a similar one instead, how to reach you, the read-back; which one to support."""

from collections.abc import Mapping
from typing import Any

from actions.core.phone_parts import ANONYMOUS, more_wanted
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.proposals.draft import NONE_ALIKE, alike
from actions.proposals.records import choice_of, title_of
from bot import wiring
from bot.services.proposals import proposals
from bot.services.proposals.similar import meant, similar
from bot.turns import Button

SUPPORT = "proposals.choose.support"
"""Code of what the button of a proposal says."""


def _as_said(said: Said, _draft: Draft) -> dict[str, Any]:
    return {"description": said.text, "similar": NONE_ALIKE}


def _similar(said: Said, draft: Draft) -> list[Button]:
    return [choice_of(one, SUPPORT, said.language) for one in alike(draft.get("description") or "")]


def _open(said: Said, _draft: Draft) -> list[Button]:
    """Those that the words come near, else those with most support."""
    every = proposals.public_list(wiring.store(), open_only=True, limit=proposals.COMPARED)
    found = meant(said.text, every) or similar(said.text, every, wiring.encoder())
    return [choice_of(one, SUPPORT, said.language) for one in found or every[: proposals.OFFERED]]


def _summary(_said: Said, draft: Draft) -> Mapping[str, Any]:
    return {"description": draft["description"], "phone": draft["phone"]}


def _read_otherwise(draft: Draft) -> Question | None:
    if draft.get("changing"):
        return CHANGE_PROPOSAL
    return ANONYMOUS_SUMMARY if draft.get("phone") == ANONYMOUS else None


def _supported(said: Said, draft: Draft) -> Mapping[str, Any]:
    proposal = proposals.public_one(wiring.store(), draft["record"])
    return {"title": title_of(proposal, said.language) if proposal else draft["record"], "phone": draft["phone"]}


def _changing(draft: Draft) -> Question | None:
    return CHANGE_SUPPORT if draft.get("changing") else None


CHANGE_PROPOSAL = Question(
    ("utter_what_to_change_proposal", "utter_what_to_change_proposal_example", "utter_what_to_change_proposal_narrower")
)
CHANGE_SUPPORT = Question(
    ("utter_what_to_change_support", "utter_what_to_change_support_example", "utter_what_to_change_support_narrower")
)
ANONYMOUS_SUMMARY = Question(
    (
        "utter_confirm_proposal_anonymous",
        "utter_confirm_proposal_anonymous_again",
        "utter_confirm_proposal_anonymous_once_more",
    ),
    blanks=_summary,
)
SUBMIT = {
    "description": Question(
        (
            "utter_ask_submit_proposal_form_description",
            "utter_ask_proposal_example",
            "utter_ask_proposal_narrower",
        ),
        as_said=_as_said,
    ),
    "similar": Question(
        ("utter_similar_proposals", "utter_similar_proposals_example", "utter_similar_proposals_narrower"),
        choices=_similar,
    ),
    "phone": Question(
        ("utter_ask_submit_proposal_form_phone", "utter_ask_case_phone_example", "utter_ask_case_phone_narrower"),
        instead=more_wanted,
    ),
    "confirmation": Question(
        ("utter_confirm_proposal", "utter_confirm_proposal_again", "utter_confirm_proposal_once_more"),
        blanks=_summary,
        instead=_read_otherwise,
    ),
}
"""Of a new proposal."""
BACK = {
    "record": Question(
        (
            "utter_which_proposal_to_support",
            "utter_which_proposal_to_support_example",
            "utter_which_proposal_to_support_narrower",
        ),
        choices=_open,
    ),
    "phone": Question(
        ("utter_ask_support_proposal_form_phone", "utter_ask_phone_example", "utter_ask_phone_narrower"),
        instead=more_wanted,
    ),
    "confirmation": Question(
        ("utter_confirm_support", "utter_confirm_support_again", "utter_confirm_support_once_more"),
        blanks=_supported,
        instead=_changing,
    ),
}
"""Of the support of one."""
