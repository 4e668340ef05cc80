"""Book a service: one question at a time, read back, committed only after a yes."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.core import cancellation, drafts
from actions.core.cards import booking_card
from actions.core.forms import STOPPED, open_form, step
from actions.core.turn import Said, read, set_slots
from actions.core.words import ahead_words
from bot import wiring
from bot.errors import FullyBooked, Refusal, TooManyRecords
from bot.language.times import say_day, say_window
from bot.services.bookings import bookings
from bot.services.bookings.offerings import find_offerings
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish

FORM = "book_service_form"
OWN = frozenset({"book_service", "change_booking"})
STOPS = frozenset({"cancel_booking"})


class ActionStartBooking(Action):
    def name(self) -> str:
        return "action_start_booking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        if said.details.get("service") and not find_offerings(wiring.store(), said.details["service"]):
            dispatcher.utter_message(response="utter_no_offering")
            wish = Wish(UnmetKind.NO_SERVICE, said.details["service"], said.conversation_id, said.text)
            unmet.count(wiring.store(), wish, said.now)
            return []
        updates = booking_draft.take(said, draft_of(tracker), dispatcher)
        return open_form(FORM, updates)


class ValidateBookServiceForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), draft_of(tracker)
        if said.awaiting and (other := cancellation.names_another(said)):
            return set_slots({"record": other.number, "confirmation": STOPPED, "requested_slot": None})
        if said.awaiting and cancellation.may_mean_another(said):
            cancellation.ask_which(said, dispatcher)
            return set_slots({said.awaiting: None})
        if booking_draft.chooses_place(said, draft) or booking_draft.another_service(said, draft):
            said = replace(said, intent="inform")
        events = step(
            said,
            dispatcher,
            lambda: booking_draft.take(said, draft, dispatcher),
            own=OWN,
            stops=STOPS,
            draft=draft,
        )
        return [*events, *_which_count(events, draft)]


def _which_count(events: list[EventType], draft: dict[str, Any]) -> list[EventType]:
    """Two numbers were said, 两三份: which of them is asked before all else, though a form can do without."""
    now = draft | {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    open_still = events and now.get("party_between") and not now.get("party") and not now.get("confirmation")
    return set_slots({"requested_slot": "party"}) if open_still else []


class ActionBookService(Action):
    def name(self) -> str:
        return "action_book_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), draft_of(tracker)
        if draft.get("confirmation") == STOPPED and (record := tracker.get_slot("record")):
            return open_form(cancellation.FORM, {**drafts.clear(FORM), "record": record})
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        waits = (draft.get("waiting") or {}).get("accepted")
        try:
            write = bookings.join_waiting_list if waits else bookings.book
            booking = write(wiring.store(), _request(said, draft), said.now, limits=wiring.phone_limits())
        except FullyBooked as error:
            dispatcher.utter_message(response=error.say)
            return open_form(FORM, {"time": None, "confirmation": None, "waiting": None})
        except TooManyRecords as error:  # no other time would help
            dispatcher.utter_message(response=error.say)
            return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker)]
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
            return open_form(FORM, {"date": None, "time": None, "confirmation": None})
        dispatcher.utter_message(
            response="utter_on_waiting_list" if booking.state == "waiting" else "utter_booked",
            number=booking.number,
            ahead_words=ahead_words(booking.position or 1, said.language),
            offering_title=booking.title_en if said.english else booking.title,
            day_words=say_day(booking.day, said.language),
            time_words=say_window(booking.starts, booking.ends, said.language),
            json_message={"card": booking_card(booking, said.language)},
        )
        return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker)]


def _request(said: Said, draft: dict[str, Any]) -> bookings.BookingRequest:
    offering = booking_draft.offering_of(draft)
    assert offering
    return bookings.BookingRequest(
        offering_id=offering.id,
        day=date.fromisoformat(draft["date"]),
        starts=time.fromisoformat(draft["time"]),
        party=draft.get("party") or 1,
        name=draft["name"],
        phone=draft["phone"],
        address=draft["place"] if offering.needs_address else None,
        beneficiary=draft.get("beneficiary"),
        note=None,
        conversation_id=said.conversation_id,
        client_message_id=said.client_message_id,
        language=said.language,
        channel=said.channel,
    )


def draft_of(tracker: Tracker) -> dict[str, Any]:
    """The slots of a booking in the making."""
    return {name: tracker.get_slot(name) for name in drafts.slots_of(FORM)}
