"""Book a service: one question at a time, read back, committed only after a yes."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import before, days, weekly, wishes
from actions.bookings import draft as booking_draft
from actions.bookings.manners import narrowing, twice, wanted
from actions.bookings.manners.services import another_service, service_in
from actions.bookings.package import commit
from actions.bookings.package import draft as package
from actions.bookings.package.requests import request_of
from actions.core import cancellation, drafts, forms, starts, topics
from actions.core.cards import booking_card
from actions.core.forms import STOPPED, open_form, step
from actions.core.turn import Said, only, read, set_slots
from actions.core.words import ahead_words
from bot import wiring
from bot.errors import FullyBooked, MandateRefusal, Refusal, TooManyRecords
from bot.language.entities import count_alone
from bot.language.readers.answer_acts import CONTENT
from bot.language.times import say_day, say_window
from bot.language.troubles import names_a_trouble
from bot.services.audit.behalf import Powers
from bot.services.bookings import bookings, calendars, series
from bot.services.bookings.bookings import Booking
from bot.services.bookings.offerings import find_offerings
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish

FORM = "book_service_form"
OWN = frozenset({"book_service", "change_booking"})
STOPS = frozenset({"cancel_booking"})
SOUNDS_LIKE = frozenset({"file_complaint", "who_handles", "guided_steps", "check_booking", "ask_policy"})
"""What the details of a booking may sound like."""
TELLS_LITTLE = frozenset(
    {"inform", "out_of_scope", "unsure", "check_booking", "check_case", "rate_service", "affirm", "greet"}
)
"""Intents that digits with little else may look like."""
LONGEST_TITLE = {"zh": 12, "en": 40}
"""Signs of an answer that hardly holds more than the name of a service."""
BOOKS = re.compile(r"[约订预挂]|\b(?:book|reserve|order)\b", re.I)
"""With these begins the wish for a booking, so that the trouble stands before it."""
BEGINS = 8
"""Signs of a wish in which it says what it wishes for."""
ALSO_MEANT = 0.02
"""Share of another wish from which on it may be the second in the same breath."""


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
        if not said.details.get("service") and (offered := starts.offered_before(said, tracker)):
            said = replace(said, details={**said.details, **offered["details"]})
        known = starts.known_of_other(said, Powers.BOOKINGS, ("name", "phone", "beneficiary"), dispatcher)
        begun = (known or before.known(said, dispatcher)) | drafts.begun(FORM, said, tracker)
        first, kept = _two_wishes(said, dispatcher, tracker)
        updates = (booking_draft if kept else package).take(first, begun, dispatcher)
        slots = {**drafts.clear(FORM), **begun, **updates}
        there = None if slots.get(package.SLOT) else twice.there_already(first, slots)
        return [*kept, *open_form(FORM, {**slots, twice.THERE: there})]


class ValidateBookServiceForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if anew := package.without(said, draft, dispatcher) or package.with_one_more(said, draft, dispatcher):
            return _onwards(set_slots(anew), said, draft, dispatcher)
        if said.awaiting and (other := cancellation.names_another(said)):
            return set_slots({"record": other.number, "confirmation": STOPPED, "requested_slot": None})
        if twice.leaves_it(said):
            return set_slots({"confirmation": STOPPED, "requested_slot": None})
        if said.awaiting and cancellation.may_mean_another(said):
            cancellation.ask_which(said, dispatcher)
            return set_slots({said.awaiting: None})
        said = _with_plain_facts(said, draft)
        turned = package.turned_to(said, draft) if draft.get(package.SLOT) and said.awaiting else {}
        instead = another_service(said, draft)
        narrows = narrowing.answers(said, draft)
        if turned or instead or narrows or booking_draft.chooses_place(said, draft) or days.next_time(said):
            said = replace(said, intent="inform", act=CONTENT if narrows else said.act)
        if not turned and not instead and not narrows and wishes.named_again(said, draft["service"]):
            if kept := wishes.keep(FORM, booking_draft.take(_anew(said), {}, dispatcher), dispatcher, tracker):
                return [*kept, *set_slots({str(said.awaiting): None})]
            said = replace(said, intent="inform")
        if forms.content_of(said, ("description",), SOUNDS_LIKE):
            said = replace(said, intent="inform")
        events = step(
            said,
            dispatcher,
            lambda: package.take(said, draft, dispatcher),
            own=OWN,
            stops=STOPS,
            draft=draft,
        )
        return _onwards(events, said, draft, dispatcher)


def _onwards(
    events: list[EventType], said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher
) -> list[EventType]:
    """With the next service of a package, and what is asked besides."""
    now = draft | {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    if (events or not said.awaiting) and not now.get("confirmation"):
        events = [*events, *set_slots(package.advance(said, now, dispatcher))]
    return [*events, *_asked_besides(events, said, draft)]


def _with_plain_facts(said: Said, draft: dict[str, Any]) -> Said:
    """A telephone told at another question, or a service that is named where one is asked for, is an answer."""
    digits = said.entities.phone and not draft.get("phone") and said.awaiting not in ("phone", "confirmation")
    if digits and said.act != "stop" and said.intent in TELLS_LITTLE and _hardly_more(said):
        return replace(said, intent="inform", act=CONTENT)
    if said.awaiting == "confirmation" and count_alone(said.text):
        return replace(said, intent="inform", act=CONTENT)
    code = said.details.get("service") or service_in(said.text)
    if said.awaiting == "service" and code and len(said.text) <= LONGEST_TITLE[said.language] and "?" not in said.text:
        return replace(said, intent="inform", act=CONTENT, details={**said.details, "service": code})
    return said


def _hardly_more(said: Said) -> bool:
    return len(re.sub(r"[\W\d零一二三四五六七八九幺]", "", said.text)) <= LONGEST_TITLE[said.language]


def _two_wishes(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> tuple[Said, list[EventType]]:
    """What to begin with, and the slots that keep the other matter for later: 「我订个饭,还有个事,路灯也不亮」."""
    rest = wishes.rest_of(said.text)
    if not rest:
        return said, []
    head, service = said.text.removesuffix(rest), said.details.get("service")
    first, other = service_in(head), service_in(rest)
    if other and first and first != other:
        begin = replace(said, details={**said.details, "service": first}) if other == service else said
        return begin, wishes.keep(FORM, {"service": other}, dispatcher, tracker)
    if other and other != service:
        return said, wishes.keep(FORM, {"service": other}, dispatcher, tracker)
    books, troubles = (rest, head) if other or BOOKS.search(rest[:BEGINS]) else (head, rest)
    kept = _trouble_in(troubles, said, dispatcher, tracker)
    return (only(said, books) if kept else said), kept


def _trouble_in(words: str, said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Keep what these words complain of, with its place; empty where they complain of nothing."""
    take = topics.form("file_complaint_form").take
    if said.shares.get("file_complaint", 0.0) < ALSO_MEANT or not names_a_trouble(words) or take is None:
        return []
    trouble = take(replace(only(_anew(said), words), intent="file_complaint"), {}, dispatcher)
    return wishes.keep("file_complaint_form", {**trouble, "description": words, "gist": None}, dispatcher, tracker)


