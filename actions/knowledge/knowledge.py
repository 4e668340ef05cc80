"""Questions on the plan: the page that answers, the two nearest to choose from, or that we do not know."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.core import starts
from actions.core.choices import offer
from actions.core.forms import resume
from actions.core.turn import Said, read
from actions.knowledge.pages import count_unanswered, tell
from bot import wiring
from bot.services.knowledge.answers import answer
from bot.services.unmet import unmet
from bot.turns import Button

CHOOSES = ("utter_choose_page", "utter_unknown_near")
"""Said where a page is to be chosen first."""


class ActionAnswerPolicy(Action):
    def name(self) -> str:
        return "action_answer_policy"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        answered = reply(said.text, said, dispatcher)
        chosen_from = any(message.get("response") in CHOOSES for message in dispatcher.messages)
        return [*answered, *([] if chosen_from else starts.offer(said, dispatcher, tracker)), *resume(said)]


def reply(question: str, said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    found = answer(wiring.knowledge(), question, said.language, topic=said.topic)
    if found.kind == "unknown":
        count_unanswered(said, found.page.topic if found.page else unmet.OTHER)
    if found.choices:
        pages = [Button(p.title[said.language], p.questions[said.language][0]) for p in found.choices]
        response = CHOOSES[found.kind != "choose"]
        offer(dispatcher, response, pages, said.language, either=True)
    elif found.page is None:
        dispatcher.utter_message(response="utter_unknown")
    else:
        for page in filter(None, (found.page, found.also)):
            tell(page, said, dispatcher)
    return [SlotSet("topic", found.topic)]
