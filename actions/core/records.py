"""Which booking or case is meant: one of this conversation, or one named by number and last four digits."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import records as booking_records
from actions.complaints import records as case_records
from actions.core import drafts
from actions.core.choices import offer
from actions.core.forms import PERSON_OFFERED, STOPPED, Updates, open_form, step
from actions.core.turn import Said, read, set_slots
from actions.core.words import pick
from bot import wiring
from bot.errors import Refusal
from bot.services.bookings import bookings
from bot.services.cases import cases
from bot.turns import Button

FORM = "find_record_form"
Continue = Callable[[list[Any], Said, CollectingDispatcher, Tracker], list[EventType]]
GOALS: dict[str, Continue] = {
    "check_booking": booking_records.show,
    "change_booking": booking_records.start_change,
    "cancel_booking": booking_records.start_cancellation,
    "check_case": case_records.show,
    "reopen_case": case_records.start_reopening,
    "accept_offer": booking_records.accept,
}
SHOWN = ("check_booking", "check_case")
"""Goals that only tell something, so that an open draft need not be laid aside."""
STATES = {
    "change_booking": ("confirmed",),
    "cancel_booking": ("confirmed", "waiting", "offered"),
    "accept_offer": ("offered",),
}
"""The bookings of this conversation that a goal can mean."""
WHICH = {
    "change_booking": ("改预约{number}", "change booking {number}"),
    "cancel_booking": ("取消预约{number}", "cancel booking {number}"),
    "reopen_case": ("投诉{number}没解决，重新办", "case {number} is not solved, reopen it"),
}
"""Goals that change one record, and the words that name it; the newest is never taken unasked."""


def begin(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """What was said asks for a record; an open draft is laid aside first where that is needed."""
    said = read(tracker)
    if drafts.is_open(said.form) and not (said.intent in SHOWN and _of_conversation(said)):
        return drafts.offer_to_keep(tracker, said, FORM)
    return go_on(said, dispatcher, tracker)


def go_on(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """With the record of this conversation, or with the question for number and last four digits."""
    own = _of_conversation(said)
    if said.intent == "reopen_case":
        own = [case for case in own if case.state in case_records.CAN_BE_REOPENED] or own
    if said.intent in WHICH and len(own) > 1 and said.facts.number is None:
        return _ask_which(own, said, dispatcher)
    if own:
        return GOALS[said.intent](own, said, dispatcher, tracker)
    return open_form(
        FORM, {"purpose": said.intent, "number": said.facts.number, "tail": said.facts.tail, "record": None}
    )


def _ask_which(own: list[Any], said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    choices = []
    for record in reversed(own):
        if said.intent.endswith("_case"):
            about = case_records.title(record, said.language)
        else:
            words = booking_records.describe(record, said.language)
            gap = " " if said.english else ""
            about = f"{words['day_words']}{gap}{words['time_words']}{gap}{words['offering_title']}"
        choices.append(Button(about, pick(WHICH[said.intent], said.language).format(number=record.number)))
    offer(dispatcher, "utter_which_record", choices, said.language, count=len(own))
    return []


def _of_conversation(said: Said) -> list[Any]:
    """What was made here and can be meant; a number that is named picks one."""
    store, number = wiring.store(), said.facts.number
    found: list[Any]
    if said.intent.endswith("_case"):
        found = cases.of_conversation(store, said.conversation_id)
    else:
        found = [
            booking
            for booking in bookings.of_conversation(store, said.conversation_id)
            if booking.state in STATES.get(said.intent, (booking.state,))
        ]
    return [record for record in found if number in (None, record.number)]


class ActionCheckBooking(Action):
    def name(self) -> str:
        return "action_check_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ActionChangeBooking(Action):
    def name(self) -> str:
        return "action_change_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ActionCancelBooking(Action):
    def name(self) -> str:
        return "action_cancel_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ActionAcceptOffer(Action):
    """「要这个位子」: the seat that came free for someone on the waiting list."""

    def name(self) -> str:
        return "action_accept_offer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ActionCheckCase(Action):
    def name(self) -> str:
        return "action_check_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ActionReopenCase(Action):
    def name(self) -> str:
        return "action_reopen_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ValidateFindRecordForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        purpose = tracker.get_slot("purpose")
        if said.awaiting and PERSON_OFFERED not in said.before and said.act in ("no", "stop"):
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
            return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker)]
        find: Any = cases.find_case if goal.endswith("_case") else bookings.find_booking
        try:
            record = find(wiring.store(), number, tail, asker=said.conversation_id, now=said.now)
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
            if error.code == "not-found":
                return open_form(FORM, {"number": None, "tail": None})
            return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker)]
        return [*set_slots(drafts.clear(FORM)), *GOALS[goal]([record], said, dispatcher, tracker)]
