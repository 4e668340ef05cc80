"""Support a proposal that everybody can read: which one, one's phone, read back, counted once."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, phone_parts
from actions.core.forms import Updates, confirmation, open_form, step
from actions.core.phone_parts import bad_phone
from actions.core.turn import Said, read
from actions.proposals.records import proposal_card, title_of
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.services.proposals import proposals
from bot.services.proposals.similar import similar

FORM = "support_proposal_form"
OWN = frozenset({"support_proposal", "submit_proposal"})


class ActionStartSupport(Action):
    def name(self) -> str:
        return "action_start_support"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        if not proposals.public_list(wiring.store(), open_only=True, limit=1):
            dispatcher.utter_message(response="utter_no_open_proposals")
            return drafts.end(tracker)
        old = drafts.begun(FORM, said, tracker)
        return open_form(FORM, {**drafts.clear(FORM), **old, **take(said, old, dispatcher)})


class ValidateSupportProposalForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        return step(said, dispatcher, lambda: take(said, draft, dispatcher), own=OWN, draft=draft)


def take(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again."""
    if (part := phone_parts.taken(said, draft)) is not None:
        return part
    updates = _which(said, draft, dispatcher)
    if said.entities.phone:
        updates |= {"phone": said.entities.phone, phone_parts.SLOT: None}
    elif said.awaiting == "phone" and said.act in ("no", "anonymous", "unsure"):
        dispatcher.utter_message(response="utter_support_needs_phone")
        updates["phone"] = None
    else:
        updates |= bad_phone(said, dispatcher)
    return confirmation(said, updates)


def _which(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """By its number, or by what it is about where that leaves one."""
    if said.entities.number:
        named = proposals.public_one(wiring.store(), said.entities.number)
        if named and named.open:
            return {"record": named.number}
        dispatcher.utter_message(response="utter_no_such_open_proposal")
        return {"record": None}
    if draft.get("record") or said.awaiting not in (None, "record") or said.entities.phone:
        return {}
    every = proposals.public_list(wiring.store(), open_only=True, limit=proposals.COMPARED)
    found = similar(said.text, every, wiring.encoder())
    return {"record": found[0].number} if len(found) == 1 else {}


class ActionSupportProposal(Action):
    def name(self) -> str:
        return "action_support_proposal"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        try:
            proposal = proposals.support(
                wiring.store(),
                draft["record"],
                phone=draft["phone"],
                conversation_id=said.conversation_id,
                client_message_id=said.client_message_id,
                now=said.now,
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_proposal_supported",
                title=title_of(proposal, said.language),
                supports=proposal.supports,
                proof=_proof(said, draft["phone"]),
                json_message={"card": proposal_card(proposal, said.language)},
            )
        return drafts.close(FORM, tracker)


def _proof(said: Said, phone: str) -> str:
    """Whether the support is verified, and how it can be."""
    by_call = proposals.calls_from(wiring.store(), said.conversation_id, phone)
    return words.text("proposals.prove.done" if by_call else "proposals.prove.typed", said.language)
