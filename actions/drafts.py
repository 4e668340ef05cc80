"""One matter at a time: what happens to an unfinished draft when the resident turns to something else."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.forms import step
from actions.turn import Said, finished, read, set_slots

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
    "callback_form": ("purpose", "phone"),
    "rate_service_form": ("score",),
}
"""Which slots belong to which form."""

WORTH_KEEPING = {"book_service_form", "file_complaint_form"}


def is_open(form: str | None) -> bool:
    """Is a draft open that would be lost by starting something else?"""
    return form in WORTH_KEEPING


def clear(form: str) -> dict[str, Any]:
    return dict.fromkeys(SLOTS.get(form, ()))


def offer_to_keep(tracker: Tracker, said: Said, next_form: str) -> list[EventType]:
    """Ask whether the open draft is to be kept, and remember what the resident turned to."""
    pending = {"form": next_form, "text": said.text, "details": said.details, "intent": said.intent, "from": said.form}
    slots = {"pending": pending, "keep_draft": None, "requested_slot": None}
    return [*set_slots(slots), FollowupAction("switch_form")]


def end(tracker: Tracker, said: Said) -> list[EventType]:
    """The matter at hand is done. Ask about the draft laid aside, or start afresh next time."""
    events = set_slots(clear(said.form or "") if said.form in SLOTS else {})
    if tracker.get_slot("draft"):
        return [*events, *set_slots({"resume_draft": None}), FollowupAction("resume_form")]
    return [*events, *finished()]


def _yes_or_no(said: Said, slot: str) -> dict[str, Any]:
    return {slot: said.intent == "affirm"} if said.intent in ("affirm", "deny") else {}


class ValidateSwitchForm(Action):
    def name(self) -> str:
        return "validate_switch_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.awaiting and said.intent == "stop":  # "forget it" drops the draft
            return set_slots({"keep_draft": False})
        return step(said, dispatcher, lambda: _yes_or_no(said, "keep_draft"))


class ActionSwitch(Action):
    """Lay the draft aside or drop it, then start what the resident turned to."""

    def name(self) -> str:
        return "action_switch"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        from actions.starts import start  # the topics import this module

        pending = tracker.get_slot("pending") or {}
        old = pending["from"]
        kept = {name: tracker.get_slot(name) for name in SLOTS[old]}
        draft = {"form": old, "slots": kept} if tracker.get_slot("keep_draft") else None
        events = set_slots({**clear(old), "pending": None, "draft": draft})
        return [*events, *start(pending, read(tracker), dispatcher)]


class ValidateResumeForm(Action):
    def name(self) -> str:
        return "validate_resume_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.awaiting and said.intent == "stop":
            return set_slots({"resume_draft": False})
        return step(said, dispatcher, lambda: _yes_or_no(said, "resume_draft"))


class ActionResumeDraft(Action):
    def name(self) -> str:
        return "action_resume_draft"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        draft = tracker.get_slot("draft") or {}
        if tracker.get_slot("resume_draft"):
            return [*set_slots({**draft["slots"], "draft": None}), FollowupAction(draft["form"])]
        dispatcher.utter_message(response="utter_draft_dropped")
        return [*set_slots({"draft": None}), *finished()]
