"""Guided steps: which case is it, then one step at a time by ear, all at once by eye; how far one is stays known."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.forms import OFFERS, STOPPED, Updates, open_form, resume, step
from actions.core.turn import Said, read, set_slots
from actions.guides import draft as guide_draft
from actions.guides import texts
from actions.guides.draft import DONE, Draft, guide_of
from bot import wiring
from bot.language import words
from bot.language.ear import for_ear
from bot.services.guides import progress
from bot.services.guides.guides import Guide
from bot.services.guides.progress import Progress

FORM = "guide_form"
NEXT = re.compile(r"下一步|下一个|往下|接着|继续|然后呢|再往后|\b(?:next|go on|continue|and then)\b", re.IGNORECASE)
BACK = re.compile(r"上一步|前一步|退回|\b(?:step before|previous|go back)\b", re.IGNORECASE)


class ActionStartGuide(Action):
    def name(self) -> str:
        return "action_start_guide"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        return open_form(FORM, guide_draft.take(said, {}, dispatcher))


class ActionGuideProgress(Action):
    """我到哪一步了, and 下一步 after all was told."""

    def name(self) -> str:
        return "action_guide_progress"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        known = progress.kept(wiring.store(), said.conversation_id)
        guide = wiring.guides().guides.get(known.guide) if known else None
        if known is None or guide is None:
            dispatcher.utter_message(response="utter_no_guide_yet")
            return resume(said)
        steps = guide.steps_of(known.case)
        moved = known.step + bool(NEXT.search(said.text)) - bool(BACK.search(said.text))
        at = min(max(moved, 0), len(steps) - 1)
        _keep(said, guide, known.case, at)
        dispatcher.utter_message(
            response="utter_guide_where",
            guide_title=guide.title[said.language],
            step_words=texts.step_words(steps[at], at, len(steps), said.language),
            json_message={"card": texts.card(guide, steps, at, said.language)},
        )
        return resume(said)


class ValidateGuideForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), guide_draft.of(tracker)
        if said.awaiting is None or (OFFERS & said.before and said.act in ("yes", "no")):
            return step(said, dispatcher, dict, draft=draft)
        if said.act == "stop":
            return set_slots(_left(draft))
        answered = _answer(said, draft)
        if answered and (said.awaiting == "question" or said.intent in ("guided_steps", "guide_progress")):
            return set_slots(answered)  # an option by its name is the answer, whatever else it sounds like
        return step(said, dispatcher, lambda: answered, draft=draft)


def _left(draft: Draft) -> Updates:
    return {"guide": draft["guide"] or STOPPED, "question": DONE, "step": STOPPED, "requested_slot": None}


def _answer(said: Said, draft: Draft) -> Updates:
    """The slots that the words fill; empty where they answer nothing."""
    act = {"affirm": "yes", "deny": "no"}.get(said.intent, said.act)
    guide = guide_of(draft)
    if said.awaiting == "guide":
        found = wiring.guides().find(said.text, said.language)
        return _known(said, found, {}) if found else {}
    if guide is None:
        return {}
    case = dict(draft["guide_case"] or {})
    if said.awaiting == "question":
        question = guide.next_question(case)
        option = question.option(said.text, act, said.language) if question else None
        return _known(said, guide, {**case, question.id: option.id}) if question and option else {}
    return _go_on(said, act, guide, case, draft["at_step"] or 0)


def _known(said: Said, guide: Guide, case: dict[str, str]) -> Updates:
    """Once the case is known, all steps are told at once by eye."""
    if guide.next_question(case) is not None:
        return {"guide": guide.id, "guide_case": case, "question": None}
    _keep(said, guide, case, 0)
    updates: Updates = {"guide": guide.id, "guide_case": case, "question": DONE, "at_step": 0}
    return updates if said.channel == "phone" else {**updates, "step": DONE}


def _go_on(said: Said, act: str, guide: Guide, case: dict[str, str], at: int) -> Updates:
    if act == "no":
        return {"step": STOPPED}
    moved = at - 1 if BACK.search(said.text) else at + 1 if act == "yes" or NEXT.search(said.text) else at
    if moved == at:
        return {}
    if moved >= len(guide.steps_of(case)):
        return {"step": DONE}
    _keep(said, guide, case, max(moved, 0))
    return {"at_step": max(moved, 0), "step": None}


def _keep(said: Said, guide: Guide, case: dict[str, str], at: int) -> None:
    progress.keep(wiring.store(), said.conversation_id, Progress(guide.id, case, at), said.now)


class ActionGuide(Action):
    """The guide is told, or left."""

    def name(self) -> str:
        return "action_guide"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), guide_draft.of(tracker)
        guide, case = guide_of(draft), draft["guide_case"] or {}
        if draft["step"] == STOPPED or guide is None:
            begun = guide is not None and guide.next_question(case) is None
            dispatcher.utter_message(response="utter_guide_left" if begun else "utter_nothing_more")
        elif said.channel == "phone":
            dispatcher.utter_message(response="utter_guide_done")
            dispatcher.utter_message(text=words.text("guides.visit.ear", said.language))
        else:
            _tell_all(said, guide, case, dispatcher)
        return drafts.close(FORM, tracker)


def _tell_all(said: Said, guide: Guide, case: dict[str, str], dispatcher: CollectingDispatcher) -> None:
    language, steps = said.language, guide.steps_of(case)
    gap = " " if said.english else ""
    first = f"{texts.step_words(steps[0], 0, len(steps), language)}{gap}{texts.note(guide, language)}"
    dispatcher.utter_message(
        text=texts.all_steps(guide, steps, language),
        json_message={
            "spoken": for_ear(first, language),
            "sources": [
                {"title": words.text("dialogue.plan", language), "section": section} for section in guide.sections
            ],
            "card": texts.card(guide, steps, 0, language),
        },
    )
    visit = {"title": words.text("guides.visit", language), "payload": words.payload("guides.visit", language)}
    dispatcher.utter_message(response="utter_guide_next_hint", buttons=[visit])
