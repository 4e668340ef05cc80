"""Change a booking that is there: day, time, place, number of people, name or phone, one or several at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.bookings import scope
from actions.bookings.manners import hours, wanted
from actions.bookings.manners.relative_counts import relative_count
from actions.bookings.records import CANCEL, describe
from actions.core import cancellation, drafts, read_back
from actions.core.cards import booking_card
from actions.core.forms import STOPPED, Updates, open_form, step
from actions.core.turn import Said, read, set_slots
from actions.core.words import most_words
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.language.entities import find_entities
from bot.language.times import When
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking
from bot.services.bookings.changes import Change, change_bookings

FORM = "change_booking_form"
VALUES = ("party", "name", "phone", "place")
"""What can be changed beside day and time; each has a question of its own."""
SAME_DAY = re.compile(r"(?:还是|就)?(?:那|当|同一?|原来那?)天|(?:日子|日期|天)(?:不变|不动|照旧)|\bsame day\b", re.I)
"""Only the time shall be another."""
MOVED_FROM = re.compile(r"\bfrom (?P<old>[^,.;!?]{1,30}?)(?= to\b)", re.I)
"""In a wish to change, this is what it was: from Tuesday to Wednesday."""
Draft = Mapping[str, Any]


def start_change(
    found: list[Booking], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    numbers = scope.to_change(said, found[-1])
    booking = bookings.get(wiring.store(), numbers[0]) if numbers else found[-1]
    slots: dict[str, Any] = {
        **drafts.clear(FORM),
        scope.SLOT: numbers,
        "record": booking.number,
        "service": booking.service,
        "offering": booking.offering_id,
    }
    if said.intent == "change_booking":
        slots |= new_values(replace(said, awaiting="confirmation"), slots, booking, dispatcher)
        slots |= {"confirmation": None} | (_asked_for(said, slots, booking))
        if (
            slots.get("date")
            and slots.get("time")
            and not slots.get(wanted.SLOT)
            and change_of(slots, booking) == Change()
        ):
            slots["changing"] = True  # nothing that was said differs from what is booked: what shall it be?
        if numbers and len(numbers) > 1 and slots.get("date") not in (None, booking.day.isoformat()):
            slots[scope.SLOT] = numbers[:1]  # each day of a series stays what it is
    return open_form(FORM, slots)


def _asked_for(said: Said, slots: Draft, booking: Booking) -> Updates:
    """The value that was named without being told: it is asked first."""
    name = wanted.named_in(said.text)
    if name not in VALUES or any(slots.get(name) is not None for name in (*VALUES, "date", "time")):
        return {}
    return {wanted.SLOT: name, **_as_it_is(booking)}


def _as_it_is(booking: Booking) -> Updates:
    return {"date": booking.day.isoformat(), "time": f"{booking.starts:%H:%M}"}


def new_values(said: Said, draft: Draft, booking: Booking, dispatcher: CollectingDispatcher) -> Updates:
    """What these words change of the booking; what is not named stays as it is."""
    said = _with_count(_without_the_old(said), draft.get("party") or booking.party, booking.party)
    when, now = said.entities.when, _as_it_is(booking)
    same_time = (draft.get("date"), draft.get("time")) == (now["date"], now["time"])
    base = {
        **draft,
        "service": booking.service,
        "offering": draft.get("offering") or booking.offering_id,
        "place": draft.get("place") or booking.address or booking.place,
        "party": draft.get("party") or booking.party,
    }
    if same_time and when == When():
        base |= {"date": None, "time": None}  # the seats that are its own are not asked for again
    if base.get("date") is None and when.day is None and (when.at or when.part):
        base["date"] = now["date"]  # 「改到三点」
    if base.get("time") is None and when.day and not (when.at or when.part):
        base["time"] = f"{hours.UNCHECKED}{now['time']}"  # 「改到后天」
    if said.awaiting == "date" and when == When() and SAME_DAY.search(said.text):
        return {"date": now["date"], "time": None}
    told = booking_draft.take(said, base, dispatcher)
    if told.get("time") is not None and base.get("date"):
        told.setdefault("date", base["date"])  # as it is, which is no news to the draft
    if "service" in told:
        told = {name: value for name, value in told.items() if name not in ("service", "offering", "place")}
    allowed = (*VALUES, "offering", "digits", "surname", "date", "time", "confirmation", "changing", wanted.SLOT)
    new = {name: told[name] for name in allowed if name in told}
    told_anew = any(new.get(name) is not None for name in (*VALUES, "offering", "date", "time"))
    return ({wanted.SLOT: None} if told_anew else {}) | _with_seats(new, base, said, booking, dispatcher)


def _without_the_old(said: Said) -> Said:
    if said.intent != "change_booking" or not (old := MOVED_FROM.search(said.text)):
        return said
    text = said.text[: old.start("old")] + " " * len(old["old"]) + said.text[old.end("old") :]
    entities = find_entities(text, said.now, awaiting=said.awaiting, language=said.language)
    return replace(said, text=text, entities=entities)


def _with_count(said: Said, party: int, was: int) -> Said:
    """After “the number of people” a bare number is one: 人数改成三个; one more or fewer is reckoned from `party`."""
    count, more = said.entities.count, relative_count(said.text)
    if more and count in (None, was, abs(more)):
        return replace(said, entities=replace(said.entities, count=max(1, party + more), between=()))
    if count is not None or not (named := wanted.NAMED["party"].search(said.text)):
        return said
    count = find_entities(said.text[named.end() :], said.now, awaiting="party", language=said.language).count
    return replace(said, entities=replace(said.entities, count=count))


def _with_seats(new: Updates, base: Draft, said: Said, booking: Booking, dispatcher: CollectingDispatcher) -> Updates:
    """Day and time are filled in where only something else is changed, as long as there are seats for it."""
    now, party = _as_it_is(booking), new.get("party") or base["party"]
    told_when = new.get("date") is not None or new.get("time") is not None or base.get("date") is not None
    if told_when or not any(new.get(name) is not None for name in (*VALUES, "offering")):
        return new
    offering = booking_draft.offering_of({**base, **new})
    if offering and party > offering.max_party:
        most = most_words(offering.max_party, offering.service, said.language)
        dispatcher.utter_message(response="utter_too_many", max_words=most)
        return {**new, "party": None, wanted.SLOT: "party", **now}
    more = party if offering and offering.id != booking.offering_id else party - booking.party
    if offering is None or more <= 0:
        return {**new, **now}
    found = hours.check(offering, booking.day, f"{hours.UNCHECKED}{now['time']}", said, more, dispatcher)
    return {**new, **{name: value for name, value in found.items() if name in ("date", "time")}}


def change_of(draft: Draft, booking: Booking) -> Change:
    """Only what differs from the booking as it is."""
    wished = Change(
        day=date.fromisoformat(draft["date"]),
        starts=time.fromisoformat(draft["time"]),
        offering_id=draft.get("offering"),
        address=draft.get("place"),
        party=draft.get("party"),
        name=draft.get("name"),
        phone=draft.get("phone"),
    )
    now = (booking.day, booking.starts, booking.offering_id, booking.address, booking.party, booking.name, None)
    same = {name: None for (name, value), old in zip(vars(wished).items(), now, strict=True) if value == old}
    return replace(wished, **same)


class ValidateChangeBookingForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if said.asked == "change" and said.act == "no" and not _names_something(said):
            return set_slots({"confirmation": STOPPED, "requested_slot": None})
        if said.awaiting in ("date", "time", *VALUES) and said.act == "no":
            return set_slots({"confirmation": STOPPED, "requested_slot": None})
        booking = bookings.get(wiring.store(), draft["record"])
        events = step(
            said,
            dispatcher,
            lambda: new_values(said, draft, booking, dispatcher) | scope.corrected(said, draft, booking),
            own=frozenset({"change_booking"}),
            draft=draft,
        )
        return [*events, *_wanted_first(events, draft)]


def _wanted_first(events: list[EventType], draft: Draft) -> list[EventType]:
    """What is to be changed and was not told yet is asked before all else."""
    now = dict(draft) | {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    slot = wanted.first(now)
    return set_slots({"requested_slot": slot}) if slot else []


def _names_something(said: Said) -> bool:
    entities = said.entities
    return entities.when != When() or any((entities.count, entities.name, entities.phone, entities.place))


class ActionCommitChange(Action):
    def name(self) -> str:
        return "action_commit_change"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if draft["confirmation"] == STOPPED and said.shares.get("cancel_booking", 0.0) >= cancellation.LIKELY:
            return open_form(CANCEL, {**drafts.clear(FORM), "record": draft["record"]})  # read back before it is done
        if draft["confirmation"] == STOPPED:
            dispatcher.utter_message(response="utter_kept")
            return drafts.close(FORM, tracker)
        if not read_back.was_read(draft, drafts.slots_of(FORM), tracker.get_slot(read_back.SLOT)):
            return open_form(FORM, {"confirmation": None})
        try:
            before = bookings.get(wiring.store(), draft["record"])
            booking, *more = change_bookings(
                wiring.store(),
                draft.get(scope.SLOT) or [draft["record"]],
                change_of(draft, before),
                client_message_id=said.client_message_id,
                conversation_id=said.conversation_id,
                now=said.now,
                offer_hours=wiring.settings().waiting_offer_hours,
                limits=wiring.phone_limits(),
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
            if error.code == "fully-booked":
                return open_form(FORM, {"time": None, "confirmation": None})
        else:
            dispatcher.utter_message(
                response="utter_changed",
                json_message={"card": booking_card(booking, said.language)},
                **describe(booking, said.language),
            )
            if more:
                text = words.text("bookings.change.each_done", said.language, count=len(more))
                dispatcher.utter_message(text=text)
        return drafts.close(FORM, tracker)
