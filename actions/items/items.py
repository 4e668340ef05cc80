"""Who handles a matter, where, with which papers and how long: the whole entry for the eye, what was asked for the ear."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.core.forms import resume
from actions.core.topics import answered
from actions.core.turn import Said, read
from actions.items import texts
from bot import wiring
from bot.language import words
from bot.language.ear import for_ear
from bot.services.items.items import TOPIC, Item, asked_kinds
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish


class ActionWhoHandles(Action):
    def name(self) -> str:
        return "action_who_handles"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        item = wiring.items().find(said.text, said.language, topic=said.topic)
        if item is not None:
            tell(item, said, dispatcher)
            return [SlotSet("topic", f"{TOPIC}{item.id}"), *resume(said)]
        if (told := answered(said, dispatcher, surely=True)) is not None:
            return [*told, *resume(said)]
        unmet.count(wiring.store(), Wish(UnmetKind.UNANSWERED, "items", said.conversation_id), said.now)
        dispatcher.utter_message(response="utter_no_such_item")
        return resume(said)


def tell(item: Item, said: Said, dispatcher: CollectingDispatcher) -> None:
    language = said.language
    whole = texts.sentences(item, language)
    gap = " " if language == "en" else ""
    asked = [name for name in texts.asked_parts(asked_kinds(said.text, language)) if name in whole]
    spoken = gap.join(whole[name] for name in (*asked, "note") if name in whole)
    dispatcher.utter_message(
        text=gap.join(whole.values()),
        json_message={
            "spoken": for_ear(spoken, language),
            "sources": [
                {"title": words.text("dialogue.plan", language), "section": section} for section in item.sections
            ],
        },
    )
