"""A short text never keeps the program busy: every expression, and everything that reads what a resident wrote."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.dialogue.context import fits, reply_language
from bot.language.ear import for_ear
from bot.language.entities import find_entities, warm_up
from bot.language.masking import mask
from bot.language.text import normalise
from tests.security.hostile_text import LENGTH, TooSlowError, hostile_texts, program_patterns, within

pytestmark = pytest.mark.security

MATCH_SECONDS = 2.0
"""Of processor time for one match; the slowest takes a tenth of it, one that backtracks never ends."""
CALL_SECONDS = 4.0
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

ASKED = (None, "place", "name", "phone", "number", "tail", "count", "date", "time", "beneficiary", "confirmation")
PIECES = (
    "好的", "不是", "一个", "姓名", "我家在", "老旧", "东风社区,,", "在", ",", "…", "1月1日", "1", "一", "点", "明天", "送到", "栋",
    "张", "我叫", "给我妈", "8:30", "-", "~", "(", "*", " ", "ﷺ", "😀", "no ", "one ", "at ", "two people ", "building 1 ", "/", "号",
)  # fmt: skip
READERS: dict[str, Callable[[str], object]] = {
    "normalise": normalise,
    "for_ear zh": for_ear,
    "for_ear en": lambda text: for_ear(text, "en"),
    "reply_language": lambda text: reply_language(text, "en", None),
    **{f"mask {asked}": lambda text, asked=asked: mask(text, awaiting=asked) for asked in ASKED},
    **{
        f"entities {asked}": lambda text, asked=asked: find_entities(normalise(text), NOW, awaiting=asked)
        for asked in ASKED
    },
    "entities en": lambda text: find_entities(normalise(text), NOW, awaiting="place", language="en"),
    "fits place": lambda text: fits(normalise(text), "place", "zh", NOW),
}


@pytest.fixture(scope="module")
def patterns() -> dict[str, re.Pattern[str]]:
    return program_patterns()


def test_the_expressions_of_the_program_are_found(patterns: dict[str, re.Pattern[str]]) -> None:
    assert len(patterns) > 300
    assert any("masking" in name for name in patterns)
    assert any("bot.language.ear:" in name for name in patterns), "those inside functions"


def test_no_expression_can_be_kept_busy(patterns: dict[str, re.Pattern[str]]) -> None:
    slow = {name: text for name, pattern in patterns.items() if (text := exhausting(pattern))}
    assert slow == {}


def exhausting(pattern: re.Pattern[str]) -> str | None:
    """The beginning and the end of a text that takes too long; None when there is none."""
    for text in hostile_texts(pattern):
        for match in (pattern.fullmatch, pattern.search):
            try:
                with within(MATCH_SECONDS):
                    match(text)
            except TooSlowError:
                return f"{text[:20]}…{text[-1:]}"
    return None


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_of_a_residents_words_can_be_kept_busy(reader: str) -> None:
    warm_up(NOW)
    for piece in PIECES:
        for tail in ("龘", "", ",就在东风社区3栋"):
            text = (piece * LENGTH)[: LENGTH - len(tail)] + tail
            try:
                with within(CALL_SECONDS):
                    READERS[reader](text)
            except TooSlowError:
                pytest.fail(f"{reader} with {piece}…{tail}")


@pytest.mark.parametrize(
    "text",
    [
        "好的" * 14 + "龘",
        "好的" * 14 + ",就在东风社区3栋",
        "好的" * 40 + "龘",
        "东风社区" + "," * 24 + "3栋",
        "不是" * 30 + "龘",
        "一个" * 60 + "龘",
    ],
)
def test_the_few_characters_that_once_stopped_everything_are_read_at_once(text: str) -> None:
    with within(CALL_SECONDS):
        assert mask(text, awaiting="place")
        fits(normalise(text), "place", "zh", NOW)


def test_the_watch_interrupts_an_expression_that_never_ends() -> None:
    with pytest.raises(TooSlowError), within(0.2):
        re.fullmatch("(?:a|aa)*", "a" * 60 + "b")
