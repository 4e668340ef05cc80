"""A parent gives a mandate: to whom, for what, until when, from which phone; read back, then a code."""

from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, phone_parts
from actions.core.forms import Updates, confirmation, open_form, step
from actions.core.phone_parts import bad_phone
from actions.core.turn import Said, read
from actions.mandates import wording
from bot import wiring
from bot.errors import Refusal
from bot.language.times import say_day
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Powers

FORM = "mandate_form"
OWN = frozenset({"give_mandate", "act_for_other"})
MEANT = frozenset({"book_service", "file_complaint", "ask_policy", "change_booking", "out_of_scope", "check_mandate"})
"""What an answer about helper and powers may sound like."""
FREE = ("helper", "powers", "date", "confirmation")
SHORT = 20
"""Characters. At the summary a correction is no longer: 不对，只管投诉 starts no complaint."""


class ActionStartMandate(Action):
    def name(self) -> str:
        return "action_start_mandate"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        old = drafts.begun(FORM, said, tracker)
        return open_form(FORM, {**drafts.clear(FORM), **old, **take(said, old, dispatcher)})


class ValidateMandateForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if said.awaiting in FREE and said.intent in MEANT and _answers(said):
            said = replace(said, intent="inform")
        return step(said, dispatcher, lambda: take(said, draft, dispatcher), own=OWN, draft=draft)


def _answers(said: Said) -> bool:
    """Do the words hold what was asked?"""
    found = {"helper": wording.helper_in(said), "powers": _powers(said), "date": wording.last_day_in(said)}
    if said.awaiting == "confirmation":
        return len(said.text) <= SHORT and any(value is not None for value in found.values())
    return found[str(said.awaiting)] is not None


def take(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again."""
    if (part := phone_parts.taken(said, draft)) is not None:
        return part
    updates: Updates = {}
    asked = said.awaiting
    correcting = asked == "confirmation" and said.act not in ("yes", "stop")
    if (asked in (None, "helper") or correcting) and (helper := wording.helper_in(said)):
        updates["helper"] = helper
    if asked in (None, "powers", "helper") or correcting:
        powers = _powers(said)
        updates |= {"powers": powers} if powers else {}
    if (asked in (None, "date", "powers") or correcting) and (day := wording.last_day_in(said)):
        updates["date"] = day.isoformat()
    if wording.wants_calls(said.text):
        updates["tell"] = True
    if said.entities.phone:
        updates |= {"phone": said.entities.phone, phone_parts.SLOT: None}
    elif asked == "phone" and said.act in ("no", "anonymous", "unsure"):
        dispatcher.utter_message(response="utter_mandate_needs_phone")
        updates["phone"] = None
    else:
        updates |= bad_phone(said, dispatcher)
    if correcting:
        updates = {name: value for name, value in updates.items() if value != draft.get(name)}
    return confirmation(said, updates)


def _powers(said: Said) -> str | None:
    """Where it was not asked, only what is named plainly: 都 stands in many sentences."""
    if said.awaiting == "powers":
        return wording.powers_in(said.text) or (Powers.ALL if said.act in ("any", "unsure") else None)
    named = wording.powers_in(said.text)
    return named if named != Powers.ALL or wording.says_everything(said.text) else None


class ActionGiveMandate(Action):
    def name(self) -> str:
        return "action_give_mandate"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        request = mandates.Request(
            phone=draft["phone"],
            helper=draft["helper"],
            powers=draft["powers"],
            ends=date.fromisoformat(draft["date"]),
            tell_by_call=bool(draft.get("tell")),
            conversation_id=said.conversation_id,
            client_message_id=said.client_message_id,
            language=said.language,
            channel=said.channel,
        )
        try:
            mandate, code = mandates.give(wiring.store(), request, said.now)
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_mandate_given" if mandate.proven else "utter_mandate_given_unproven",
                number=mandate.number,
                code=code,
                minutes=mandates.CODE_MINUTES,
                helper=draft["helper"],
                day_words=say_day(mandate.ends, said.language),
                json_message={"card": {**wording.card(mandate, said.language), "code": code}},
            )
        return drafts.close(FORM, tracker)
