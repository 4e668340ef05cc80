"""Every question of every form has a way on: other words and an example, something to choose, and an end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.core import asking
from actions.core.forms import LEFT, STOPPED, step
from actions.core.questions import AS_SAID_FROM, MOST_OFTEN, WAY_OUT, Question, wording_of
from actions.core.topics import form as form_named
from actions.core.topics import topics
from actions.core.turn import MISSED, Said
from bot.dialogue.responses import variations_of
from bot.language.entities import Entities
from bot.settings import ROOT
from bot.store.store import Store

pytestmark = pytest.mark.store
DOMAINS = [
    yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "domain.yml", *(ROOT / "data/domain").glob("*.yml"))
]
RESPONSES = variations_of(ROOT / "domain.yml")
ASKED = [(form, slot) for topic in topics().values() for form in topic.forms for slot in topic.forms[form].questions]
DRAFT: dict[str, Any] = {
    "service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）", "date": "2026-11-25",
    "time": "11:00", "party": 1, "name": "孙丽", "phone": "13900100799", "description": "路灯坏了",
    "record": "12345678", "party_between": [2, 3], "purpose": "asked", "scope": ["12345678"], "helper": "我儿子", "powers": "all",
    "code": "-", "contact": "13900100798",
}  # fmt: skip
Says = Callable[..., Said]


def test_every_slot_that_a_form_asks_for_is_declared() -> None:
    forms = {form: given for domain in DOMAINS for form, given in domain.get("forms", {}).items()}
    wanted = {(form, slot) for form, given in forms.items() for slot in given["required_slots"]}
    assert wanted <= set(ASKED)
    besides = {
        "party",
        "name",
        "phone",
        "place",
        "description",
        "repeat",
        "twice",
    }  # asked for only where something calls for them
    assert {slot for form, slot in set(ASKED) - wanted} <= besides
    actions = {action for domain in DOMAINS for action in domain.get("actions", ())}
    assert {f"action_ask_{form}_{slot}" for form, slot in ASKED} <= actions


@pytest.mark.parametrize(("form", "slot"), ASKED)
def test_a_question_can_be_put_in_three_ways_in_both_languages(office: Store, form: str, slot: str) -> None:
    question = form_named(form).questions[slot]
    for asked in (question, *([other] if (other := question.instead({**DRAFT, "changing": True})) else [])):
        assert len(asked.wordings) >= 3
        for english in (False, True):
            texts = [_text(name, english=english) for name in asked.wordings]
            assert len(set(texts)) == len(texts)


def _text(name: str, *, english: bool) -> str:
    return next(str(v["text"]) for v in RESPONSES[name] if bool(v.get("condition")) == english)


def tracker_of(form: str, slot: str, slots: dict[str, Any]) -> Tracker:
    metadata = {"now": "2026-11-23T08:00:00+08:00", "conversation_id": "walk", "client_message_id": "walk"}
    message = {"text": "", "metadata": metadata}
    return Tracker("walk", {**slots, "requested_slot": slot}, message, [], False, None, {"name": form}, "action_listen")


def _miss(said: Said, slots: dict[str, Any]) -> list[str]:
    """What is told to words that say nothing; `slots` are kept up to date."""
    dispatcher = CollectingDispatcher()
    draft = {name: slots.get(name) for name in form_named(said.form).slots}
    events = step(replace(said, missed=slots.get(MISSED) or {}), dispatcher, dict, draft=draft)
    slots |= {event["name"]: event["value"] for event in events}
    assert said.form
    assert said.awaiting
    if slots.get(said.awaiting) is None and slots.get("confirmation") not in (STOPPED, LEFT):
        told = asking.ask(said.form, said.awaiting, dispatcher, tracker_of(said.form, said.awaiting, slots))
        slots |= {event["name"]: event["value"] for event in told}
    return [str(message["response"]) for message in dispatcher.messages]


@pytest.mark.parametrize(("form", "slot"), [one for one in ASKED if one[0] != "cancel_booking_form"])
def test_words_that_say_nothing_change_the_question_and_come_to_an_end(
    office: Store, lunch: str, said: Says, form: str, slot: str
) -> None:
    slots: dict[str, Any] = {**{name: DRAFT.get(name) for name in form_named(form).slots}, slot: None}
    if form == "change_booking_form":
        slots["record"] = lunch
    if form == "reopen_case_form":
        slots["record"] = None  # of one that is still open more is asked, in words of its own
    if slot == "place":
        slots["offering"] = None
    if slot == "twice":
        slots["there"] = lunch
    words = said("哗啦哗啦", awaiting=slot, form=form, entities=Entities())
    told = [_miss(words, slots) for _ in range(AS_SAID_FROM)]
    question = form_named(form).questions[slot]
    assert told[0][-1] == question.wordings[1]
    assert told[1][-1] == question.wordings[2]
    if question.as_said:
        assert told[2] == ["utter_as_said"]
        assert slots[slot] is not None
        return
    assert told[2] == [WAY_OUT]
    _miss(words, slots)
    assert slots.get("confirmation") in (STOPPED, LEFT) or slots[slot] is not None, "no way out was taken"


def test_a_person_declined_brings_the_question_back(office: Store, said: Says) -> None:
    slots: dict[str, Any] = {**DRAFT, "phone": None}
    words = said("哗啦哗啦", awaiting="phone", form="book_service_form", entities=Entities())
    for _ in range(AS_SAID_FROM):
        _miss(words, slots)
    no = said("不用", "deny", "phone", form="book_service_form", before=frozenset({WAY_OUT}))
    assert _miss(no, slots) == ["utter_ask_phone_narrower"]
    _miss(words, slots)
    assert (slots["confirmation"], slots[MISSED]["declined"]) == (LEFT, True)


def test_an_answer_begins_the_count_anew(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    missed = {"question": "book_service_form.name", "times": 2, "declined": False}
    words = said("周梅", awaiting="name", form="book_service_form", missed=missed)
    events = step(words, dispatcher, lambda: {"name": "周梅"}, draft={"name": None})
    assert {"event": "slot", "timestamp": None, "name": MISSED, "value": None} in events


def test_what_was_said_twice_is_said_in_other_words() -> None:
    question = Question(("first", "second", "third"))
    told: dict[str, int] = {}
    for _ in range(MOST_OFTEN * len(question.wordings)):
        wording = wording_of(question, 0, told)
        told[wording] = told.get(wording, 0) + 1
    assert told == {"first": MOST_OFTEN, "second": MOST_OFTEN, "third": MOST_OFTEN}


def test_what_was_asked_in_an_earlier_matter_is_asked_in_other_words(office: Store) -> None:
    tracker = tracker_of("book_service_form", "name", {**DRAFT, "name": None})
    tracker.latest_message["metadata"]["told"] = {"utter_ask_book_service_form_name": MOST_OFTEN}
    dispatcher = CollectingDispatcher()
    asking.ask("book_service_form", "name", dispatcher, tracker)
    told = [message["response"] for message in dispatcher.messages]
    assert told == [form_named("book_service_form").questions["name"].wordings[1]]
