"""Check, change and cancel a booking that is there already."""

import re
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import scope
from actions.core import drafts, read_back
from actions.core.cards import booking_card
from actions.core.forms import STOPPED, Updates, open_form, resume, step
from actions.core.turn import Said, read
from actions.core.words import name_of, party_words
from bot import wiring
from bot.errors import Refusal, WrongState
from bot.language.readers.answer_acts import CONTENT
from bot.language.times import say_day, say_window
from bot.services.bookings import bookings, series
from bot.services.bookings.bookings import Booking

CANCEL = "cancel_booking_form"


_CANCELS = re.compile(r"取消|退|撤|不要|不去|不用|\bcancel\b", re.I)
"""Said of exactly what was read back, it is a yes."""


def describe(booking: Booking, language: str) -> dict[str, str]:
    """The words that all replies on a booking share."""
    english = language == "en"
    return {
        "number": booking.number,
        "offering_title": booking.title_en if english else booking.title,
        "day_words": say_day(booking.day, language),
        "time_words": say_window(booking.starts, booking.ends, language),
        "party_words": party_words(booking.party, booking.service, language),
        "place": booking.place_en if english else booking.place,
        "state_words": name_of(f"bookings.state.{booking.state}", language),
    }


def title(booking: Booking, language: str) -> str:
    """Day, time and service in one line."""
    words = describe(booking, language)
    gap = " " if language == "en" else ""
    return gap.join((words["day_words"], words["time_words"], words["offering_title"]))


def show(found: list[Booking], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Each booking, the newest last, with its card."""
    for booking in found[-3:]:
        dispatcher.utter_message(
            response="utter_booking_status",
            json_message={"card": booking_card(booking, said.language)},
            **describe(booking, said.language),
        )
    return resume(said) or drafts.end(tracker)


def start_cancellation(
    found: list[Booking], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    number = found[-1].number
    return open_form(CANCEL, {"record": number, "scope": scope.meant(said, number), "confirmation": None})


def accept(found: list[Booking], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Take the seat that is held for someone on the waiting list; asking again changes nothing."""
    booking = found[-1]
    try:
        booking = bookings.accept_offer(
            wiring.store(),
            booking.number,
            client_message_id=said.client_message_id,
            conversation_id=said.conversation_id,
            now=said.now,
        )
    except WrongState:
        response = "utter_booking_status" if booking.state == "confirmed" else "utter_offer_gone"
    else:
        response = "utter_offer_accepted"
    card = booking_card(booking, said.language)
    dispatcher.utter_message(response=response, json_message={"card": card}, **describe(booking, said.language))
    return drafts.end(tracker)


class ValidateCancelBookingForm(Action):
    def name(self) -> str:
        return f"validate_{CANCEL}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(CANCEL, tracker)

        def take() -> Updates:
            numbers = scope.meant(said, draft["record"])
            if numbers and numbers != draft.get("scope") and said.act not in ("stop", "keep"):
                return {"scope": numbers, "confirmation": None}
            if said.act in ("no", "keep", "stop"):
                return {"confirmation": STOPPED}
            wants = said.act == "yes" or (said.act == CONTENT and said.intent == "cancel_booking")
            wants = wants or (said.act == CONTENT and bool(numbers) and bool(_CANCELS.search(said.text)))
            answers = wants and said.asked in (None, "cancel") and not scope.is_open(draft)
            return {"confirmation": "yes"} if answers else {}

        return step(said, dispatcher, take, own=frozenset({"cancel_booking"}), draft=draft)


class ActionCommitCancellation(Action):
    def name(self) -> str:
        return "action_commit_cancellation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if tracker.get_slot("confirmation") != "yes":
            dispatcher.utter_message(response="utter_kept")
            return drafts.close(CANCEL, tracker)
        if not read_back.was_read(
            drafts.filled(CANCEL, tracker), drafts.slots_of(CANCEL), tracker.get_slot(read_back.SLOT)
        ):
            return open_form(CANCEL, {"confirmation": None})
        if len(numbers := tracker.get_slot("scope") or ()) > 1:
            return _cancel_several(numbers, said, dispatcher, tracker)
        try:
            booking = bookings.cancel_booking(
                wiring.store(),
                numbers[0] if numbers else tracker.get_slot("record"),
                client_message_id=said.client_message_id,
                conversation_id=said.conversation_id,
                now=said.now,
                offer_hours=wiring.settings().waiting_offer_hours,
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_cancelled",
                number=booking.number,
                json_message={"card": booking_card(booking, said.language)},
            )
        return drafts.close(CANCEL, tracker)


def _cancel_several(
    numbers: Sequence[str], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    gone = series.cancel_of_series(
        wiring.store(),
        numbers,
        client_message_id=said.client_message_id,
        conversation_id=said.conversation_id,
        now=said.now,
        offer_hours=wiring.settings().waiting_offer_hours,
    )
    if gone:
        card = booking_card(gone[0], said.language)
        dispatcher.utter_message(response="utter_cancelled_series", count=len(gone), json_message={"card": card})
    else:
        dispatcher.utter_message(response="utter_not_bookable")
    return drafts.close(CANCEL, tracker)
