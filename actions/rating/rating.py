"""A resident rates the service."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.forms import OFFERS, STOPPED, Updates, open_form, resume, step
from actions.core.turn import Said, read, set_slots
from bot import wiring
from bot.language.readers.answer_acts import STARS
from bot.language.whole_numbers import score_in
from bot.services.conversations import conversations

FORM = "rate_service_form"


class ActionRateService(Action):
    def name(self) -> str:
        return "action_rate_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        score = score_in(said.text)
        if score is not None:
            _keep(score, said, dispatcher)
            return resume(said) or drafts.end(tracker)
        if said.form:
            return resume(said)
        return open_form(FORM, {"score": None})


class ValidateRateServiceForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.awaiting and said.act in ("stop", "no") and not OFFERS & said.before:
            return set_slots({"score": STOPPED})

        def take() -> Updates:
            score = STARS.get(said.act) or score_in(said.text)
            return {"score": score} if score else {}

        return step(said, dispatcher, take, own=frozenset({"rate_service"}))


class ActionCommitRating(Action):
    def name(self) -> str:
        return "action_commit_rating"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, score = read(tracker), tracker.get_slot("score")
        if score == STOPPED:
            dispatcher.utter_message(response="utter_nothing_more")
        else:
            _keep(score, said, dispatcher)
        return drafts.close(FORM, tracker)


def _keep(score: int, said: Said, dispatcher: CollectingDispatcher) -> None:
    conversations.rate(wiring.store(), said.conversation_id, score, None, said.now)
    dispatcher.utter_message(response="utter_rated", score=score)
