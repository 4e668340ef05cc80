"""Questions on the plan: the page that answers, the two nearest to choose from, or that we do not know."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.core import starts
from actions.core.choices import offer
from actions.core.forms import resume
from actions.core.topics import supplement_of
from actions.core.turn import Said, read
from bot import wiring
from bot.language import words
from bot.language.ear import for_ear
from bot.services.knowledge.answers import answer
from bot.services.pages.knowledge import Page
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish
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


def answer_plainly(said: Said, dispatcher: CollectingDispatcher, surely: bool) -> list[EventType] | None:
    """Tells the page that answers, where one does; nothing is said and None returned otherwise."""
    pages = wiring.knowledge()
    found = answer(pages, said.text, said.language, topic=said.topic)
    if found.page is None or found.kind == "choose" or (found.kind == "unknown" and not surely):
        return None
    if surely and not pages.fits(found.page, said.text, said.language, surely=True):
        return None
    if found.kind == "unknown":  # the page itself says that this is left open: who my grid worker is
        count_unanswered(said, found.page.topic)
    tell(found.page, said, dispatcher)
    return [SlotSet("topic", found.topic)]


def count_unanswered(said: Said, about: str) -> None:
    """A question that has no answer here is a wish that could not be met; its words are not kept with it."""
    wish = Wish(UnmetKind.UNANSWERED, about, said.conversation_id)
    unmet.count(wiring.store(), wish, said.now)


def tell(page: Page, said: Said, dispatcher: CollectingDispatcher) -> None:
    """The page in the resident's language, for eye and ear, with its sections."""
    sources = [{"title": words.text("dialogue.plan", said.language), "section": section} for section in page.sections]
    text, spoken = page.text[said.language], page.spoken[said.language]
    buttons: tuple[Button, ...] = ()
    more = supplement_of(page.id)
    if more is not None and (added := more(said)) is not None:
        gap, own = " " if said.english else "", for_ear(added.text, said.language)
        buttons = added.buttons
        # What the plan leaves open is answered by the topic alone; it says so itself.
        text, spoken = (f"{text}{gap}{added.text}", f"{spoken}{gap}{own}") if page.answers_it else (added.text, own)
    dispatcher.utter_message(
        text=text,
        buttons=[{"title": button.title, "payload": button.payload} for button in buttons],
        json_message={"spoken": spoken, "sources": sources},
    )
