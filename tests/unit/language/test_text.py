"""One plain form of a text."""

import pytest

from bot.language.text import language_of, normalise

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("明天 下午 三點", "明天下午三点"), ("ＡＢＣ１２３", "ABC123"), ("您好！", "您好!"), ("12 月 3 号", "12月3号"), ("138 0000 1234", "138 0000 1234"),
        ("頭髮\u200b乾淨", "头发干净"), ("Hello  my\tfriend\n", "Hello my friend"), ("大冶街道 APP", "大冶街道 APP"), ("", ""), ("\x00\x07", ""), ("社區服務", "社区服务"),
        ("我要訂餐，後天中午", "我要订餐,后天中午"),
    ],
)  # fmt: skip
def test_a_text_gets_its_plain_form(said: str, expected: str) -> None:
    assert normalise(said) == expected
    assert normalise(expected) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("你好", "zh"),
        ("hello", "en"),
        ("12345", None),
        ("", None),
        ("我的APP坏了", "zh"),
        ("I want 助餐 tomorrow please", "en"),
        ("!?", None),
        ("ok 好的", "zh"),
    ],
)
def test_the_language_is_told_by_its_letters(said: str, expected: str | None) -> None:
    assert language_of(said) == expected
