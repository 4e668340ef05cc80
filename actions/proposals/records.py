"""Follow a proposal: its stage, its support, and what was answered."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.choices import offer
from actions.core.forms import resume
from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.times import say_day
from bot.services.proposals import proposals
from bot.services.proposals.proposals import Proposal
from bot.services.proposals.words import stage_words
from bot.turns import Button


def show(found: list[Proposal], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Stage, support, and the newest answer."""
    for proposal in found[-3:]:
        dispatcher.utter_message(
            response="utter_proposal_status" if proposal.published else "utter_proposal_not_public_yet",
            number=proposal.number,
            title=title_of(proposal, said.language),
            stage_words=stage_words(proposal.state, proposal.outcome, said.language),
            supports=proposal.supports,
            answer_words=_answer(proposal, said.language),
            json_message={"card": proposal_card(proposal, said.language)},
        )
    return resume(said) or drafts.end(tracker)


def tell_public(said: Said, dispatcher: CollectingDispatcher) -> None:
    """What can be followed, before its number is asked for."""
    every = proposals.public_list(wiring.store(), limit=proposals.OFFERED)
    if every:
        choices = [choice_of(one, "proposals.choose.follow", said.language) for one in every]
        offer(dispatcher, "utter_proposals_now", choices, said.language)


def title(proposal: Proposal, language: str) -> str:
    """How one of several proposals of one's own is named."""
    day = say_day(proposal.submitted.date(), language)
    return words.text("proposals.named", language, day=day, title=title_of(proposal, language))


def title_of(proposal: Proposal, language: str) -> str:
    return proposal.title or words.text("proposals.untitled", language)


def choice_of(proposal: Proposal, says: str, language: str) -> Button:
    """One of several public proposals, with how many stand behind it; `says` is the code of what its button says."""
    name = words.text("proposals.choice", language, title=title_of(proposal, language), supports=str(proposal.supports))
    return Button(name, words.text(says, language, number=proposal.number))


def proposal_card(proposal: Proposal, language: str) -> dict[str, Any]:
    return {
        "kind": "proposal",
        "number": proposal.number,
        "title": title_of(proposal, language),
        "state": proposal.state,
        "state_words": stage_words(proposal.state, proposal.outcome, language),
        "supports": str(proposal.supports),
    }


def _answer(proposal: Proposal, language: str) -> str:
    return words.text("proposals.answer_is", language, answer=proposal.answer) if proposal.answer else ""
