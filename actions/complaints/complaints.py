"""File a complaint: what, where, how to reach you, read back, filed only after a yes."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.complaints import draft as complaint_draft
from actions.complaints.draft import ANONYMOUS
from actions.core import drafts, record_flow, starts
from actions.core.cards import case_card
from actions.core.forms import WANTS_NOTHING, open_form, step
from actions.core.turn import MISSED, TOLD, Said, as_said_before, message_before, read, set_slots
from actions.core.words import moment_words
from bot import wiring
from bot.errors import Refusal
from bot.language.readers.answer_acts import MORE
from bot.language.troubles import says_nothing
from bot.services.audit.behalf import Powers
from bot.services.cases import cases

FORM = "file_complaint_form"
OWN = frozenset({"file_complaint"})
MAY_BE_BACK = 0.2
"""Share of the wish to have a case taken up again, from which on its number is asked for: who has none files anew."""


class ActionStartComplaint(Action):
    def name(self) -> str:
        return "action_start_complaint"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        if said.form is None and (said.shares.get("reopen_case", 0.0) >= MAY_BE_BACK or said.act == MORE):
            return record_flow.go_on(replace(said, intent="reopen_case"), dispatcher, tracker)
        known = starts.known_of_other(said, Powers.CASES, ("phone",), dispatcher)
        begun = known | drafts.begun(FORM, said, tracker)
        if words := _asked_back_about(said, tracker):
            begun |= complaint_draft.take(words, begun, dispatcher)
        told = begun | complaint_draft.take(said, begun, dispatcher)
        if not told.get("description") and not told.get(complaint_draft.GIST):
            dispatcher.utter_message(response="utter_what_happened")
        return open_form(FORM, {**drafts.clear(FORM), **told})


def _asked_back_about(said: Said, tracker: Tracker) -> Said | None:
    """The turn before, when we asked back what it meant and 「反映问题」 is the answer: it told the trouble already."""
    if "utter_which_wish" not in said.before or not says_nothing(said.text):
        return None
    before = message_before(tracker)
    details = {e["entity"]: e["value"] for e in before.get("entities") or [] if e["entity"] == "category"}
    text = before.get("text") or ""
    return as_said_before(said, {"text": text, "intent": said.intent, "details": details}) if text else None


class ValidateFileComplaintForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (said.intent == WANTS_NOTHING or said.act == MORE) and complaint_draft.answers(said, draft):
            said = replace(said, intent="inform")
        if said.awaiting == "place" and complaint_draft.leaves_it_there(said):
            return set_slots({"place": draft["place"], MISSED: None})
        if said.awaiting and draft.get("category") and complaint_draft.another_matter(said, draft):
            other = complaint_draft.take(replace(said, awaiting=None), {}, dispatcher)
            if kept := drafts.keep_wish(FORM, other, dispatcher, tracker):
                return [*kept, *set_slots({said.awaiting: None, MISSED: None})]
        events = step(said, dispatcher, lambda: complaint_draft.take(said, draft, dispatcher), own=OWN, draft=draft)
        return [*events, *_where_closer(said, events, draft, tracker.get_slot(TOLD) or {})]


def _where_closer(said: Said, events: list[EventType], draft: dict[str, Any], told: dict[str, int]) -> list[EventType]:
    """Asked once before the phone, when we know what it is about, but not in which community, or only that."""
    now = draft | {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    if (
        (said.awaiting and not events)
        or said.act in complaint_draft.UNKNOWN
        or now.get("confirmation")
        or "requested_slot" in now
    ):
        return []
    closer = complaint_draft.asks_closer(now) if now.get("description") else None
    asked = closer and any(wording.startswith(closer) for wording in told)
    return set_slots({"requested_slot": "place"}) if closer and not asked else []


class ActionFileComplaint(Action):
    def name(self) -> str:
        return "action_file_complaint"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        anonymous = draft["phone"] == ANONYMOUS
        request = cases.ComplaintRequest(
            category=draft.get("category") or "other",
            place=draft["place"],
            text=draft["description"],
            anonymous=anonymous,
            name=None,
            phone=None if anonymous else draft["phone"],
            conversation_id=said.conversation_id,
            client_message_id=said.client_message_id,
            language=said.language,
            channel=said.channel,
        )
        try:
            case = cases.file_case(
                wiring.store(), request, said.now, targets=wiring.targets(), limits=wiring.case_limits()
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
            return drafts.close(FORM, tracker)
        dispatcher.utter_message(
            response="utter_case_filed_anonymously" if anonymous else "utter_case_filed",
            number=case.number,
            code=case.check_code,
            respond_words=moment_words(case.respond_by, said.language),
            settle_words=moment_words(case.settle_by, said.language),
            json_message={"card": case_card(case, said.language)},
        )
        return drafts.close(FORM, tracker)
