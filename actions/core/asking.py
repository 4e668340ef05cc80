"""Rasa's actions that topics declare: one that asks for each question, and one for each goal about a record."""

from collections import Counter
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import read_back, topics
from actions.core.forms import OFFERS
from actions.core.questions import AS_SAID_FROM, MOST_OFTEN, WAY_OUT, Draft, Question, fitting, put, wording_of
from actions.core.record_flow import BeginsRecordGoal
from actions.core.turn import TOLD, Said, read, set_slots, told_now


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
    if missed >= AS_SAID_FROM and not declined and told.get(WAY_OUT, 0) < MOST_OFTEN:
        return _way_out(told, dispatcher)
    question = fitting(declared.questions[slot], draft)
    # a summary of other values, or of other choices, is not the same words again
    mark = read_back.fingerprint(draft, declared.slots) if slot == "confirmation" else _mark(question, said, draft)
    used = Counter(told) + Counter(said.told_before)
    wording = wording_of(question, missed, {name: used[name + mark] for name in question.wordings})
    if told.get(wording + mark, 0) >= MOST_OFTEN:
        return _ends(declared) if told.get(WAY_OUT, 0) >= MOST_OFTEN else _way_out(told, dispatcher)
    put(question, wording, said, draft, dispatcher)
    events = set_slots({TOLD: {**told, wording + mark: told.get(wording + mark, 0) + 1}})
    if draft.get("changing"):
        return [*events, *set_slots({"changing": None}), *read_back.not_read()]
    summary = slot == "confirmation"
    return [*events, *(read_back.read(draft, declared.slots) if summary else read_back.not_read())]


def _mark(question: Question, said: Said, draft: Draft) -> str:
    """Tells questions of the same wording apart that are filled in differently."""
    choices = question.choices(said, draft) if question.choices else []
    filled = {**question.blanks(said, draft), **{choice.payload: choice.title for choice in choices}}
    return read_back.fingerprint(filled, list(filled)) if filled else ""


def _way_out(told: dict[str, int], dispatcher: CollectingDispatcher) -> list[EventType]:
    dispatcher.utter_message(response=WAY_OUT)
    return [*set_slots({TOLD: {**told, WAY_OUT: told.get(WAY_OUT, 0) + 1}}), *read_back.not_read()]


def _ends(declared: topics.Form) -> list[EventType]:
    """Everything was said twice, the way out too: the form ends as it does after too many misses."""
    return [*set_slots({**declared.given_up, "requested_slot": None}), *read_back.not_read()]


ACTIONS = [
    *(
        type(f"Asks_{form}_{slot}", (AsksQuestion, Action), {"form": form, "slot": slot})
        for topic in topics.topics().values()
        for form, declared in topic.forms.items()
        for slot in declared.questions
    ),
    *(type(f"Begins_{goal}", (BeginsRecordGoal, Action), {"goal": goal}) for goal in topics.record_goals()),
]
"""For Rasa's forms and rules to find by their names."""
