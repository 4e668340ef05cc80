"""One answer inside a form: taken, missed, corrected, or left to the rule of another intent."""

from collections.abc import Callable

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.core.forms import STOPPED, confirmation, open_form, step
from actions.core.turn import Said, set_slots

pytestmark = pytest.mark.unit
Says = Callable[..., Said]


def test_another_wish_interrupts_the_form(said: Says, dispatcher: CollectingDispatcher) -> None:
    assert step(said("养老床位有多少", "ask_policy", "name"), dispatcher, lambda: {"name": "x"}) == []


def test_stop_ends_the_form(said: Says, dispatcher: CollectingDispatcher) -> None:
    events = step(said("算了", "stop", "name"), dispatcher, dict)
    assert events == set_slots({"confirmation": STOPPED, "requested_slot": None})


def test_the_second_miss_in_a_row_names_a_person(said: Says, dispatcher: CollectingDispatcher) -> None:
    step(said("啊", awaiting="name"), dispatcher, dict)
    step(said("啊", awaiting="name", missed={"question": "None.name", "times": 1}), dispatcher, dict)
    assert [m["response"] for m in dispatcher.messages] == ["utter_missed_answer", "utter_missed_again"]


def test_idle_talk_is_answered_and_counts_as_a_miss(said: Says, dispatcher: CollectingDispatcher) -> None:
    events = step(said("给我讲个笑话", "out_of_scope", "name"), dispatcher, dict)
    assert [m["response"] for m in dispatcher.messages] == ["utter_out_of_scope"]
    assert {event["name"] for event in events} == {"name", "missed"}


def test_a_form_starts_without_the_question_of_the_one_before() -> None:
    assert {"event": "slot", "timestamp": None, "name": "requested_slot", "value": None} in open_form("x_form")


@pytest.mark.parametrize(
    ("words", "intent", "updates"),
    [
        ("确认", "affirm", {"confirmation": "yes"}),
        ("不对,要改一下", "change_booking", {"confirmation": None, "changing": True}),
        ("不是", "deny", {"confirmation": None, "changing": True}),
        ("嗯?", "inform", {}),
    ],
)
def test_a_summary_is_confirmed_or_corrected(said: Says, words: str, intent: str, updates: dict[str, object]) -> None:
    act = {"affirm": "yes", "deny": "no", "change_booking": "change"}.get(intent, "content")
    assert confirmation(said(words, intent, "confirmation", act=act), {}) == updates


def test_a_name_is_an_answer_whatever_the_sentence_sounds_like(said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("我叫慕容晚晴", "out_of_scope", awaiting="name", form="book_service_form")
    events = step(words, dispatcher, lambda: {"name": words.entities.name}, draft={"name": None})
    assert {"event": "slot", "timestamp": None, "name": "name", "value": "慕容晚晴"} in events
    assert dispatcher.messages == []
