"""Talk about the talk itself: say it again, slower, in English; not understood; go on; stop."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.choices import offer
from actions.core.forms import PERSON_OFFERED, missed, resume
from actions.core.turn import Said, read, set_slots
from actions.handover.handover import request_person
from actions.knowledge import knowledge
from bot import wiring
from bot.language.choices import AT_ONCE
from bot.services.knowledge.answers import answer
from bot.turns import Button

ASKABLE = {
    "ask_policy": ("问政策", "我想问政策", "A question", "I have a question on the plan"),
    "book_service": ("预约服务", "我想预约服务", "Book a service", "I want to book a service"),
    "check_booking": ("查预约", "查一下我的预约", "Check my booking", "check my booking"),
    "change_booking": ("改预约", "我要改预约的时间", "Change my booking", "change my booking"),
    "cancel_booking": ("取消预约", "取消我的预约", "Cancel my booking", "cancel my booking"),
    "file_complaint": ("反映问题", "我要反映一个问题", "Report a problem", "I want to report a problem"),
    "check_case": ("查投诉进度", "我的投诉办到哪一步了", "Check my case", "how far is my complaint"),
    "reopen_case": ("投诉没解决", "上次的投诉没解决，重新办", "Reopen my case", "reopen my case"),
    "submit_proposal": ("提建议", "我要提一个建议", "Make a proposal", "I want to submit a proposal"),
    "support_proposal": ("支持提案", "我想支持一条提案", "Support a proposal", "I want to support a proposal"),
    "check_proposal": ("查提案进度", "查一下提案的进度", "Follow a proposal", "how far is the proposal"),
    "join_volunteering": ("当志愿者", "我想当志愿者", "Volunteer", "I want to volunteer"),
    "find_job": ("找工作", "我想找工作", "Find a job", "I am looking for a job"),
    "human_agent": ("人工服务", "人工", "Talk to a person", "I want a person"),
}
"""Wishes that a button can offer: title and words, in Chinese and in English."""


class ActionAskBack(Action):
    """Not sure what was meant: answer if a page plainly does, else offer the likeliest wishes."""

    def name(self) -> str:
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if "ask_policy" in said.ranking[:2]:
            found = answer(wiring.knowledge(), said.text, said.language, topic=said.topic)
            if found.kind == "answer" and found.page:
                knowledge.tell(found.page, said, dispatcher)
                return [SlotSet("topic", found.topic), *resume(said)]
        return _ask_back(said, dispatcher)


class ActionNotUnderstood(Action):
    """Rasa's fallback when no rule applies."""

    def name(self) -> str:
        return "action_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return _ask_back(read(tracker), dispatcher)


def _ask_back(said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    """The first time the likeliest wishes; the second time in a row a person."""
    wishes = [ASKABLE[goal] for goal in said.ranking if goal in ASKABLE][: AT_ONCE - 1]
    if ASKABLE["human_agent"] not in wishes:
        wishes.append(ASKABLE["human_agent"])
    first = 2 if said.english else 0
    if not missed(said, dispatcher, "utter_ask_back"):
        choices = [Button(wish[first], wish[first + 1]) for wish in wishes]
        offer(dispatcher, "utter_which_wish", choices, said.language, either=True)
    return resume(said)


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
        if said.intent == "affirm" and PERSON_OFFERED in said.before:
            return request_person(said, dispatcher, tracker)
        if said.form and PERSON_OFFERED in said.before:
            return resume(said)  # no person, then: back to the question
        dispatcher.utter_message(response="utter_yes_to_what" if said.intent == "affirm" else "utter_nothing_more")
        return resume(said)


class ActionRepeat(Action):
    """Announces it; the app, which has the last replies, says them again."""

    def name(self) -> str:
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        dispatcher.utter_message(response="utter_repeat")
        return resume(read(tracker))


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
