"""A child acts for a parent: with the code that the parent was given, or after the parent, called by us, has said yes."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, phone_parts
from actions.core.forms import LEFT, STOPPED, Updates, confirmation, open_form, step
from actions.core.phone_parts import bad_phone
from actions.core.turn import Said, read
from actions.mandates import wording
from actions.mandates.wording import NO_CODE
from bot import wiring
from bot.errors import Locked, Refusal
from bot.language import words
from bot.language.entities import find_entities
from bot.language.times import say_day
from bot.services.mandates import mandates
from bot.services.mandates.errors import WrongCode
from bot.services.mandates.mandates import Mandate, Powers

FORM = "act_for_other_form"
OWN = frozenset({"act_for_other", "give_mandate"})
NOT_ASKED = "-"
"""The value of `powers` where a code has settled them."""


class ActionStartActing(Action):
    def name(self) -> str:
        return "action_start_acting"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        old = drafts.begun(FORM, said, tracker)
        return open_form(FORM, {**drafts.clear(FORM), **old, **take(said, old, dispatcher)})


class ValidateActForOtherForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = _heard(read(tracker)), drafts.filled(FORM, tracker)
        return step(said, dispatcher, lambda: take(said, draft, dispatcher), own=OWN, draft=draft)


def _heard(said: Said) -> Said:
    """The digits of a code, a phone and what shall be done are answers, whatever they sound like."""
    if said.awaiting == "contact":
        said = replace(said, entities=find_entities(said.text, said.now, awaiting="phone", language=said.language))
    answers = {
        "code": wording.code_in(said),
        "contact": said.entities.phone,
        "powers": wording.powers_in(said.text) if said.awaiting == "powers" else None,
    }
    return replace(said, intent="inform") if answers.get(str(said.awaiting)) else said


def take(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again."""
    if (part := phone_parts.taken(said, draft)) is not None:
        return part
    asked, updates = said.awaiting, Updates()
    if (who := said.entities.beneficiary) and who not in {"本人", "myself"}:
        updates["beneficiary"] = who
    updates |= _phones(said, dispatcher) | _code(said, draft, dispatcher)
    if asked in (None, "name", "confirmation") and said.entities.name:
        updates["name"] = said.entities.name
    if asked == "powers":
        powers = wording.powers_in(said.text) or (Powers.ALL if said.act in ("any", "unsure") else None)
        updates |= {"powers": powers} if powers else {}
    if asked == "confirmation":
        updates = {name: value for name, value in updates.items() if value != draft.get(name)}
        return confirmation(said, updates)
    known = {**draft, **updates}
    if known.get("code") not in (None, NO_CODE) and all(known.get(name) for name in ("phone", "name", "contact")):
        updates |= {"powers": NOT_ASKED, "confirmation": "yes"}
    return updates


def _phones(said: Said, dispatcher: CollectingDispatcher) -> Updates:
    """Of the one it is for, and one's own."""
    phone = said.entities.phone
    if said.awaiting == "contact":
        if phone:
            return {"contact": phone}
        if any(sign.isdigit() for sign in said.text) or said.act in ("no", "anonymous", "unsure"):
            dispatcher.utter_message(response="utter_helper_needs_phone")
            return {"contact": None}
        return {}
    if phone:
        return {"phone": phone, phone_parts.SLOT: None}
    if said.awaiting == "phone" and said.act in ("no", "anonymous", "unsure"):
        dispatcher.utter_message(response="utter_acting_needs_phone")
        return {"phone": None}
    return bad_phone(said, dispatcher)


def _code(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    code = wording.code_in(said)
    if code == NO_CODE and said.awaiting in (None, "code"):
        if not wiring.can_call():
            dispatcher.utter_message(response="utter_mandate_cannot_call")
            return {"code": None}
        return {"code": NO_CODE}
    if code and said.awaiting in (None, "code"):
        return {"code": code, "powers": NOT_ASKED}
    if said.awaiting == "code" and any(sign.isdigit() for sign in said.text):
        dispatcher.utter_message(response="utter_bad_code")
        return {"code": None}
    return {}


class ActionActForOther(Action):
    """What the form leads to; action_start_acting opens it."""

    def name(self) -> str:
        return "action_act_for_other"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        code, given_up = draft.get("code"), draft.get("confirmation") in (STOPPED, LEFT)
        unread = code in (NO_CODE, None) or given_up
        if unread and (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        request = _request(said, draft)
        try:
            if code == NO_CODE:
                mandate = mandates.ask(wiring.store(), request, said.now)
            else:
                mandate = mandates.take_up(wiring.store(), request, str(code), said.now)
        except WrongCode as error:
            dispatcher.utter_message(response=error.say)
            return open_form(FORM, {"code": None, "powers": None, "confirmation": None})
        except Locked:
            dispatcher.utter_message(response="utter_code_locked")
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            _tell(mandate, draft, said, dispatcher)
        return drafts.close(FORM, tracker)


def _tell(mandate: Mandate, draft: dict[str, Any], said: Said, dispatcher: CollectingDispatcher) -> None:
    dispatcher.utter_message(
        response="utter_mandate_asked" if draft["code"] == NO_CODE else "utter_mandate_taken_up",
        number=mandate.number,
        whom=mandate.relation or words.text("mandates.they", said.language),
        powers_words=wording.powers_words(mandate.powers, said.language),
        day_words=say_day(mandate.ends, said.language),
        json_message={"card": wording.card(mandate, said.language)},
    )


def _request(said: Said, draft: dict[str, Any]) -> mandates.Request:
    asks = draft.get("code") == NO_CODE
    return mandates.Request(
        phone=draft["phone"],
        helper=draft["name"],
        helper_phone=draft["contact"],
        powers=draft["powers"] if asks else Powers.ALL,
        ends=mandates.last_day(None, said.now),
        relation=draft.get("beneficiary"),
        conversation_id=said.conversation_id,
        client_message_id=said.client_message_id,
        language=said.language,
        channel=said.channel,
    )
