"""What kind of thing a question asks for."""

import pytest

from bot.language.zh.question_kind import kinds_of
from bot.language.zh.sounds import syllables
from bot.language.zh.synonyms import english_words, plain, subjects

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("助浴一次几多钱", "price"),
        ("那要不要钱", "price"),
        ("大厅在哪块", "place"),
        ("食堂几点开饭", "hours"),
        ("车子哪天来", "hours"),
        ("网格员的电话是多少", "phone"),
        ("办低保要带么材料", "documents"),
        ("多大年纪可以吃", "eligibility"),
        ("么样报名当志愿者", "apply"),
        ("一共有几家养老院", "count"),
        ("什么时候全部做完", "when"),
        ("改革哪个领头", "who"),
        ("为么事要搞积分", "why"),
    ],
)
def test_chinese_questions_also_in_dialect_show_what_they_ask_for(question: str, kind: str) -> None:
    assert kind in kinds_of(plain(question), "zh")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much is a meal?", "price"),
        ("Where is the hall?", "place"),
        ("What are the opening hours?", "hours"),
        ("What is the hotline number?", "phone"),
        ("Which documents do I need?", "documents"),
        ("Who can use the package?", "eligibility"),
        ("How do I join the volunteers?", "apply"),
        ("How many beds are there?", "count"),
        ("Why is there a reform?", "why"),
    ],
)
def test_english_questions_show_what_they_ask_for(question: str, kind: str) -> None:
    assert kind in kinds_of(question, "en")


@pytest.mark.parametrize("question", ["基金的钱从哪里来", "捐款用到哪里去了", "改革做到哪一步了"])
def test_where_money_comes_from_is_not_a_place(question: str) -> None:
    assert "place" not in kinds_of(plain(question), "zh")


def test_a_phone_number_is_not_counted() -> None:
    assert "count" not in kinds_of("大厅电话多少", "zh")


def test_a_question_without_question_words_has_no_kind() -> None:
    assert kinds_of("助餐点", "zh") == []
    assert kinds_of("meal points", "en") == []


def test_politeness_goes_and_dialect_becomes_standard() -> None:
    assert plain("请问一下，屋里的婆婆晓得几多") == "，家里的老人知道多少"


def test_a_text_of_nothing_but_politeness_stays() -> None:
    assert plain("您好") == "您好"


def test_everyday_words_point_to_the_subject() -> None:
    assert "助浴" in subjects("给老人洗澡")
    assert "违建" in subjects("楼上乱搭棚子")


def test_english_words_lose_fillers_and_endings() -> None:
    assert english_words("What are the costs of meals for seniors?") == ["what", "price", "meal", "elder"]


def test_sounds_that_are_mixed_up_in_hubei_are_the_same() -> None:
    assert syllables("流量") == syllables("牛娘") == ["liu", "lian"]
    assert syllables("主浴") == syllables("阻浴")
