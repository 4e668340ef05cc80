"""One matter at a time: what happens to an unfinished draft when the resident turns to something else."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.core import read_back, topics
from actions.core.forms import LEFT, OFFERS, STOPPED, open_form, step
from actions.core.turn import MISSED, Said, finished, read, set_slots
from bot.services.kernel.topics import draft_of

DECIDES = {"yes": True, "keep": True, "no": False, "drop": False, "stop": False}
"""Is the draft kept, or gone on with?"""


def is_open(form: str | None) -> bool:
    """Is a draft open that would be lost by starting something else?"""
    return draft_of((form or "").removesuffix("_form")).worth_keeping


def slots_of(form: str) -> tuple[str, ...]:
    """Which slots belong to a form."""
    return topics.form(form).slots


def clear(form: str) -> dict[str, Any]:
    return dict.fromkeys(slots_of(form))


def filled(form: str, tracker: Tracker) -> dict[str, Any]:
    """The slots of this form as they are now."""
    return {name: tracker.get_slot(name) for name in slots_of(form)}


def begun(form: str, said: Said, tracker: Tracker) -> dict[str, Any]:
    """What is told already when this form is wanted: nothing unless it is open, for slots are shared with other forms."""
    return filled(form, tracker) if said.form == form else {}


def offer_to_keep(tracker: Tracker, said: Said, next_form: str) -> list[EventType]:
    """Ask whether the open draft is to be kept, and remember what the resident turned to."""
    wish = {"text": said.text, "details": said.details, "intent": said.intent, "act": said.act}
    pending = {**wish, "form": next_form, "from": said.form}
    return open_form("switch_form", {"pending": pending, "keep_draft": None})


def keep_wish(form: str, slots: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Lay a second wish aside, unless another matter is kept already; `end` asks about it then."""
    if tracker.get_slot("draft"):
        return []
    dispatcher.utter_message(response="utter_wish_kept")
    return set_slots({"draft": {"form": form, "slots": {**clear(form), **slots}, "wish": True}})


def end(tracker: Tracker) -> list[EventType]:
    """The matter at hand is done. Ask about the draft laid aside, or start afresh next time."""
    if tracker.get_slot("draft"):
        return open_form("resume_form", {"resume_draft": None})
    return finished()


def close(form: str, tracker: Tracker) -> list[EventType]:
    """The form is done with: its slots are emptied, and what was laid aside comes again."""
    return [*set_slots(clear(form)), *end(tracker)]


def stop(form: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The resident gave the matter up."""
    dispatcher.utter_message(response="utter_draft_dropped")
    return close(form, tracker)


def held_back(form: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """What happens in place of writing: given up, left for now, or read back first. None: what was read may be written."""
    draft = filled(form, tracker)
    if draft.get("confirmation") == STOPPED:
        return stop(form, dispatcher, tracker)
    if draft.get("confirmation") == LEFT:
        return leave(form, dispatcher, tracker)
    if not read_back.was_read(draft, slots_of(form), tracker.get_slot(read_back.SLOT)):
        return open_form(form, {"confirmation": None})
    return None


def leave(form: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """We could not get on with it: the draft is kept as it is, and a person is asked unless one was declined."""
    declined = (tracker.get_slot(MISSED) or {}).get("declined")
    events = lay_aside(form, tracker)
    if declined:
        dispatcher.utter_message(response="utter_left_for_now")
        return events
    dispatcher.utter_message(response="utter_left_to_person")
    return [*events, FollowupAction("action_request_person")]


def lay_aside(form: str, tracker: Tracker) -> list[EventType]:
    """Keep the draft of this form for when the matter that comes first is done; `end` asks about it then."""
    kept = filled(form, tracker) | {"confirmation": None}
    events = set_slots({**clear(form), "draft": {"form": form, "slots": kept}, MISSED: None})
    tracker.add_slots(events)
    return events


def phone_in(tracker: Tracker) -> str | None:
    """The number that was given for the matter laid aside."""
    phone = ((tracker.get_slot("draft") or {}).get("slots") or {}).get("phone")
    return phone if isinstance(phone, str) and phone.isdigit() else None


def _decide(said: Said, slot: str, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Kept or dropped, by what the words answer."""
    if said.awaiting != slot:
        return []
    if OFFERS & said.before and said.act in ("yes", "no"):
        return step(said, dispatcher, dict)
    if said.act in DECIDES:
        return set_slots({slot: DECIDES[said.act]})
    return step(said, dispatcher, dict)


class ValidateSwitchForm(Action):
    def name(self) -> str:
        return "validate_switch_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return _decide(read(tracker), "keep_draft", dispatcher)


class ValidateResumeForm(Action):
    def name(self) -> str:
        return "validate_resume_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return _decide(read(tracker), "resume_draft", dispatcher)


class ActionResumeDraft(Action):
    def name(self) -> str:
        return "action_resume_draft"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        draft = tracker.get_slot("draft") or {}
        if tracker.get_slot("resume_draft"):
            return [*set_slots({**draft["slots"], "draft": None}), FollowupAction(draft["form"])]
        dispatcher.utter_message(response="utter_draft_dropped")
        return [*set_slots({"draft": None}), *finished()]
