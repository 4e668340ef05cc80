"""From words to an application: which posting, whether it is wanted, name and phone."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core.forms import STOPPED, Updates, confirmation
from actions.core.turn import Said
from bot import wiring
from bot.language.readers.answer_acts import CONTENT
from bot.services.jobs import jobs
from bot.services.jobs.wish import posting_in, read_wish

LONGEST_NAME = 20
YES = "yes"

Draft = dict[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    updates: Updates = {}
    if (number := posting_in(said.text)) is not None:
        if jobs.posting(wiring.store(), number, said.now.date()) is None:
            dispatcher.utter_message(response="utter_job_over")
            return {"job_posting": None, "wants": None}
        updates["job_posting"] = number
    if said.intent == "apply_job" or (said.awaiting == "wants" and said.act == "yes"):
        updates["wants"] = YES
    elif said.awaiting == "wants" and (said.act == "no" or said.intent == "deny"):
        return {"wants": STOPPED, "name": STOPPED, "phone": STOPPED, "confirmation": STOPPED}
    updates |= _name(said, draft) | _phone(said, dispatcher)
    return confirmation(said, updates)


def named_work(said: Said, before: Draft) -> Updates:
    """Work that is named without a number: the only posting of it, or those among which one is chosen."""
    wish = read_wish(said.text, wiring.trades())
    if before.get("job_posting") or wish.is_empty or posting_in(said.text) is not None:
        return {}
    found = jobs.search(wiring.store(), wish, said.now.date())
    return {"job_posting": found.postings[0].id if found.total == 1 else None, "job_search": wish.as_slot()}


def _name(said: Said, draft: Draft) -> Updates:
    if said.entities.name and said.awaiting in (None, "wants", "name", "phone", "confirmation"):
        return {"name": said.entities.name}
    if said.awaiting == "name" and said.act == CONTENT and said.intent == "inform" and len(said.text) <= LONGEST_NAME:
        return {"name": said.text}
    return {}


def _phone(said: Said, dispatcher: CollectingDispatcher) -> Updates:
    if said.entities.phone:
        return {"phone": said.entities.phone}
    if said.awaiting == "phone" and said.act in ("anonymous", "no"):
        dispatcher.utter_message(response="utter_phone_for_job")
        return {"phone": None}
    if said.awaiting == "phone" and any(c.isdigit() for c in said.text):
        dispatcher.utter_message(response="utter_bad_phone")
        return {"phone": None}
    return {}
