"""Find work: by what the words name, refined by what is said next, three at a time."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.choices import offer
from actions.core.forms import STOPPED, Updates, open_form, resume, step
from actions.core.turn import Said, read, set_slots
from actions.jobs import texts
from bot import wiring
from bot.language import words
from bot.services.jobs import jobs
from bot.services.jobs.jobs import Posting
from bot.services.jobs.wish import Wish, from_slot, postings_in, read_wish, refined
from bot.turns import Button

FORM = "find_job_form"
APPLY = "apply_job_form"
ALL = "all"
"""The value of `trade` where none in particular is wanted."""
LOOKS = ("find_job_form", "apply_job_form")


def take(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """What the words that turned to work want of it."""
    wish = read_wish(said.text, wiring.trades())
    return {"trade": None if wish.is_empty else wish.trade or ALL, "job_search": wish.as_slot()}


class ActionFindJob(Action):
    def name(self) -> str:
        return "action_find_job"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.awaiting not in ("job_posting", "wants"):
            return drafts.offer_to_keep(tracker, said, FORM)
        numbers = postings_in(said.text)
        if len(numbers) > 1:
            return compare(numbers, said, dispatcher)
        if numbers:
            return show(numbers[0], said, dispatcher)
        wish = refined(from_slot(tracker.get_slot("job_search")), read_wish(said.text, wiring.trades()), said.text)
        if wish.is_empty:
            return open_form(FORM, {"trade": None, "job_search": None})
        return [*_leave(said), *tell(wish, said, dispatcher)]


def tell(wish: Wish, said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    """What was found, by name, with what had to be given up for it."""
    found = jobs.search(wiring.store(), wish, said.now.date())
    wanted = texts.wish_words(wish, said.language)
    if not found.postings:
        dispatcher.utter_message(response="utter_no_jobs" if wanted else "utter_no_jobs_at_all", wish_words=wanted)
        return set_slots({"job_search": None})
    response = "utter_jobs_near" if found.given_up else "utter_jobs_found"
    offer(
        dispatcher,
        response,
        [_choice(posting, said) for posting in found.postings],
        said.language,
        count=found.total,
        wish_words=wanted,
        given_up=texts.given_up_words(found.given_up, said.language),
    )
    return set_slots({"job_search": wish.as_slot()})


def _choice(posting: Posting, said: Said) -> Button:
    look = words.text("jobs.look", said.language, posting=str(posting.id))
    return Button(texts.short(posting, said.language), look)


def show(number: int, said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    """One posting in full, and whether to apply for it."""
    posting = jobs.posting(wiring.store(), number, said.now.date())
    if posting is None:
        dispatcher.utter_message(response="utter_job_over")
        return [*_leave(said), *resume_others(said)]
    slots = {**drafts.clear(APPLY), "job_posting": posting.id}
    return open_form(APPLY, slots)


def compare(numbers: list[int], said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Some postings beside each other: what is the same of them once, what differs of each."""
    found = [jobs.posting(wiring.store(), number, said.now.date()) for number in numbers]
    open_still = [posting for posting in found if posting is not None]
    if len(open_still) < 2:
        dispatcher.utter_message(response="utter_job_over")
        return [*_leave(said), *resume_others(said)]
    choices = [_choice(posting, said) for posting in open_still]
    buttons = [{"title": each.title, "payload": each.payload} for each in choices]
    dispatcher.utter_message(
        text=texts.compared(open_still, said.language),
        buttons=buttons,
        json_message={"choices": buttons},
    )
    return [*_leave(said), *resume_others(said)]


def _leave(said: Said) -> list[EventType]:
    """Looking at another posting ends the question that is open about work."""
    return [ActiveLoop(None), *set_slots({"requested_slot": None})] if said.form in LOOKS else []


def resume_others(said: Said) -> list[EventType]:
    return [] if said.form in LOOKS else resume(said)


class ValidateFindJobForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if said.awaiting and said.act == "stop":
            return set_slots({"trade": STOPPED})

        def take_trade() -> Updates:
            wish = read_wish(said.text, wiring.trades())
            if said.act == "any" or said.text == words.text("jobs.all", said.language):
                return {"trade": ALL, "job_search": Wish().as_slot()}
            if not wish.is_empty:
                return {"trade": wish.trade or ALL, "job_search": wish.as_slot()}
            return {"trade": STOPPED} if said.intent == "deny" or said.act == "no" else {}

        return step(said, dispatcher, take_trade, own=frozenset({"find_job"}))


class ActionTellJobs(Action):
    """The trade is named."""

    def name(self) -> str:
        return "action_tell_jobs"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if tracker.get_slot("trade") == STOPPED:
            dispatcher.utter_message(response="utter_nothing_more")
            return drafts.close(FORM, tracker)
        return [*set_slots({"trade": None}), *tell(from_slot(tracker.get_slot("job_search")), said, dispatcher)]