def _anew(said: Said) -> Said:
    """The same words, with nothing asked before them."""
    return replace(said, awaiting=None, asked=None, form=None)


def _asked_besides(events: list[EventType], said: Said, draft: dict[str, Any]) -> list[EventType]:
    """What is asked before all else though a form can do without: two numbers were said, 两三份; how many weeks; and
    what the offering needs to know."""
    now = draft | {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    if (not events and said.awaiting) or now.get("confirmation"):
        return []
    if twice.is_open(now):
        return set_slots({"requested_slot": twice.SLOT})
    if slot := wanted.first(now):
        return set_slots({"requested_slot": slot})
    if now.get("party_between") and not now.get("party"):
        return set_slots({"requested_slot": "party"})
    if now.get("weekly") and not now.get("repeat"):
        return set_slots({"requested_slot": "repeat"})
    offering = booking_draft.offering_of(now)
    if offering and offering.ask and now.get("place") and not now.get("description"):
        return set_slots({"requested_slot": "description"})
    return []


class ActionBookService(Action):
    def name(self) -> str:
        return "action_book_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if draft.get("confirmation") == STOPPED and (record := tracker.get_slot("record")):
            return open_form(cancellation.FORM, {**drafts.clear(FORM), "record": record})
        if draft.get("confirmation") == STOPPED and twice.is_open(draft):
            dispatcher.utter_message(response="utter_kept")
            return drafts.close(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        if draft.get(package.SLOT):
            return commit.book(said, draft, dispatcher, tracker)
        if there := twice.there_already(_anew(said), draft):
            return open_form(FORM, {twice.THERE: there, "confirmation": None})
        if draft.get("weekly"):
            return _book_series(said, draft, dispatcher, tracker)
        waits = (draft.get("waiting") or {}).get("accepted")
        try:
            write = bookings.join_waiting_list if waits else bookings.book
            booking = write(wiring.store(), request_of(said, draft), said.now, limits=wiring.phone_limits())
        except FullyBooked as error:
            dispatcher.utter_message(response=error.say)
            return open_form(FORM, {"time": None, "confirmation": None, "waiting": None})
        except (TooManyRecords, MandateRefusal) as error:  # no other time would help
            dispatcher.utter_message(response=error.say)
            return drafts.close(FORM, tracker)
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
            json_message={"card": booking_card(booking, said.language) | _calendar_of(booking)},
        )
        return [*set_slots(drafts.clear(FORM)), *_next_one(draft, tracker), *drafts.end(tracker)]


def _next_one(draft: dict[str, Any], tracker: Tracker) -> list[EventType]:
    """Where one is served at a time, the second of two is kept to be booked next."""
    if not draft.get("others") or tracker.get_slot("draft"):
        return []
    known = {name: draft[name] for name in ("service", "offering", "place", "date")}
    events = set_slots({"draft": {"form": FORM, "slots": {**drafts.clear(FORM), **known}}})
    tracker.add_slots(events)
    return events


def _book_series(
    said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    days, store = weekly.days_of(draft), wiring.store()
    try:
        made = series.book_series(
            store, request_of(said, draft), weekly.weekly_of(draft), days, said.now, limits=wiring.phone_limits()
        )
    except FullyBooked as error:
        dispatcher.utter_message(response=error.say)
        now = {**draft["weekly"], "days": [day.isoformat() for day in weekly.plan_of(said, draft).days]}
        return open_form(FORM, {"weekly": now, "confirmation": None})
    except (TooManyRecords, MandateRefusal) as error:
        dispatcher.utter_message(response=error.say)
        return drafts.close(FORM, tracker)
    except Refusal as error:
        dispatcher.utter_message(response=error.say)
        return open_form(FORM, {"date": None, "time": None, "confirmation": None})
    first = made[0]
    dispatcher.utter_message(
        response="utter_booked_series",
        number=first.number,
        count=len(made),
        offering_title=first.title_en if said.english else first.title,
        repeat_words=weekly.weekday_words(draft["weekly"]["weekdays"], said.language),
        day_words=say_day(first.day, said.language),
        time_words=say_window(first.starts, first.ends, said.language),
        json_message={"card": booking_card(first, said.language) | _calendar_of(first)},
    )
    return drafts.close(FORM, tracker)


def _calendar_of(booking: Booking) -> dict[str, str]:
    """For the card of what was booked in this very conversation."""
    return {"calendar": calendars.path_of(wiring.store(), booking.conversation_id)}
