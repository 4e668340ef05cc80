"""Check, change and cancel a booking that is there already."""

from datetime import date, time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.core import cancellation, drafts, read_back
from actions.core.cards import booking_card
from actions.core.forms import STOPPED, Updates, open_form, resume, step
from actions.core.turn import Said, read, set_slots
from actions.core.words import name_of, party_words
from bot import wiring
from bot.errors import Refusal, WrongState
from bot.language.readers.answer_acts import CONTENT
from bot.language.times import When, say_day, say_window
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking

CHANGE, CANCEL = "change_booking_form", "cancel_booking_form"


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


def start_change(
    found: list[Booking], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    booking = found[-1]
    slots: dict[str, Any] = {
        **drafts.clear(CHANGE),
        "record": booking.number,
        "service": booking.service,
        "offering": booking.offering_id,
        "party": booking.party,
    }
    if said.intent == "change_booking":
        slots |= _new_time(said, slots, booking, dispatcher)
    return open_form(CHANGE, slots)


def start_cancellation(
    found: list[Booking], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    return open_form(CANCEL, {"record": found[-1].number, "confirmation": None})


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


def _draft(tracker: Tracker, form: str) -> dict[str, Any]:
    return {name: tracker.get_slot(name) for name in drafts.slots_of(form)}


def _names_a_time(said: Said) -> bool:
    return said.entities.when != When()


def _record(tracker: Tracker) -> Booking:
    """The booking whose number and digits were shown, or that was made in this conversation."""
    return bookings.get(wiring.store(), tracker.get_slot("record"))


def _new_time(said: Said, draft: dict[str, Any], booking: Booking, dispatcher: CollectingDispatcher) -> Updates:
    """Only the day and the time of a booking can be changed here; what is not named stays as it is."""
    draft, when = {**draft, "place": booking.place}, said.entities.when
    if draft.get("date") is None and when.day is None and (when.at or when.part):
        draft = {**draft, "date": booking.day.isoformat()}  # 「改到三点」
    if draft.get("time") is None and when.day and not (when.at or when.part):
        draft = {**draft, "time": f"{booking_draft.UNCHECKED}{booking.starts:%H:%M}"}  # 「改到后天」
    wanted = booking_draft.take(said, draft, dispatcher)
    return {name: wanted[name] for name in ("date", "time", "confirmation", "changing") if name in wanted}


class ValidateChangeBookingForm(Action):
    def name(self) -> str:
        return f"validate_{CHANGE}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.asked == "change" and said.act == "no" and not _names_a_time(said):
            return set_slots({"confirmation": STOPPED, "requested_slot": None})
        if said.awaiting in ("date", "time") and said.act == "no":
            return set_slots({"confirmation": STOPPED, "requested_slot": None})
        draft = _draft(tracker, CHANGE)
        return step(
            said,
            dispatcher,
            lambda: _new_time(said, draft, _record(tracker), dispatcher),
            own=frozenset({"change_booking"}),
            draft=draft,
        )


class ActionCommitChange(Action):
    def name(self) -> str:
        return "action_commit_change"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, slot = read(tracker), tracker.get_slot
        if slot("confirmation") == STOPPED and said.shares.get("cancel_booking", 0.0) >= cancellation.LIKELY:
            return open_form(CANCEL, {**drafts.clear(CHANGE), "record": slot("record")})  # read back before it is done
        if slot("confirmation") == STOPPED:
            dispatcher.utter_message(response="utter_kept")
            return [*set_slots(drafts.clear(CHANGE)), *drafts.end(tracker)]
        if not read_back.was_read(_draft(tracker, CHANGE), drafts.slots_of(CHANGE), slot(read_back.SLOT)):
            return open_form(CHANGE, {"confirmation": None})
        try:
            booking = bookings.change_booking(
                wiring.store(),
                slot("record"),
                day=date.fromisoformat(slot("date")),
                starts=time.fromisoformat(slot("time")),
                client_message_id=said.client_message_id,
                conversation_id=said.conversation_id,
                now=said.now,
                offer_hours=wiring.settings().waiting_offer_hours,
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
            if error.code == "fully-booked":
                return open_form(CHANGE, {"time": None, "confirmation": None})
        else:
            dispatcher.utter_message(
                response="utter_changed",
                json_message={"card": booking_card(booking, said.language)},
                **describe(booking, said.language),
            )
        return [*set_slots(drafts.clear(CHANGE)), *drafts.end(tracker)]


class ValidateCancelBookingForm(Action):
    def name(self) -> str:
        return f"validate_{CANCEL}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)

        def take() -> Updates:
            if said.act in ("no", "keep", "stop"):
                return {"confirmation": STOPPED}
            wants = said.act == "yes" or (said.act == CONTENT and said.intent == "cancel_booking")
            return {"confirmation": "yes"} if wants and said.asked in (None, "cancel") else {}

        return step(said, dispatcher, take, own=frozenset({"cancel_booking"}))


class ActionCommitCancellation(Action):
    def name(self) -> str:
        return "action_commit_cancellation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if tracker.get_slot("confirmation") != "yes":
            dispatcher.utter_message(response="utter_kept")
            return [*set_slots(drafts.clear(CANCEL)), *drafts.end(tracker)]
        if not read_back.was_read(_draft(tracker, CANCEL), drafts.slots_of(CANCEL), tracker.get_slot(read_back.SLOT)):
            return open_form(CANCEL, {"confirmation": None})
        try:
            booking = bookings.cancel_booking(
                wiring.store(),
                tracker.get_slot("record"),
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
        return [*set_slots(drafts.clear(CANCEL)), *drafts.end(tracker)]
