"""Who asks for a moment's time is waited for; who means more is heard."""

import pytest

from bot.language.pauses import asks_for_time, asks_whether_heard

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


@pytest.mark.parametrize(
    "text",
    [
        "喂?听得到吗?", "喂", "喂喂", "听得到吗", "喂你听得见我说话吗", "能听到吗", "听不听得到", "有人在吗", "喂在吗", "您好,听得见不?",
        "Hello? Can you hear me?", "can you hear me now", "hello hello", "is anybody there", "Are you there?",
    ],
)  # fmt: skip
def test_whether_we_hear_is_all_that_is_asked(text: str) -> None:
    assert asks_whether_heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "你好", "在", "听到楼上吵", "喂猫的人", "喂我想订饭", "隔着两条街都听得到", "听得到不,我要人工", "hello", "can you hear the noise",
        "有人在楼下吵架", "不在",
    ],
)  # fmt: skip
def test_everything_else_is_not_about_the_line(text: str) -> None:
    assert not asks_whether_heard(text)
