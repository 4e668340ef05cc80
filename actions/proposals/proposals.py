"""Submit a proposal: what, the similar ones first, how to reach you, read back, submitted only after a yes."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.forms import content_of, open_form, step
from actions.core.phone_parts import ANONYMOUS
from actions.core.turn import read
from actions.proposals import draft as proposal_draft
from actions.proposals.draft import NONE_ALIKE
from actions.proposals.records import proposal_card
from actions.proposals.support import FORM as SUPPORT_FORM
from bot import wiring
from bot.errors import Refusal
from bot.services.proposals import proposals
from bot.services.proposals.proposals import Proposal

FORM = "submit_proposal_form"
OWN = frozenset({"submit_proposal", "support_proposal"})
MEANT = frozenset({"file_complaint", "ask_policy", "book_service"})
"""What a proposal may sound like when it is asked what should be done."""


class ActionStartProposal(Action):
    def name(self) -> str:
        return "action_start_proposal"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        old = drafts.begun(FORM, said, tracker)
        return open_form(FORM, {**drafts.clear(FORM), **old, **proposal_draft.take(said, old, dispatcher)})


class ValidateSubmitProposalForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        return step(
            said,
            dispatcher,
            lambda: proposal_draft.take(said, draft, dispatcher),
            own=OWN | content_of(said, ("description",), MEANT),
            draft=draft,
        )


class ActionSubmitProposal(Action):
    def name(self) -> str:
        return "action_submit_proposal"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if draft.get("similar") not in (None, NONE_ALIKE):
            return open_form(SUPPORT_FORM, {**drafts.clear(FORM), "record": draft["similar"]})
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        anonymous = draft["phone"] == ANONYMOUS
        request = proposals.ProposalRequest(
            text=draft["description"],
            phone=None if anonymous else draft["phone"],
            conversation_id=said.conversation_id,
            client_message_id=said.client_message_id,
            language=said.language,
            channel=said.channel,
        )
        try:
            proposal = proposals.submit(wiring.store(), request, said.now)
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_proposal_submitted_anonymously" if anonymous else "utter_proposal_submitted",
                number=proposal.number,
                code=proposal.check_code,
                json_message={"card": _own_card(proposal, said.language)},
            )
        return drafts.close(FORM, tracker)


def _own_card(proposal: Proposal, language: str) -> dict[str, Any]:
    """With the check code, which only who submitted it gets to see."""
    code = {"check_code": proposal.check_code} if proposal.check_code else {}
    return {**proposal_card(proposal, language), **code}
