import random

from pypinyin import lazy_pinyin

from bot.language.readers.mishearing import Mishearing, with_misheard

TEXTS = ["我要订助餐", "参加住宿", "药", "hello"]


def test_a_misheard_sentence_sounds_the_same() -> None:
    mishearing = Mishearing(TEXTS, random.Random(0))
    for _ in range(20):
        assert lazy_pinyin(mishearing.slightly("助餐")) == ["zhu", "can"]


def test_a_misheard_sentence_is_written_otherwise() -> None:
    assert Mishearing(TEXTS, random.Random(0)).slightly("助餐") in {"住餐", "助参", "住参"}


def test_a_badly_misheard_sentence_also_confuses_what_sounds_nearly_alike() -> None:
    mishearing = Mishearing(["是四身生"], random.Random(0))
    heard = {mishearing.badly("是身") for _ in range(200)}
    assert heard == {"是身", "四身", "是生", "四生"}


def test_what_sounds_like_nothing_else_stays() -> None:
    assert Mishearing(TEXTS, random.Random(0)).slightly("hello 宿") == "hello 宿"


def test_the_originals_come_first_and_each_copy_names_its_original() -> None:
    heard, original = with_misheard(TEXTS, seed=1)
    assert heard[: len(TEXTS)] == TEXTS
    assert original[: len(TEXTS)] == [0, 1, 2, 3]
    assert set(original[len(TEXTS) :]) == {0, 1, 2}
    for copy, at in zip(heard[len(TEXTS) :], original[len(TEXTS) :]):
        assert copy != TEXTS[at]
        assert len(copy) == len(TEXTS[at])


def test_the_same_seed_mishears_the_same() -> None:
    assert with_misheard(TEXTS, seed=1) == with_misheard(TEXTS, seed=1)
