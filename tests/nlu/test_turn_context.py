from typing import Any, Dict, List, Optional

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.turn_context import INTERRUPTIONS, TurnContext


def ranking(**confidences: float) -> List[Dict[str, Any]]:
    rows = [{"name": name, "confidence": confidence} for name, confidence in confidences.items()]
    return sorted(rows, key=lambda row: -row["confidence"])


def read(
    rows: List[Dict[str, Any]], awaiting: Optional[str] = None, *, fits: bool = False, language: str = "zh"
) -> Message:
    message = Message({"text": "…", "metadata": {"awaiting": awaiting, "fits": fits, "language": language}})
    message.set("intent_ranking", rows)
    TurnContext(TurnContext.get_default_config()).process([message])
    return message


def intent(message: Message) -> str:
    return message.get("intent")["name"]


def top(message: Message) -> str:
    return message.get("intent_ranking")[0]["name"]


def test_a_bare_fact_means_nothing_while_nothing_is_asked() -> None:
    message = read(ranking(inform=0.8, ask_policy=0.15, greet=0.05))
    assert top(message) == "ask_policy"
    assert message.get("intent_ranking")[-1] == {"name": "inform", "confidence": 0.0}


def test_the_ranking_always_sums_to_one() -> None:
    for awaiting in (None, "date", "confirmation", "description"):
        rows = read(ranking(inform=0.3, ask_policy=0.5, affirm=0.2), awaiting).get("intent_ranking")
        assert sum(row["confidence"] for row in rows) == pytest.approx(1)


def test_an_answer_is_likelier_when_one_is_awaited() -> None:
    rows = ranking(inform=0.2, out_of_scope=0.5, ask_policy=0.3)
    assert top(read(rows)) == "out_of_scope"
    assert top(read(rows, "service")) == "inform"


def test_words_that_fit_the_question_answer_it() -> None:
    rows = ranking(inform=0.05, book_service=0.9, greet=0.05)
    assert top(read(rows, "date")) == "book_service"
    assert top(read(rows, "date", fits=True)) == "inform"


def test_cancel_it_stops_an_open_question_and_otherwise_means_a_booking() -> None:
    rows = ranking(cancel_booking=0.5, stop=0.35, greet=0.15)
    assert top(read(rows)) == "cancel_booking"
    assert top(read(rows, "time")) == "stop"


def test_a_question_for_a_description_takes_nearly_any_words() -> None:
    rows = ranking(inform=0.1, out_of_scope=0.85, greet=0.05)
    assert top(read(rows, "phone")) == "out_of_scope"
    assert top(read(rows, "description")) == "inform"


def test_yes_and_no_are_likelier_when_asked_for_a_confirmation() -> None:
    rows = ranking(affirm=0.3, thanks=0.6, inform=0.1)
    assert top(read(rows)) == "thanks"
    assert top(read(rows, "confirmation")) == "affirm"


def test_a_correction_at_the_confirmation_is_heard() -> None:
    rows = ranking(deny=0.4, inform=0.4, affirm=0.2)
    assert top(read(rows, "confirmation")) == "deny"
    assert top(read(rows, "confirmation", fits=True)) == "inform"


@pytest.mark.parametrize("name", sorted(INTERRUPTIONS))
@pytest.mark.parametrize("awaiting", ["date", "description", "confirmation", "place"])
def test_what_is_meant_as_an_interruption_is_never_taken_as_an_answer(name: str, awaiting: str) -> None:
    message = read(ranking(**{name: 0.5, "inform": 0.3, "affirm": 0.2}), awaiting, fits=True)
    assert intent(message) == name


def test_an_unlikely_interruption_gives_way_to_the_answer() -> None:
    assert top(read(ranking(louder=0.35, inform=0.34, greet=0.31), "place", fits=True)) == "inform"


def test_a_likely_wish_opens_its_form() -> None:
    assert intent(read(ranking(book_service=0.6, out_of_scope=0.05, ask_policy=0.35))) == "book_service"


def test_a_wish_that_may_be_idle_talk_is_asked_about() -> None:
    message = read(ranking(file_complaint=0.6, out_of_scope=0.3, ask_policy=0.1))
    assert intent(message) == "unsure"
    assert top(message) == "file_complaint"


@pytest.mark.parametrize("other", ["submit_proposal", "change_booking", "reopen_case", "ask_policy"])
def test_a_wish_that_is_as_likely_another_one_opens_no_form(other: str) -> None:
    message = read(ranking(**{"book_service": 0.5, other: 0.45, "out_of_scope": 0.05}))
    assert intent(message) == "unsure"
    assert intent(read(ranking(**{"book_service": 0.45, other: 0.5, "out_of_scope": 0.05}))) == other


def test_the_same_words_need_no_asking_back_inside_a_form() -> None:
    assert intent(read(ranking(file_complaint=0.6, out_of_scope=0.3, ask_policy=0.1), "phone")) == "file_complaint"


def test_a_weak_guess_is_asked_about_whatever_it_is() -> None:
    message = read(ranking(ask_policy=0.24, find_job=0.2, check_points=0.2, greet=0.19, thanks=0.17))
    assert intent(message) == "unsure"
    assert top(message) == "ask_policy"


def test_the_language_of_the_turn_becomes_an_entity() -> None:
    message = read(ranking(greet=1.0), language="en")
    assert [(e["entity"], e["value"]) for e in message.get("entities")] == [("turn_language", "en")]


def test_words_without_a_ranking_are_left_alone() -> None:
    message = Message({"text": "…"})
    TurnContext(TurnContext.get_default_config()).process([message])
    assert message.get("intent") is None


@pytest.mark.parametrize("awaiting", ["keep_draft", "resume_draft"])
def test_yes_is_likelier_than_content_when_we_ask_whether_to_go_on(awaiting: str) -> None:
    rows = ranking(affirm=0.3, thanks=0.4, inform=0.3)
    assert top(read(rows, awaiting)) == "affirm"


def heard_as(act: str, confidence: float, rows: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """The ranking after the app's reader took the words for this act."""
    about = {"asked": "place", "awaiting": "place", "act": act, "act_sure": True, "act_confidence": confidence}
    return TurnContext(TurnContext.get_default_config()).follow_reader(rows, about)


def test_the_reader_of_answers_decides_and_is_no_surer_than_it_said() -> None:
    rows = heard_as("stop", 0.6, ranking(inform=0.7, greet=0.2, stop=0.1))
    assert rows[0] == {"name": "stop", "confidence": 0.6}
    assert rows[1:] == [{"name": "inform", "confidence": 0.7}, {"name": "greet", "confidence": 0.2}]
