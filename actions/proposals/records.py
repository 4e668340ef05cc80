"""Follow a proposal: its stage, its support, and what was answered."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.choices import offer
from actions.core.forms import resume
from actions.core.turn import Said
from actions.core.words import pick
from bot import wiring
from bot.language.times import say_day
from bot.services.proposals import proposals
from bot.services.proposals.proposals import Proposal
from bot.services.proposals.words import stage_words
from bot.turns import Button

NOT_PUBLIC = ("您的提案", "your proposal")
"""In place of a title that staff have not given yet."""


def show(found: list[Proposal], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Stage, support, and the newest answer."""
    for proposal in found[-3:]:
        dispatcher.utter_message(
            response="utter_proposal_status" if proposal.published else "utter_proposal_not_public_yet",
            number=proposal.number,
            title=title_of(proposal, said.language),
            stage_words=stage_words(proposal.state, proposal.outcome, said.language),
            supports=proposal.supports,
            answer_words=_answer(proposal, said.english),
            json_message={"card": proposal_card(proposal, said.language)},
        )
    return resume(said) or drafts.end(tracker)


def tell_public(said: Said, dispatcher: CollectingDispatcher) -> None:
    """What can be followed, before its number is asked for."""
    every = proposals.public_list(wiring.store())
    if every:
        choices = [
            choice_of(one, "提案{number}到哪一步了", "how far is proposal {number}", said.language) for one in every
        ]
        offer(dispatcher, "utter_proposals_now", choices, said.language)


def title(proposal: Proposal, language: str) -> str:
    """How one of several proposals of one's own is named."""
    gap = " " if language == "en" else "的"
    return say_day(proposal.submitted.date(), language) + gap + title_of(proposal, language)


def title_of(proposal: Proposal, language: str) -> str:
    return proposal.title or pick(NOT_PUBLIC, language)


def choice_of(proposal: Proposal, payload: str, english_payload: str, language: str) -> Button:
    """One of several public proposals, with how many stand behind it."""
    english = language == "en"
    count = f" ({proposal.supports} supporters)" if english else f"，{proposal.supports}人支持"
    return Button(title_of(proposal, language) + count, (english_payload if english else payload).format(
        number=proposal.number
    ))  # fmt: skip


def proposal_card(proposal: Proposal, language: str) -> dict[str, Any]:
    return {
        "kind": "proposal",
        "number": proposal.number,
        "title": title_of(proposal, language),
        "state": proposal.state,
        "state_words": stage_words(proposal.state, proposal.outcome, language),
        "supports": str(proposal.supports),
    }


def _answer(proposal: Proposal, english: bool) -> str:
    if not proposal.answer:
        return ""
    return f"The answer: {proposal.answer}" if english else f"答复是：{proposal.answer}"
