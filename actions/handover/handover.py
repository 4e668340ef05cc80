"""A person: asked for, called back, and the danger notice."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, phone_parts
from actions.core.forms import ANSWERS, STOPPED, WANTS_NOTHING, Updates, open_form, resume, step
from actions.core.turn import Said, read, set_slots
from actions.core.words import moment_words
from actions.handover.questions import NO_PHONE, WITHDRAWN
from bot import wiring
from bot.language import words
from bot.language.times import HERE
from bot.services.handover import handover
from bot.services.kernel.notices import duty_words

FORM = "callback_form"


def request(said: Said, reason: str, phone: str | None = None) -> handover.Handover:
    return handover.request_person(
        wiring.store(),
        conversation_id=said.conversation_id,
        reason=reason,
        phone=phone,
        client_message_id=said.client_message_id,
        channel=said.channel,
        language=said.language,
        now=said.now,
        hours=wiring.settings().staff_hours,
        call_back_minutes=wiring.settings().call_back_minutes,
    )


def whom_to_expect(record: handover.Handover, operator_phone: str, language: str) -> str:
    """Whether somebody is there, by when we call back, and a number to call when one is known. Nothing is invented."""
    gap = " " if language == "en" else ""
    there = duty_words(record.on_duty, language)
    if record.call_back_by is not None:
        by = moment_words(record.call_back_by.astimezone(HERE), language)
        there += gap + words.text("handover.duty.by", language, moment=by)
    if not operator_phone:
        return there
    return there + gap + words.text("handover.duty.call", language, phone=operator_phone)


class ActionRequestPerson(Action):
    """The record is written at once; the phone number may follow."""

    def name(self) -> str:
        return "action_request_person"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return request_person(read(tracker), dispatcher, tracker)


def request_person(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Write it down, say the number, and ask for a phone number when no other question is open.

    A number is kept only after it was read back with what it is kept for, also one that was said at once.
    """
    record = request(said, "asked")
    lays_aside = (
        drafts.is_open(said.form) and said.channel != "phone" and not record.joined and not tracker.get_slot("draft")
    )
    card = {"kind": "handover", "number": record.number}
    dispatcher.utter_message(
        response="utter_already_requested" if record.joined else "utter_person_requested",
        number=record.number,
        duty_words=whom_to_expect(record, wiring.settings().operator_phone, said.language),
        json_message={"card": card},
    )
    if lays_aside:
        kept = drafts.lay_aside(str(said.form), tracker)
        dispatcher.utter_message(response="utter_draft_kept")
        known = said.entities.phone or drafts.phone_in(tracker)
        return [*kept, *open_form(FORM, {"purpose": "asked", "phone": known, "confirmation": None})]
    if said.form and (said.form != FORM or not said.entities.phone):
        return resume(said)
    known = said.entities.phone or drafts.phone_in(tracker)
    return open_form(FORM, {"purpose": "asked", "phone": known, "confirmation": None})


class ActionRequestErasure(Action):
    def name(self) -> str:
        return "action_request_erasure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        record = request(said, handover.ERASURE)  # staff check who asks before anything is erased
        card = {"kind": "handover", "number": record.number, "purpose": "erase"}
        dispatcher.utter_message(response="utter_erasure_requested", number=record.number, json_message={"card": card})
        if said.form:
            return resume(said)
        return open_form(FORM, {"purpose": "erase", "phone": said.entities.phone, "confirmation": None})


class ValidateCallbackForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)

        def take() -> Updates:
            if (part := phone_parts.taken(said, {phone_parts.SLOT: tracker.get_slot(phone_parts.SLOT)})) is not None:
                return {**part, "confirmation": None}
            if said.entities.phone:
                return {"phone": said.entities.phone, "confirmation": None, phone_parts.SLOT: None}
            if said.awaiting == "confirmation" and said.act == "yes":
                return {"confirmation": "yes"}
            if said.awaiting == "confirmation" and said.act in ("no", "change"):
                return {"phone": None, "confirmation": None}
            if said.act in ("no", "anonymous", "no_calls"):
                return {"phone": NO_PHONE, "confirmation": STOPPED}
            if any(c.isdigit() for c in said.text):
                dispatcher.utter_message(response="utter_bad_phone")
                return {"phone": None, "confirmation": None}
            return {}

        if said.awaiting == "phone" and said.act == "stop" and tracker.get_slot("purpose") == "asked":
            handover.withdraw(wiring.store(), said.conversation_id, said.now)
            dispatcher.utter_message(response="utter_person_withdrawn")
            return set_slots({"phone": WITHDRAWN, "confirmation": STOPPED})
        if said.awaiting and said.act == "stop":
            return set_slots({"phone": NO_PHONE, "confirmation": STOPPED})
        if said.intent not in ANSWERS | {WANTS_NOTHING}:  # the resident went on to something else: no number then
            return []
        return step(said, dispatcher, take)


class ActionCallback(Action):
    def name(self) -> str:
        return "action_callback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, phone = read(tracker), tracker.get_slot("phone")
        if phone == WITHDRAWN:
            pass  # it was told already
        elif phone == NO_PHONE or tracker.get_slot("confirmation") != "yes":
            dispatcher.utter_message(response="utter_callback_declined")
        else:
            record = request(said, tracker.get_slot("purpose") or "asked", phone)
            card = {"kind": "handover", "number": record.number}
            dispatcher.utter_message(
                response="utter_callback_recorded", number=record.number, json_message={"card": card}
            )
        return drafts.close(FORM, tracker)
