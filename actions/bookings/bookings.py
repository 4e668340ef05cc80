"""Book a service: one question at a time, read back, committed only after a yes."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.core import cancellation, drafts, read_back
from actions.core.cards import booking_card
from actions.core.choices import offer, plainly
from actions.core.forms import PERSON_OFFERED, STOPPED, open_form, step
from actions.core.turn import Said, read, set_slots, told_now
from actions.core.words import ahead_words, name_of, party_words, time_choices
from bot import wiring
from bot.errors import FullyBooked, Refusal, TooManyRecords
from bot.language.times import say_day, say_window
from bot.services.bookings import bookings
from bot.services.bookings.offerings import Offering, find_offerings
from bot.turns import SERVICES

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
        return step(
            said,
            dispatcher,
            lambda: booking_draft.take(said, draft, dispatcher),
            own=OWN,
            stops=STOPS,
        )


class ActionAskService(Action):
    def name(self) -> str:
        return f"action_ask_{FORM}_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        language = read(tracker).language
        titles = [name_of(f"bookings.service.{code}", language) for code in SERVICES]
        offer(dispatcher, "utter_ask_which_service", plainly(titles), language)
        return []


class ActionAskPlace(Action):
    def name(self) -> str:
        return f"action_ask_{FORM}_place"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), draft_of(tracker)
        offering = booking_draft.offering_of(draft)
        if offering and offering.needs_address:
            dispatcher.utter_message(response="utter_ask_address")
            return []
        offerings = find_offerings(wiring.store(), draft["service"])
        title = name_of(f"bookings.service.{draft['service']}", said.language)
        choices = plainly(_place_titles(offerings, said.english))
        offer(dispatcher, "utter_ask_which_place", choices, said.language, service_title=title)
        return []


def _place_titles(offerings: list[Offering], english: bool) -> list[str]:
    """The places; where two offerings share one, with what is offered there."""
    places = [o.place_en if english else o.place for o in offerings]
    titles = [o.title_en if english else o.title for o in offerings]
    gap = " " if english else ""
    return [
        f"{place}{gap}{title}" if places.count(place) > 1 else place
        for place, title in zip(places, titles, strict=True)
    ]


class ActionAskTime(Action):
    def name(self) -> str:
        return f"action_ask_{FORM}_time"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        ask_time(dispatcher, read(tracker), draft_of(tracker))
        return []


def ask_time(dispatcher: CollectingDispatcher, said: Said, draft: dict[str, Any]) -> None:
    """Say the free times of that day."""
    day = date.fromisoformat(draft["date"])
    free = bookings.availability(
        wiring.store(), draft["offering"], day, at=None, part=None, party=draft.get("party") or 1, now=said.now
    )
    choices = time_choices(free.windows, said.language)
    offer(dispatcher, "utter_ask_time", choices, said.language, day_words=say_day(day, said.language))


class ActionAskConfirmation(Action):
    def name(self) -> str:
        return f"action_ask_{FORM}_confirmation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), draft_of(tracker)
        if PERSON_OFFERED in told_now(tracker):
            return read_back.not_read()
        if draft.get("changing"):
            dispatcher.utter_message(response="utter_what_to_change")
            return [*set_slots({"changing": None}), *read_back.not_read()]
        offering = booking_draft.offering_of(draft)
        assert offering
        waits = (draft.get("waiting") or {}).get("accepted")
        dispatcher.utter_message(
            response="utter_confirm_waiting" if waits else "utter_confirm_booking",
            offering_title=offering.title_en if said.english else offering.title,
            day_words=say_day(date.fromisoformat(draft["date"]), said.language),
            time_words=booking_draft.window_words_of(draft, said.language),
            party_words=party_words(draft.get("party") or 1, draft["service"], said.language),
            place=_place_words(offering, draft["place"], said.english),
            name=draft["name"],
            phone=draft["phone"],
        )
        return read_back.read(draft, drafts.slots_of(FORM))


def _place_words(offering: Offering, address: str, english: bool) -> str:
    """Where the resident goes, or where we come to."""
    if offering.needs_address:
        return address
    return offering.place_en if english else offering.place


class ActionBookService(Action):
    def name(self) -> str:
        return "action_book_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), draft_of(tracker)
        if draft.get("confirmation") == STOPPED:
            if record := tracker.get_slot("record"):
                return open_form(cancellation.FORM, {**drafts.clear(FORM), "record": record})
            dispatcher.utter_message(response="utter_draft_dropped")
            return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker)]
        if not read_back.was_read(draft, drafts.slots_of(FORM), tracker.get_slot(read_back.SLOT)):
            return open_form(FORM, {"confirmation": None})
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
