"""What we say when a resident could not be heard."""

from dataclasses import replace

import pytest

from bot.dialogue.admission.guards import GUARDS, give_time, say_that_we_hear, speak_otherwise
from bot.dialogue.call.not_heard import ask_to_say_again, could_not_hear, open_question
from bot.dialogue.responses import Responses, responses_of
from bot.settings import ROOT
from bot.turns import Button, Reply, State, Turn

pytestmark = pytest.mark.unit

ASKED = Turn("t1", "book_service", 0.9, (Reply("哪一天?", "哪一天?"),), State("book_service_form", "date"))


@pytest.fixture
def words() -> Responses:
    return responses_of(ROOT / "domain.yml")


def test_the_first_time_we_ask_again_with_the_open_question(words: Responses) -> None:
    replies = ask_to_say_again(ASKED, "zh", words)
    assert [reply.text for reply in replies] == ["不好意思，我没听清，请您再说一遍。", "哪一天?"]


def test_the_second_and_third_time_a_person_is_offered(words: Responses) -> None:
    first = replace(ASKED, replies=ask_to_say_again(ASKED, "zh", words))
    second = replace(ASKED, replies=ask_to_say_again(first, "zh", words))
    third = replace(ASKED, replies=ask_to_say_again(second, "zh", words))
    for turn in (second, third):
        assert turn.replies[0].buttons[0].payload == "人工"
        assert turn.replies[-1].text == "哪一天?"
        assert could_not_hear(turn, words)


def test_at_the_beginning_there_is_no_question_to_repeat(words: Responses) -> None:
    assert len(ask_to_say_again(None, "en", words)) == 1


def test_a_long_reply_is_asked_again_with_its_question_and_buttons_only(words: Responses) -> None:
    buttons = (Button("确认", "确认"), Button("修改", "修改"))
    summary = "请您听一下。" + "服务是助餐,时间是明天中午。" * 8 + "这样对吗?"
    asked = replace(ASKED, replies=(Reply(summary, summary, buttons, card={"kind": "draft"}),))
    question = open_question(asked, "zh", words)
    assert question is not None
    assert (question.text, question.buttons, question.card) == ("这样对吗?", buttons, None)


def test_an_answer_that_asked_nothing_is_not_told_again(words: Responses) -> None:
    answered = Turn("t1", "ask_policy", 0.9, (Reply("大厅在一楼。", "大厅在一楼。"),))
    assert open_question(answered, "zh", words) is None


def test_the_steps_before_rasa() -> None:
    assert list(GUARDS) == [speak_otherwise, give_time, say_that_we_hear]
