"""Who asks for a moment's time is waited for; who means more is heard."""

import pytest

from bot.language.pauses import asks_for_time

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "said",
    [
        "等一下", "等一下,我找一下", "稍等", "您等一会儿", "等哈", "等我一下", "等一下我看看号码", "让我想想", "先等等,我去拿电话本", "Wait a moment please",
        "hold on", "one second", "just a minute, let me find my glasses", "hang on, I'll get my phone", "let me check",
    ],
)  # fmt: skip
def test_a_pause_is_asked_for(said: str) -> None:
    assert asks_for_time(said)


@pytest.mark.parametrize(
    "said",
    [
        "等一下再办", "等我儿子回来再说", "等一下,先别", "我等了三天", "等明天", "看看有没有别的时间", "wait, I also want a meal", "wait, no", "I waited three minutes",
        "how long do I have to wait", "let me have two portions", "我想订饭", "",
    ],
)  # fmt: skip
def test_other_words_are_no_pause(said: str) -> None:
    assert not asks_for_time(said)
