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


def test_the_ear_hears_its_own_words_where_there_are_some() -> None:
    values = {"number": "C4M8-17TR", "answer": "路灯修好了。", "spoken_answer": "路灯修好了。"}
    assert "C4M8-17TR" in words.text("cases.notice.answered", "zh", **values)
    assert words.spoken("cases.notice.answered", "zh", **values) == "您反映的问题有答复了。路灯修好了。"


def test_the_ear_hears_what_the_eye_reads_where_it_has_no_words_of_its_own() -> None:
    assert words.spoken("cases.status.aim", "zh", settle_by="5月15日下午3点") == "我们争取五月十五号下午三点前办完。"


def test_a_button_says_other_words_than_it_shows() -> None:
    assert words.text("goal.check_booking", "zh") == "查预约"
    assert words.payload("goal.check_booking", "zh") == "查一下我的预约"


def test_a_number_chooses_the_plural_and_is_written_plainly() -> None:
    assert words.text("bookings.party.people", "en", count=1) == "1 person"
    assert words.text("bookings.party.people", "en", count=1200) == "1200 people"


def test_a_value_that_is_missing_is_an_error_and_is_not_said() -> None:
    with pytest.raises(KeyError, match=r"cases\.status\.aim"):
        words.text("cases.status.aim", "en")


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
