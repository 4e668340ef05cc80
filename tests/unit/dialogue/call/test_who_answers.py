"""Told apart when we call: a person who picks up, and what only keeps what is said."""

import pytest

from bot.dialogue.call.who_answers import is_machine

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "words",
    [
        "您好您拨打的电话已关机", "对不起您所拨打的用户正忙请稍后再拨", "您呼叫的号码暂时无法接通", "请在滴声之后留言", "请在提示音后开始录音",
        "欢迎使用语音信箱", "您好我是来电秘书", "我是机主的智能助理", "您 拨打 的 用户 已 关机",
        "the person you're calling cannot take your call", "the number you have dialed is switched off",
        "please leave a short message after the tone", "you have reached the voicemail of mary", "sorry i can't come to the phone right now",
    ],
)  # fmt: skip
def test_a_set_announcement_is_a_machine_however_short(words: str) -> None:
    assert is_machine(words, 2.0)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("", 0.0), ("喂", 0.4), ("喂你找哪个", 1.2), ("哪位啊我在炒菜你等一下我把火关了再跟你讲", 5.0), ("我手机快没电了有什么事快说", 2.5),
        ("你打的是我屋里座机", 1.8), ("", 20.0), ("嗯", 30.0), ("hello", 0.5), ("hello who is this", 1.5),
        ("yes speaking can you hold on for a second please", 3.0),
    ],
)  # fmt: skip
def test_a_person_is_none_nor_is_a_noise(words: str, seconds: float) -> None:
    assert not is_machine(words, seconds)


def test_what_is_spoken_for_long_without_a_pause_is_a_machine_whatever_it_says() -> None:
    assert is_machine("我们是东风路修锁店现在打烊了明天上午九点开门", 6.5)
    assert is_machine("this is the lock shop in east road we are closed now and open at nine tomorrow", 6.5)
