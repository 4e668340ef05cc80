"""Check and reopen a case that is filed already."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.complaints.draft import LEADS_TO_MORE, addition
from actions.core import drafts, read_back
from actions.core.cards import case_card
from actions.core.forms import Updates, confirmation, open_form, resume, step
from actions.core.turn import Said, read
from actions.core.words import moment_words, name_of
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.language.readers.answer_acts import CONTENT, HURRY, MORE
from bot.language.times import say_day
from bot.language.troubles import tells_enough
from bot.services.cases import cases
from bot.services.cases.cases import AWAITS_RESPONSE, HAS_ITS_ANSWER, Case

FORM = "reopen_case_form"


def show(found: list[Case], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """State and next step; what was said in the complaint is not repeated."""
    if said.act == MORE and found[-1].state not in HAS_ITS_ANSWER:
        return start_reopening(found, said, dispatcher, tracker)
    chased = {case.number for case in found[-3:] if said.act == HURRY and _chased(case, said)}
    for case in found[-3:]:
        dispatcher.utter_message(
            response="utter_case_status",
            number=case.number,
            category_words=name_of(f"cases.category.{case.category}", said.language),
            state_words=name_of(f"cases.state.{case.state}", said.language),
            answer_words=_next_step(case, said, chased=case.number in chased),
            json_message={"card": case_card(case, said.language)},
        )
    return resume(said) or drafts.end(tracker)


def _chased(case: Case, said: Said) -> bool:
    return cases.chase(wiring.store(), case.number, said.now)


def _next_step(case: Case, said: Said, *, chased: bool) -> str:
    """What comes next and by when; with a word that the office has been asked to hurry."""
    gap = " " if said.english else ""
    hurried = words.text("cases.status.chased", said.language) + gap if chased else ""
    return hurried + _next(case, said)


def _next(case: Case, said: Said) -> str:
    if case.answer:
        return words.text("cases.status.answer", said.language, answer=case.answer)
    if case.state in HAS_ITS_ANSWER:
        return ""
    settle_by = moment_words(case.settle_by, said.language)
    if case.state in AWAITS_RESPONSE and case.respond_by > said.now:
        respond_by = moment_words(case.respond_by, said.language)
        return words.text("cases.status.respond", said.language, respond_by=respond_by, settle_by=settle_by)
    return words.text("cases.status.aim", said.language, settle_by=settle_by)


def title(case: Case, language: str) -> str:
    """How one of several cases is named: what it is about and the day it was filed."""
    gap = " " if language == "en" else ""
    return f"{say_day(case.filed.date(), language)}{gap}{name_of(f'cases.category.{case.category}', language)}"


def start_reopening(
    found: list[Case], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    case = found[-1]
    told = addition(said.text) or (
        None if LEADS_TO_MORE.search(said.text) or not tells_enough(said.text) else said.text
    )
    if case.state not in HAS_ITS_ANSWER and said.act != MORE:
        dispatcher.utter_message(response="utter_still_open", number=case.number)
        return resume(said) or drafts.end(tracker)
    if case.state in HAS_ITS_ANSWER:
        told = said.text if tells_enough(said.text) else None
    return open_form(FORM, {**drafts.clear(FORM), "record": case.number, "description": told})


class ValidateReopenCaseForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)

        def take() -> Updates:
            said_anew = said.awaiting == "description" and said.act in (CONTENT, "not_solved")
            said_otherwise = said.asked == "description" and said.act == CONTENT  # after 「要改一下」 at the summary
            return confirmation(said, {"description": said.text} if said_anew or said_otherwise else {})

        return step(
            said, dispatcher, take, own=frozenset({"file_complaint", "reopen_case"}), draft=drafts.filled(FORM, tracker)
        )


class ActionCommitReopening(Action):
    def name(self) -> str:
        return "action_commit_reopening"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, slot = read(tracker), tracker.get_slot
        if slot("confirmation") != "yes":
            answered = cases.is_answered(wiring.store(), slot("record"))
            dispatcher.utter_message(response="utter_not_reopened" if answered else "utter_draft_dropped")
            return drafts.close(FORM, tracker)
        if not read_back.was_read(drafts.filled(FORM, tracker), drafts.slots_of(FORM), slot(read_back.SLOT)):
            return open_form(FORM, {"confirmation": None})
        if not cases.is_answered(wiring.store(), slot("record")):
            return _added(said, slot("record"), slot("description"), dispatcher, tracker)
        try:
            case = cases.reopen_case(
                wiring.store(),
                slot("record"),
                reason=slot("description"),
                client_message_id=said.client_message_id,
                conversation_id=said.conversation_id,
                now=said.now,
                targets=wiring.targets(),
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_reopened",
                number=case.number,
                json_message={"card": case_card(case, said.language)},
            )
        return drafts.close(FORM, tracker)


def _added(said: Said, number: str, more: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    try:
        case = cases.add_to_case(
            wiring.store(),
            number,
            more,
            client_message_id=said.client_message_id,
            conversation_id=said.conversation_id,
            now=said.now,
        )
    except Refusal as error:
        dispatcher.utter_message(response=error.say)
    else:
        dispatcher.utter_message(
            response="utter_added_to_case", number=case.number, json_message={"card": case_card(case, said.language)}
        )
    return drafts.close(FORM, tracker)
