"""Which language a caller spoke: what both recognisers made of real sound, from the telephone's 8 kHz."""

import pytest

from bot.dialogue.spoken_language import is_english, may_be_english
from bot.speech.interface import Utterance

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        (("等我儿子报个名", 0.60), ("i wanted like a meal", 0.85)),
        (("不来气外婆的怕部门", 0.89), ("we'd like to report a problem", 1.00)),
        (("行不礼拜早点户都住一屁股", 0.84), ("how many beds are there for elderly people", 0.97)),
        (("尽管", 0.22), ("english", 1.00)),
    ],
)
def test_english_is_noticed(chinese: tuple[str, float], english: tuple[str, float]) -> None:
    assert may_be_english(Utterance(*chinese))
    assert is_english(Utterance(*chinese), Utterance(*english))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        (("路灯坏了晚上看不见六", 0.96), ("no don't file of i can't handle general", 0.89)),
        (("改成新街社区", 0.78), ("i know he associates", 0.68)),
        (("等一下啊", 0.98), ("yeah", 1.00)),
        (("会一点", 0.70), ("hi ia", 0.23)),
    ],
)
def test_chinese_stays_chinese(chinese: tuple[str, float], english: tuple[str, float]) -> None:
    assert not is_english(Utterance(*chinese), Utterance(*english))


def test_who_is_heard_well_is_not_listened_to_twice() -> None:
    assert not may_be_english(Utterance("养老床位有多少张", 1.0))
