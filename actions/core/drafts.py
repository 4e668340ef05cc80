"""One matter at a time: what happens to an unfinished draft when the resident turns to something else."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.core.forms import PERSON_OFFERED, open_form, step
from actions.core.turn import Said, finished, read, set_slots

BOOKING_SLOTS = (
    "service", "offering", "place", "date", "time", "party", "beneficiary", "waiting", "name", "phone",
    "confirmation", "changing",
)  # fmt: skip
COMPLAINT_SLOTS = ("category", "description", "place", "phone", "confirmation", "changing")
SLOTS: dict[str, tuple[str, ...]] = {
    "book_service_form": BOOKING_SLOTS,
    "file_complaint_form": COMPLAINT_SLOTS,
    "find_record_form": ("purpose", "number", "tail", "record"),
    "change_booking_form": ("record", "service", "offering", "date", "time", "party", "confirmation", "changing"),
    "cancel_booking_form": ("record", "confirmation"),
    "reopen_case_form": ("record", "description", "confirmation", "changing"),
    "callback_form": ("purpose", "phone", "confirmation"),
    "rate_service_form": ("score",),
}
"""Which slots belong to which form."""

DECIDES = {"yes": True, "keep": True, "no": False, "drop": False, "stop": False}
"""Is the draft kept, or gone on with?"""
WORTH_KEEPING = {"book_service_form", "file_complaint_form"}


def is_open(form: str | None) -> bool:
    """Is a draft open that would be lost by starting something else?"""
    return form in WORTH_KEEPING


def clear(form: str) -> dict[str, Any]:
    return dict.fromkeys(SLOTS.get(form, ()))


def offer_to_keep(tracker: Tracker, said: Said, next_form: str) -> list[EventType]:
    """Ask whether the open draft is to be kept, and remember what the resident turned to."""
    pending = {"form": next_form, "text": said.text, "details": said.details, "intent": said.intent, "from": said.form}
    return open_form("switch_form", {"pending": pending, "keep_draft": None})


def end(tracker: Tracker) -> list[EventType]:
    """The matter at hand is done. Ask about the draft laid aside, or start afresh next time."""
    if tracker.get_slot("draft"):
        return open_form("resume_form", {"resume_draft": None})
    return finished()


def _decide(said: Said, slot: str, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Kept or dropped, by what the words answer."""
    if said.awaiting != slot:
        return []
    if PERSON_OFFERED in said.before and said.act in ("yes", "no"):
        return step(said, dispatcher, dict)
    if said.act in DECIDES:
        return set_slots({slot: DECIDES[said.act]})
    return step(said, dispatcher, dict)


class ValidateSwitchForm(Action):
    def name(self) -> str:
        return "validate_switch_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return _decide(read(tracker), "keep_draft", dispatcher)


class ActionSwitch(Action):
    """Lay the draft aside or drop it, then start what the resident turned to."""

    def name(self) -> str:
        return "action_switch"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        from actions.core.starts import start  # the topics import this module

        pending, before = tracker.get_slot("pending") or {}, tracker.get_slot("draft") or {}
        old = pending["from"]
        kept = {name: tracker.get_slot(name) for name in SLOTS[old]}
        draft = {"form": old, "slots": kept} if tracker.get_slot("keep_draft") else None
        begun = before["slots"] if before.get("form") == pending["form"] else {}
        events = set_slots({**clear(old), "pending": None, "draft": draft, **begun})
        tracker.add_slots(events)
        return [*events, *start(pending, begun, dispatcher, tracker)]


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
