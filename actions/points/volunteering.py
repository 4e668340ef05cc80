"""Sign up as a volunteer: what, when, name and phone, read back, written only after a yes."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, phone_parts
from actions.core.forms import Updates, confirmation, content_of, open_form, step
from actions.core.phone_parts import bad_phone
from actions.core.turn import Said, read
from actions.points.records import points_card
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.language.readers.answer_acts import CONTENT
from bot.services.points import points

FORM = "join_volunteering_form"
OWN = frozenset({"join_volunteering"})
MEANT = frozenset({"book_service", "file_complaint", "ask_policy", "submit_proposal"})
"""What the wish of a volunteer may sound like: 「给老人送饭」 is no order of a meal when it is asked what one would do."""
_QUESTION = re.compile(r"(?:什么|多少|吗|几[点天])[?。]?$|\?$|^(?:what|how|when|where|which|who)\b", re.I)
"""As it is written: 「积分能换什么」 is no time when somebody is free."""


class ActionStartVolunteering(Action):
    def name(self) -> str:
        return "action_start_volunteering"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        old = drafts.begun(FORM, said, tracker)
        return open_form(FORM, {**drafts.clear(FORM), **old, **take(said, old, dispatcher)})


class ValidateJoinVolunteeringForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        meant = MEANT - {"ask_policy"} if _QUESTION.search(said.text) else MEANT
        return step(
            said,
            dispatcher,
            lambda: take(said, draft, dispatcher),
            own=OWN | content_of(said, ("description", "free_time"), meant),
            draft=draft,
        )


def take(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again."""
    updates: Updates = {}
    for slot in ("description", "free_time"):
        if said.awaiting == slot and said.act in (CONTENT, "any", "unsure"):
            updates[slot] = said.text if said.act == CONTENT else words.text("points.anything", said.language)
    if said.entities.name and said.awaiting in (None, "name", "phone", "confirmation"):
        updates["name"] = said.entities.name
    if (part := phone_parts.taken(said, draft)) is not None:
        updates |= part
    elif said.entities.phone:
        updates |= {"phone": said.entities.phone, phone_parts.SLOT: None}
    elif said.awaiting == "phone" and said.act in ("no", "anonymous", "unsure"):
        dispatcher.utter_message(response="utter_volunteer_needs_phone")
        updates["phone"] = None
    else:
        updates |= bad_phone(said, dispatcher)
    return confirmation(said, updates)


class ActionJoinVolunteering(Action):
    def name(self) -> str:
        return "action_join_volunteering"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        request = points.VolunteerRequest(
            name=draft["name"],
            phone=draft["phone"],
            wish=draft["description"],
            free_time=draft["free_time"],
            conversation_id=said.conversation_id,
            client_message_id=said.client_message_id,
            language=said.language,
            channel=said.channel,
        )
        try:
            volunteer = points.join(wiring.store(), request, said.now)
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_volunteer_joined",
                number=volunteer.number,
                json_message={"card": points_card(volunteer)},
            )
        return drafts.close(FORM, tracker)
