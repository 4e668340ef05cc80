"""Keys of a telephone: plain keys and seconds."""

import pytest

from bot.dialogue.call.keys import CallKeys, Chosen, DigitsGiven, DigitsPaused, Rated, Wanted

pytestmark = pytest.mark.unit


def keys(mode: str) -> CallKeys:
    made = CallKeys()
    made.switch(mode)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(("key", "wish"), [("0", "person"), ("1", "again"), ("*", "slower"), ("#", "end")])
def test_four_keys_are_always_live_while_people_talk(key: str, wish: str) -> None:
    for mode in ("greeting", "talk"):
        assert keys(mode).press(key) == Wanted(wish)  # type: ignore[arg-type]


def test_two_changes_the_language_while_people_talk_and_is_a_digit_elsewhere() -> None:
    for mode in ("greeting", "talk"):
        assert keys(mode).press("2") == Wanted("other_language")
    assert keys("digits").press("2") is None
    assert keys("menu").press("2") == Chosen(2)
    assert keys("rating").press("2") == Rated(2)


def test_while_digits_are_awaited_all_ten_are_digits_and_hash_finishes() -> None:
    pressed = keys("digits")
    assert [pressed.press(key) for key in "13900001234"] == [None] * 11
    assert pressed.press("#") == DigitsGiven("13900001234")


def test_star_deletes_the_last_digit() -> None:
    pressed = keys("digits")
    for key in "138*9":
        assert pressed.press(key) is None
        pressed.wait(1.5)
    assert pressed.press("#") == DigitsGiven("139")


def test_two_stars_reach_a_person_among_digits() -> None:
    pressed = keys("digits")
    pressed.press("1")
    pressed.press("*")
    pressed.wait(0.5)
    assert pressed.press("*") == Wanted("person")


def test_two_stars_far_apart_delete_two_digits() -> None:
    pressed = keys("digits")
    for key in "139":
        pressed.press(key)
    pressed.press("*")
    pressed.wait(1.5)
    assert pressed.press("*") is None
    assert pressed.digits == "1"


def test_five_silent_seconds_read_the_digits_back_once() -> None:
    pressed = keys("digits")
    pressed.press("1")
    assert pressed.wait(4.9) is None
    assert pressed.wait(0.2) == DigitsPaused("1")
    assert pressed.wait(60) is None
    pressed.press("3")
    assert pressed.wait(5) == DigitsPaused("13")


def test_without_digits_nothing_is_read_back() -> None:
    assert keys("digits").wait(60) is None
    assert keys("digits").press("#") is None


def test_the_menu_has_six_choices_a_person_and_again() -> None:
    menu = keys("menu")
    assert menu.press("6") == Chosen(6)
    assert menu.press("7") is None
    assert menu.press("#") is None
    assert menu.press("9") == Wanted("other_choices")
    assert menu.press("0") == Wanted("person")
    assert menu.press("*") == Wanted("again")


def test_a_rating_is_one_to_five() -> None:
    rating = keys("rating")
    assert rating.press("5") == Rated(5)
    assert rating.press("6") is None
    assert rating.press("0") == Wanted("person")
    assert rating.press("*") == Wanted("again")
    assert rating.press("#") is None


def test_a_change_of_what_is_awaited_forgets_begun_digits() -> None:
    pressed = keys("digits")
    pressed.press("1")
    pressed.switch("talk")
    pressed.switch("digits")
    assert pressed.press("#") is None


def test_while_choices_are_open_a_key_is_a_place_in_the_row() -> None:
    assert [keys("choices").press(key) for key in "139"] == [Chosen(1), Chosen(3), Chosen(9)]
    assert keys("choices").press("0") == Wanted("person")
    assert keys("choices").press("*") == Wanted("again")


def test_digits_that_follow_each_other_soon_are_no_wishes() -> None:
    keys = CallKeys("talk")
    assert keys.press("3") is None
    for key in "001":
        keys.wait(0.5)
        assert keys.press(key) is None


def test_a_zero_by_itself_is_a_person_also_after_a_lost_key() -> None:
    keys = CallKeys("talk")
    keys.press("3")
    keys.wait(2.5)
    assert keys.press("0") == Wanted("person")
    keys = CallKeys("talk")
    keys.press("1")
    assert keys.press("0") is None
    assert keys.wait(2.5) == Wanted("person")


def test_the_end_of_a_number_that_nobody_asked_for_does_not_end_the_call() -> None:
    keys = CallKeys("talk")
    for key in "30":
        keys.press(key)
    assert keys.press("#") is None
