"""A guide on the page and on the telephone: the case, the steps, and how far one is."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.core.asking import ask
from actions.guides import draft as guide_draft
from actions.guides.guides import ActionGuide, ActionGuideProgress, ValidateGuideForm
from bot.services.guides import progress
from bot.store.store import Store

pytestmark = pytest.mark.store
FORM = "guide_form"


class Phone:
    """Says one sentence after the other in the form, as Rasa would call the actions."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.slots: dict[str, Any] = {
            "guide": "school_entry",
            "guide_case": {},
            "at_step": 0,
            "requested_slot": "question",
        }

    def tracker(self, text: str, intent: str) -> Tracker:
        about = {"now": "2026-11-23T08:00:00+08:00", "conversation_id": "talk", "channel": self.channel}
        message = {"text": text, "intent": {"name": intent}, "metadata": about}
        return Tracker("talk", dict(self.slots), message, [], False, None, {"name": FORM}, "action_listen")

    def say(self, text: str, intent: str = "inform") -> str:
        """What is told."""
        dispatcher = CollectingDispatcher()
        self._take(ValidateGuideForm().run(dispatcher, self.tracker(text, intent), {}))
        open_now = next((slot for slot in ("guide", "question", "step") if not self.slots.get(slot)), None)
        self.slots["requested_slot"] = open_now
        if open_now:
            self._take(ask(FORM, open_now, dispatcher, self.tracker("", "")))
        else:
            self._take(ActionGuide().run(dispatcher, self.tracker(text, intent), {}))
        return "\n".join(str(value) for message in dispatcher.messages for value in message.values())

    def _take(self, events: list[Any]) -> None:
        self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_by_eye_all_steps_are_told_at_once(office: Store) -> None:
    page = Phone("web")
    assert "上小学" in page.say("户口在外地", "ask_policy"), "an option by its name is the answer"
    told = page.say("上小学")
    assert "第1步，共4步" in told
    assert "第4步，共4步" in told
    assert "示例" in told
    assert page.slots["finished"], "the guide is told"


def test_by_ear_the_steps_come_one_at_a_time_and_go_back(office: Store) -> None:
    phone = Phone("phone")
    phone.say("没有", "deny")
    first = phone.say("上小学")
    assert "第1步，共4步" in first
    assert "第2步" not in first
    assert "第2步" in phone.say("下一步", "guide_progress")
    assert "第1步" in phone.say("上一步", "guide_progress")
    for _ in range(2):
        phone.say("好的", "affirm")
    assert "utter_guide_last_step" in phone.say("继续")
    assert "utter_guide_done" in phone.say("清楚了", "affirm")


def test_how_far_one_is_stays_known_after_leaving(office: Store) -> None:
    phone = Phone("phone")
    phone.say("户口在大冶")
    phone.say("上小学")
    phone.say("下一步", "guide_progress")
    assert "utter_guide_left" in phone.say("先不听了", "stop")
    known = progress.kept(office, "talk")
    assert known is not None
    assert known.step == 1
    dispatcher = CollectingDispatcher()
    ActionGuideProgress().run(dispatcher, phone.tracker("我到哪一步了", "guide_progress"), {})
    assert "第2步" in dispatcher.messages[0]["step_words"]


def test_words_that_answer_nothing_ask_again_and_leave_nothing_behind(office: Store) -> None:
    page = Phone("web")
    assert "utter_guide_question" in page.say("哗啦哗啦")
    assert not page.slots.get("guide_case")
    assert "utter_nothing_more" in page.say("算了", "stop")
    assert not any(page.slots[name] for name in guide_draft.SLOTS)
