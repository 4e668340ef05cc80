"""Which booking or case is meant: one of this conversation, or one named by number and last four digits."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import booking_records, case_records, drafts
from actions.forms import STOPPED, Updates, step
from actions.turn import Said, read, set_slots
from bot import wiring
from bot.errors import AssistantError
from bot.services import bookings, cases

FORM = "find_record_form"
Continue = Callable[[list[Any], Said, CollectingDispatcher, Tracker], list[EventType]]
GOALS: dict[str, Continue] = {
    "check_booking": booking_records.show,
    "change_booking": booking_records.start_change,
    "cancel_booking": booking_records.start_cancellation,
    "check_case": case_records.show,
    "reopen_case": case_records.start_reopening,
}


def begin(goal: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Go on with the record of this conversation, or ask for number and last four digits."""
    said = read(tracker)
    own = _of_conversation(goal, said)
    if own and not said.facts.number:
        return GOALS[goal](own, said, dispatcher, tracker)
    if drafts.is_open(said.form):
        return drafts.offer_to_keep(tracker, said, FORM)
    return [*ask(goal, said), FollowupAction(FORM)]


def ask(goal: str, said: Said) -> list[EventType]:
    return set_slots({"purpose": goal, "number": said.facts.number, "tail": said.facts.tail, "record": None})


def _of_conversation(goal: str, said: Said) -> list[Any]:
    store = wiring.store()
    if goal.endswith("_case"):
        return cases.of_conversation(store, said.conversation_id)
    found = bookings.of_conversation(store, said.conversation_id)
    if goal == "check_booking":
        return found
    return [b for b in found if b.state in ("confirmed", "waiting", "offered")]


class ActionCheckBooking(Action):
    def name(self) -> str:
        return "action_check_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin("check_booking", dispatcher, tracker)


class ActionChangeBooking(Action):
    def name(self) -> str:
        return "action_change_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin("change_booking", dispatcher, tracker)


class ActionCancelBooking(Action):
    def name(self) -> str:
        return "action_cancel_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin("cancel_booking", dispatcher, tracker)


class ActionCheckCase(Action):
    def name(self) -> str:
        return "action_check_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin("check_case", dispatcher, tracker)


class ActionReopenCase(Action):
    def name(self) -> str:
        return "action_reopen_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin("reopen_case", dispatcher, tracker)


class ValidateFindRecordForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        purpose = tracker.get_slot("purpose")
        if said.awaiting and said.intent in ("deny", "stop"):
            return set_slots({"number": STOPPED, "tail": STOPPED})

        def take() -> Updates:
            found = {"number": said.facts.number, "tail": said.facts.tail}
            return {name: value for name, value in found.items() if value}

        return step(said, dispatcher, take, own=frozenset({purpose} if purpose != "cancel_booking" else ()))


class ActionFoundRecord(Action):
    """Open the record with number and digits, and go on with what was wanted."""

    def name(self) -> str:
        return "action_found_record"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, slot = read(tracker), tracker.get_slot
        goal, number, tail = slot("purpose"), slot("number"), slot("tail")
        if STOPPED in (number, tail):
            dispatcher.utter_message(response="utter_nothing_more")
            return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker, said)]
        find: Any = cases.find_case if goal.endswith("_case") else bookings.find_booking
        try:
            record = find(wiring.store(), number, tail, asker=said.conversation_id, now=said.now)
        except AssistantError as error:
            dispatcher.utter_message(response=error.say)
            if error.code == "not-found":
                return [*set_slots({"number": None, "tail": None}), FollowupAction(FORM)]
            return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker, said)]
        return [*set_slots(drafts.clear(FORM)), *GOALS[goal]([record], said, dispatcher, tracker)]
