"""Talk about the talk itself: say it again, slower, in English; not understood; go on; stop."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, starts
from actions.core.choices import offer
from actions.core.forms import OFFERS, PERSON_OFFERED, missed, resume
from actions.core.questions import MOST_OFTEN
from actions.core.topics import answered, request_person
from actions.core.turn import TOLD, Said, read, set_slots, times_in_a_row
from bot.language import words
from bot.language.choices import AT_ONCE
from bot.turns import Button

PERSON = "human_agent"
OFTEN_ENOUGH = 2
"""So often in a row the same words may ask to hear it again."""


class ActionAskBack(Action):
    """Not sure what was meant: answer if a page plainly does, else offer the likeliest wishes."""

    def name(self) -> str:
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if "ask_policy" in said.ranking[:2] and (told := answered(said, dispatcher)) is not None:
            return [*told, *starts.offer(said, dispatcher, tracker), *resume(said)]
        return _ask_back(said, dispatcher, tracker)


class ActionNotUnderstood(Action):
    """Rasa's fallback when no rule applies."""

    def name(self) -> str:
        return "action_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return _ask_back(read(tracker), dispatcher, tracker)


def _ask_back(said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The first time the likeliest wishes; the second time in a row a person, but not a third time in the same words."""
    told = tracker.get_slot(TOLD) or {}
    times = told.get(PERSON_OFFERED, 0) + said.told_before.get(PERSON_OFFERED, 0)
    wishes = [goal for goal in said.ranking if words.has_payload(f"goal.{goal}")][: AT_ONCE - 1]
    if PERSON not in wishes:
        wishes.append(PERSON)
    events: list[EventType] = []
    if times >= MOST_OFTEN:
        dispatcher.utter_message(response="utter_missed_again")
    elif missed(said, dispatcher, "utter_ask_back"):
        events = set_slots({TOLD: {**told, PERSON_OFFERED: told.get(PERSON_OFFERED, 0) + 1}})
    if not events:
        choices = [
            Button(words.text(f"goal.{one}", said.language), words.payload(f"goal.{one}", said.language))
            for one in wishes
        ]
        offer(dispatcher, "utter_which_wish", choices, said.language, either=True)
    return [*events, *resume(said)]


class ActionResume(Action):
    def name(self) -> str:
        return "action_resume"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return resume(read(tracker))


class ActionStop(Action):
    """「算了」 outside a form."""

    def name(self) -> str:
        return "action_stop"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        dispatcher.utter_message(response="utter_nothing_more")
        return drafts.end(tracker)


class ActionYesOrNo(Action):
    """A yes or no that no question asked for."""

    def name(self) -> str:
        return "action_yes_or_no"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.intent == "affirm" and OFFERS & said.before:
            return request_person(said, dispatcher, tracker)
        if said.intent == "affirm" and not said.form and starts.offered_before(said, tracker):
            return starts.take_up(said, dispatcher, tracker)
        if said.form and OFFERS & said.before:
            return resume(said)  # no person, then: back to the question
        dispatcher.utter_message(response="utter_yes_to_what" if said.intent == "affirm" else "utter_nothing_more")
        return resume(said)


class ActionRepeat(Action):
    """Announces it; the app, which has the last replies, says them again."""

    def name(self) -> str:
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if times_in_a_row(tracker) > OFTEN_ENOUGH:  # to hear it again does not help
            return [] if missed(said, dispatcher, "utter_missed_again") else resume(said)
        dispatcher.utter_message(response="utter_repeat")
        return resume(said)


class ActionSpeak(Action):
    """Slower or louder, from now on."""

    def name(self) -> str:
        return "action_speak"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        dispatcher.utter_message(response=f"utter_{said.intent}")
        slots = {"pace": "slow"} if said.intent == "slower" else {"volume": "loud"}
        return [*set_slots(slots), *resume(said)]


class ActionSwitchLanguage(Action):
    """To the language named, else to the other one."""

    def name(self) -> str:
        return "action_switch_language"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        language = said.details.get("language") or ("zh" if said.english else "en")
        return [SlotSet("language", language)]
