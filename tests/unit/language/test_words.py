"""The catalogue of words: both languages say the same, all that the code names is there, and nothing lies unused."""

from pathlib import Path

import pytest

from bot.language import words
from bot.language.words import Catalogue, catalogue

pytestmark = pytest.mark.unit


@pytest.fixture
def made(tmp_path: Path) -> Path:
    for language in ("zh", "en"):
        (tmp_path / language).mkdir()
    return tmp_path


def written(folder: Path, zh: str, en: str) -> Catalogue:
    (folder / "zh" / "one.ftl").write_text(zh, "utf-8")
    (folder / "en" / "one.ftl").write_text(en, "utf-8")
    return catalogue(folder)


def test_a_code_has_its_words_in_both_languages() -> None:
    assert words.text("bookings.state.confirmed", "zh") == "已预约"
    assert words.text("bookings.state.confirmed", "en") == "Booked"


def test_inside_a_sentence_english_begins_small() -> None:
    assert words.in_sentence("Booked", "en") == "booked"
    assert words.in_sentence("已预约", "zh") == "已预约"


def test_a_code_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match="no-such-words"):
        words.text("no.such.words", "zh")
    assert not words.has("no.such.words")


@pytest.mark.parametrize(
    ("zh", "en", "wrong"),
    [
        ("a = 甲\nb = 乙", "a = A", "in one language only: .'b'"),
        ("a = 甲", "a = A\nb = B", "in one language only: .'b'"),
        ("a = { $name }", "a = A", "want different values: .'a'"),
        ("a = 甲\n    .ear = { $name }", "a = A", "want different values: .'a'"),
        ("a = 甲\na = 乙", "a = A", "a stands twice"),
        ("a = { b }", "a = A", "a names words that do not exist: .'b'"),
        ("a = 甲\nnothing", "a = A", "zh/one.ftl cannot be read: nothing"),
    ],
)
def test_a_faulty_catalogue_is_not_loaded(made: Path, zh: str, en: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        written(made, zh, en)
