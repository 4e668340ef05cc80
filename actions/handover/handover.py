"""A person: asked for, called back, and the danger notice."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.forms import ANSWERS, STOPPED, Updates, open_form, resume, step
from actions.core.turn import Said, read, set_slots
from actions.knowledge.knowledge import tell
from bot import wiring
from bot.services.handover import handover
from bot.services.residents import residents

FORM = "callback_form"
NO_PHONE = "-"
TOPIC_PAGES = {
    "join_volunteering": "volunteer_points_what",
    "check_points": "volunteer_points_what",
    "redeem_points": "volunteer_points_what",
    "find_job": "migrant_job_app",
}
"""The page that is told before a call-back is offered, until these services have flows of their own."""


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
    )


def duty_words(on_duty: bool | None, operator_phone: str, english: bool) -> str:
    """Whether somebody is there, and a number to call when one is known. Nothing is invented."""
    there = {
        True: ("现在有人值班，会尽快联系您。", "Staff are on duty and will be with you soon."),
        False: ("现在没有人值班，上班后联系您。", "Nobody is on duty now; staff will contact you in working hours."),
        None: ("我不清楚现在有没有人值班。", "I do not know whether anyone is on duty now."),
    }[on_duty][english]
    if not operator_phone:
        return there
    return there + (f" You can also call {operator_phone}." if english else f"您也可以打{operator_phone}。")


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
    words = duty_words(record.on_duty, wiring.settings().operator_phone, said.english)
    card = {"kind": "handover", "number": record.number}
    dispatcher.utter_message(
        response="utter_already_requested" if record.joined else "utter_person_requested",
        number=record.number,
        duty_words=words,
        json_message={"card": card},
    )
    if said.form and (said.form != FORM or not said.facts.phone):
        return resume(said)
    return open_form(FORM, {"purpose": "asked", "phone": said.facts.phone, "confirmation": None})


class ActionRequestErasure(Action):
    def name(self) -> str:
        return "action_request_erasure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        record = residents.request_erasure(
            wiring.store(),
            conversation_id=said.conversation_id,
            phone=None,
            client_message_id=said.client_message_id,
            channel=said.channel,
            language=said.language,
            now=said.now,
            hours=wiring.settings().staff_hours,
        )
        card = {"kind": "handover", "number": record.number, "purpose": "erase"}
        dispatcher.utter_message(response="utter_erasure_requested", number=record.number, json_message={"card": card})
        if said.form:
            return resume(said)
        return open_form(FORM, {"purpose": "erase", "phone": said.facts.phone, "confirmation": None})


class ActionOfferCallback(Action):
    """Proposals, points and jobs: what the plan says, and a person who can do it."""

    def name(self) -> str:
        return "action_offer_callback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        page = wiring.knowledge().pages[TOPIC_PAGES[said.intent]]
        tell(page, said, dispatcher)
        topic = SlotSet("topic", page.topic)
        if said.form:
            return [topic, *resume(said)]
        return [topic, *open_form(FORM, {"purpose": said.intent, "phone": None, "confirmation": None})]


class ActionAskCallbackPhone(Action):
    """The question fits what the call is for."""

    def name(self) -> str:
        return f"action_ask_{FORM}_phone"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        offered = tracker.get_slot("purpose") in TOPIC_PAGES
        dispatcher.utter_message(response="utter_callback_offer" if offered else "utter_ask_phone_for_person")
        return []


class ActionAskCallbackConfirmation(Action):
    """The number is read back, with what it is kept for."""

    def name(self) -> str:
        return f"action_ask_{FORM}_confirmation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        dispatcher.utter_message(response="utter_confirm_callback", phone=tracker.get_slot("phone"))
        return []


class ValidateCallbackForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)

        def take() -> Updates:
            if said.facts.phone:
                return {"phone": said.facts.phone, "confirmation": None}
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

        if said.awaiting and said.act == "stop":
            return set_slots({"phone": NO_PHONE, "confirmation": STOPPED})
        if said.intent not in ANSWERS:  # the resident went on to something else: no number then
            return []
        return step(said, dispatcher, take)


class ActionCallback(Action):
    def name(self) -> str:
        return "action_callback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, phone = read(tracker), tracker.get_slot("phone")
        if phone == NO_PHONE or tracker.get_slot("confirmation") != "yes":
            dispatcher.utter_message(response="utter_callback_declined")
        else:
            record = request(said, tracker.get_slot("purpose") or "asked", phone)
            card = {"kind": "handover", "number": record.number}
            dispatcher.utter_message(
                response="utter_callback_recorded", number=record.number, json_message={"card": card}
            )
        return [*set_slots(drafts.clear(FORM)), *drafts.end(tracker)]
