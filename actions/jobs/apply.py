"""Apply for a posting: wanted, name, phone, read back, written only after a yes."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.forms import STOPPED, open_form, step
from actions.core.turn import read
from actions.jobs import draft as job_draft
from actions.jobs.search import APPLY as FORM
from actions.jobs.search import LOOKS
from bot import wiring
from bot.errors import Refusal
from bot.services.jobs import applications, jobs
from bot.services.jobs.wish import posting_in

OWN = frozenset({"apply_job"})


class ActionStartApplication(Action):
    def name(self) -> str:
        return "action_start_application"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.form and said.form not in LOOKS and drafts.is_open(said.form):
            return drafts.offer_to_keep(tracker, said, FORM)
        before = {"job_posting": tracker.get_slot("job_posting"), "job_search": tracker.get_slot("job_search")}
        if before["job_posting"] and jobs.posting(wiring.store(), before["job_posting"], said.now.date()) is None:
            before["job_posting"] = None
            if posting_in(said.text) is None:
                dispatcher.utter_message(response="utter_job_over")
        before |= job_draft.named_work(said, before)
        begun = {**drafts.clear(FORM), **before, **job_draft.take(said, before, dispatcher), "confirmation": None}
        return open_form(FORM, begun)


class ValidateApplyJobForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        return step(said, dispatcher, lambda: job_draft.take(said, draft, dispatcher), own=OWN, draft=draft)


class ActionApplyJob(Action):
    def name(self) -> str:
        return "action_apply_job"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if STOPPED in (draft.get("wants"), draft.get("confirmation")):
            dispatcher.utter_message(response="utter_not_applied")
            return drafts.close(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        request = applications.ApplicationRequest(
            posting_id=draft["job_posting"],
            name=draft["name"],
            phone=draft["phone"],
            conversation_id=said.conversation_id,
            client_message_id=said.client_message_id,
            language=said.language,
            channel=said.channel,
        )
        try:
            made = applications.apply(wiring.store(), request, said.now)
        except Refusal as error:
            dispatcher.utter_message(response="utter_job_over" if error.code == "not-found" else error.say)
            return drafts.close(FORM, tracker)
        dispatcher.utter_message(
            response="utter_applied_before" if made.joined else "utter_applied",
            number=made.number,
            json_message={"card": {"kind": "job", "number": made.number, "title": made.title, "state": made.state}},
        )
        return drafts.close(FORM, tracker)
