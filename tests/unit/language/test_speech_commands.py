"""Faster, at the usual speed, more quietly: only when the whole sentence says so."""

import pytest

from bot.language.speech_commands import finer_command_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    ["快一点", "快点说", "请说快一点", "你说得太慢了", "语速快一点", "再快一点!", "speak faster please", "Too slow"],
)
def test_faster(text: str) -> None:
    assert finer_command_in(text) == "faster"


@pytest.mark.parametrize(
    "text", ["正常语速", "恢复正常速度", "正常语速就好。", "不用那么慢", "normal speed please", "Speak normally"]
)
def test_the_usual_speed(text: str) -> None:
    assert finer_command_in(text) == "normal_pace"


@pytest.mark.parametrize(
    "text",
    ["小声点", "小点声", "声音小一点", "声音太大了", "别那么大声", "把声音调小一点", "too loud", "quieter please"],
)
def test_quieter(text: str) -> None:
    assert finer_command_in(text) == "quieter"


@pytest.mark.parametrize(
    "text",
    [
        "", "说慢一点", "大声点", "快一点了", "快递点在哪里", "您能快点来吗", "声音太小了", "隔壁声音太大了", "办得太慢了",
        "路灯快点修", "请快点处理我的投诉", "my neighbours are too loud", "the office is too slow",
    ],
)  # fmt: skip
def test_everything_else_is_no_wish_about_our_speaking(text: str) -> None:
    assert finer_command_in(text) is None


@pytest.mark.parametrize(
    ("text", "awaiting"),
    [("快一点", "time"), ("快点", "description"), ("声音太大了", "description"), ("too loud", "description")],
)
def test_words_that_answer_the_open_question_are_no_wish(text: str, awaiting: str) -> None:
    assert finer_command_in(text) is not None
    assert finer_command_in(text, awaiting) is None


def test_a_plain_wish_is_heard_inside_every_question() -> None:
    for awaiting in ("time", "date", "description", "place"):
        assert finer_command_in("说快一点", awaiting) == "faster"
