"""Rasa's actions that ask: one for each question that a topic declares."""

from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import read_back, topics
from actions.core.forms import OFFERS
from actions.core.questions import AS_SAID_FROM, WAY_OUT, fitting, put, wording_of
from actions.core.turn import TOLD, read, set_slots, told_now


class AsksQuestion:
    """Chooses the words by how often the question was missed and what was said before."""

    form: ClassVar[str]
    slot: ClassVar[str]

    def name(self) -> str:
        return f"action_ask_{self.form}_{self.slot}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return ask(self.form, self.slot, dispatcher, tracker)


def ask(form: str, slot: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Put the question, or the way out of it; a summary counts as read with the same words."""
    if OFFERS & told_now(tracker):
        return read_back.not_read()
    said, declared = read(tracker), topics.form(form)
    draft = {name: tracker.get_slot(name) for name in declared.slots}
    missed, declined = said.missed_of(form, slot)
    told = tracker.get_slot(TOLD) or {}
    if missed >= AS_SAID_FROM and not declined:
        dispatcher.utter_message(response=WAY_OUT)
        return read_back.not_read()
    question = fitting(declared.questions[slot], draft)
    # a summary of other values is not the same words again
    mark = read_back.fingerprint(draft, declared.slots) if slot == "confirmation" else ""
    wording = wording_of(question, missed, {name: told.get(name + mark, 0) for name in question.wordings})
    put(question, wording, said, draft, dispatcher)
    events = set_slots({TOLD: {**told, wording + mark: told.get(wording + mark, 0) + 1}})
    if draft.get("changing"):
        return [*events, *set_slots({"changing": None}), *read_back.not_read()]
    summary = slot == "confirmation"
    return [*events, *(read_back.read(draft, declared.slots) if summary else read_back.not_read())]


ACTIONS = [
    type(f"Asks_{form}_{slot}", (AsksQuestion, Action), {"form": form, "slot": slot})
    for topic in topics.topics().values()
    for form, declared in topic.forms.items()
    for slot in declared.questions
]
"""One action a question, for Rasa's forms to find by its name."""
