"""Which record is meant: one of this conversation, or one named by number and last four digits.

The same for every topic; what is wanted of the record is declared in the topic (actions/<topic>/topic.py).
"""

import re
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, topics
from actions.core.choices import offer
from actions.core.forms import OFFERS, STOPPED, Updates, open_form, resume, step
from actions.core.topics import RecordGoal, Records
from actions.core.turn import Said, as_said_before, read, set_slots
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.turns import Button

FORM = "find_record_form"
UNKNOWN = "unknown"
"""In place of a number that the resident does not know."""
FOR_ALL = "-"
"""In place of the digits for a record that everybody may see."""


def begin(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """What was said asks for a record; an open draft is laid aside first where that is needed."""
    said = read(tracker)
    if _goal(said.intent).only_shows and _ALL.search(said.text) and _tell_all(said, dispatcher):
        return resume(said)
    there = _of_conversation(said) or _public(said.intent, said.entities.number)
    if _asks_of_what_is_begun(said, there) and (answered := topics.answered(said, dispatcher)) is not None:
        return [*answered, *resume(said)]
    if drafts.is_open(said.form) and not (_goal(said.intent).only_shows and there):
        return drafts.offer_to_keep(tracker, said, FORM)
    return go_on(said, dispatcher, tracker)


def _asks_of_what_is_begun(said: Said, there: Any) -> bool:
    """「你们几天给我回话」 while it is filed: there is nothing yet to be looked up."""
    same = any(
        said.form in topic.forms
        for topic in topics.topics().values()
        if topic.records and said.intent in topic.records.goals
    )
    return bool(same and drafts.is_open(said.form) and not there and not said.entities.number)


_ALL = re.compile(
    r"(?:都|一共|总共)有(?:哪些|什么|几件|多少)|(?:哪些|几件|所有的?|全部的?|手上的?)(?:事|预约和|东西)|\b(?:everything|all) (?:i have|of mine|my (?:matters|things|records))\b|\bwhat do i have\b",
    re.I,
)
"""Not one record, but all of the resident's own: 我都有哪些事."""


def _tell_all(said: Said, dispatcher: CollectingDispatcher) -> bool:
    """Each matter of this conversation in a few words; False where there is none."""
    titles = [
        f"{topic.records.title(record, said.language)}{', ' if said.english else '，'}{record.number}"
        for topic in topics.topics().values()
        if topic.records
        for record in _own_and_acted_for(topic.records, said)
    ]
    if titles:
        row = words.text("dialogue.all_own.and", said.language).join(titles)
        dispatcher.utter_message(response="utter_all_own", count=len(titles), titles=row)
    return bool(titles)


def go_on(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """With the record of this conversation, or with the question for number and last four digits."""
    goal, own = _goal(said.intent), _of_conversation(said)
    if goal.which and len(own) > 1 and said.entities.number is None:
        return _ask_which(own, goal.which, said, dispatcher)
    if open_to_all := None if own else _public(said.intent, said.entities.number):
        own = [open_to_all]
    if own:
        return goal.go_on(own, said, dispatcher, tracker)
    if goal.unnamed and not said.entities.number:
        goal.unnamed(said, dispatcher)
    return open_form(
        FORM,
        {
            "purpose": said.intent,
            "number": said.entities.number,
            "tail": said.entities.tail,
            "record": None,
            "wish": {"text": said.text, "intent": said.intent, "details": said.details, "act": said.act},
        },
    )


def _goal(name: str) -> RecordGoal:
    return topics.records_of(name).goals[name]


def _ask_which(own: list[Any], which: str, said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    title = topics.records_of(said.intent).title
    choices = [
        Button(title(record, said.language), words.text(which, said.language, number=record.number))
        for record in reversed(own)
    ]
    offer(dispatcher, "utter_which_record", choices, said.language, count=len(own))
    return []


def _of_conversation(said: Said) -> list[Any]:
    """What was made here and can be meant; a number that is named picks one."""
    goal = _goal(said.intent)
    made = _own_and_acted_for(topics.records_of(said.intent), said)
    named = [record for record in made if said.entities.number in (None, record.number)]
    meant = [record for record in named if not goal.states or record.state in goal.states]
    if goal.together:
        meant = list({goal.together(record): record for record in reversed(meant)}.values())[::-1]
    return meant or (named if goal.or_any else [])


def _own_and_acted_for(records: Records, said: Said) -> list[Any]:
    """Made here, and before them those of the one whom this conversation acts for."""
    own = records.of_conversation(wiring.store(), said.conversation_id)
    if records.of_mandate is None:
        return own
    others = records.of_mandate(wiring.store(), said.conversation_id, said.now)
    mine = {record.number for record in own}
    return [*(one for one in others if one.number not in mine), *own]


def _public(goal: str, number: str | None) -> Any | None:
    """A record that everybody may see."""
    public = topics.records_of(goal).public
    return public(wiring.store(), number) if public and number else None


class BeginsRecordGoal:
    """What was said asks for a record."""

    goal: ClassVar[str]

    def name(self) -> str:
        return f"action_{self.goal}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return begin(dispatcher, tracker)


class ValidateFindRecordForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        purpose = tracker.get_slot("purpose")
        told = said.entities.number or said.entities.tail
        asked = said.awaiting == "number" and not told and not OFFERS & said.before
        if asked and said.act in ("unsure", "no") and purpose and _goal(purpose).without:
            return set_slots({"number": UNKNOWN, "tail": UNKNOWN})
        if said.awaiting and not told and not OFFERS & said.before and said.act in ("no", "stop"):
            return set_slots({"number": STOPPED, "tail": STOPPED})

        def take() -> Updates:
            found = {"number": said.entities.number, "tail": said.entities.tail}
            if purpose and _public(purpose, said.entities.number):
                found["tail"] = FOR_ALL
            return {name: value for name, value in found.items() if value}

        own = set() if _goal(purpose).also_stops else {purpose}
        if (
            told
            and _goal(purpose).only_shows
            and said.intent in topics.record_goals()
            and _goal(said.intent).only_shows
        ):
            own.add(said.intent)  # 「哦,在这里,28140577」: the number is an answer, whichever kind the words sound like
        return step(said, dispatcher, take, own=frozenset(own))


class ActionFoundRecord(Action):
    """Open the record with number and digits, and go on with what was wanted."""

    def name(self) -> str:
        return "action_found_record"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, slot = read(tracker), tracker.get_slot
        goal, number, tail = slot("purpose"), slot("number"), slot("tail")
        if number == UNKNOWN:
            return _anew(said, str(goal), slot("wish"), dispatcher)
        if STOPPED in (number, tail):
            dispatcher.utter_message(response="utter_nothing_more")
            return drafts.close(FORM, tracker)
        try:
            record = (_public(goal, number) if tail == FOR_ALL else None) or topics.records_of(goal).find(
                wiring.store(), number, tail, asker=said.conversation_id, now=said.now
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
            if error.code == "not-found":
                return open_form(FORM, {"number": None, "tail": None})
            return drafts.close(FORM, tracker)
        wish = slot("wish")
        said = as_said_before(said, wish) if wish else said
        return [*set_slots(drafts.clear(FORM)), *_goal(goal).go_on([record], said, dispatcher, tracker)]


def _anew(said: Said, goal: str, wish: dict[str, Any], dispatcher: CollectingDispatcher) -> list[EventType]:
    """Without a number: the words that asked for the record begin the form that does as well."""
    form = str(_goal(goal).without)
    dispatcher.utter_message(response="utter_done_without_number")
    declared, then = topics.form(form), as_said_before(said, {**wish, "intent": form.removesuffix("_form")})
    told = declared.take(then, {}, dispatcher) if declared.take else {}
    return [*set_slots(drafts.clear(FORM)), *open_form(form, {**drafts.clear(form), **told})]
