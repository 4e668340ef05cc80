"""The course of a call, and the short answers to its own questions."""

import pytest

from bot.dialogue.call.flow import (
    Misunderstandings,
    asks_for_own_number,
    filled,
    greeting,
    mode_for,
    was_understood,
    wish_of_key,
    with_number_again,
)
from bot.dialogue.responses import Responses
from bot.settings import ROOT
from bot.turns import Reply, State, Turn

pytestmark = pytest.mark.unit
WORDS = Responses(ROOT / "domain.yml")


def test_two_misunderstandings_offer_the_menu_and_three_hand_over() -> None:
    missed = Misunderstandings()
    assert missed.add(understood=False) is None
    assert missed.add(understood=False) == "menu"
    assert missed.add(understood=False) == "person"


def test_an_understood_turn_starts_the_count_anew() -> None:
    missed = Misunderstandings()
    missed.add(understood=False)
    assert missed.add(understood=True) is None
    assert missed.add(understood=False) is None


def test_asking_back_counts_as_not_understood() -> None:
    sorry = Turn("t", "out_of_scope", 0.2, (WORDS.reply("utter_ask_back", "zh"),))
    answer = Turn("t", "greet", 0.9, (WORDS.reply("utter_greet", "zh"),))
    assert not was_understood(sorry, WORDS)
    assert was_understood(answer, WORDS)


@pytest.mark.parametrize(
    ("awaiting", "mode"), [("phone", "digits"), ("tail", "digits"), ("date", "talk"), (None, "talk")]
)
def test_keys_are_digits_only_where_digits_are_asked_for(awaiting: str | None, mode: str) -> None:
    assert mode_for(Turn("t", "inform", 1.0, (), State("book_service", awaiting))) == mode


def test_the_greeting_tells_whether_the_call_is_recorded_and_which_keys_there_are() -> None:
    for recorded, words in ((False, "不录音"), (True, "会录音")):
        first = WORDS.reply(greeting(recorded=recorded, draft=False)[0], "zh")
        assert words in first.text
        assert "自动助手" in first.text
        assert all(key in first.text for key in ("按0", "按1", "按星号", "按井号"))


def test_the_menu_names_as_many_wishes_as_there_are_keys() -> None:
    for language in ("zh", "en"):
        assert len({wish_of_key(choice, "menu", None, language) for choice in range(1, 7)}) == 6
        with pytest.raises(KeyError):
            wish_of_key(7, "menu", None, language)


def test_a_number_is_read_digit_by_digit() -> None:
    told = filled(WORDS.reply("utter_phone_nobody", "zh"), "zh", number="12345678")
    assert "幺二三四" in told.spoken


@pytest.mark.parametrize(
    ("form", "awaiting", "own"),
    [
        ("book_service", "phone", True),
        ("act_for_other", "phone", False),
        ("act_for_other", "contact", True),
        ("book_service", "name", False),
    ],
)
def test_the_number_they_call_from_is_offered_where_their_own_is_asked(form: str, awaiting: str, *, own: bool) -> None:
    turn = Turn("t", "inform", 1.0, (), State(form, awaiting))
    assert asks_for_own_number(turn) is own


CONFIRMING = Turn("a", "book_service", 1.0, (), State(form="book_service", awaiting="confirmation"))
NUMBER = "84261973"
BOOKED = Reply(f"预约好了。预约号是{NUMBER}。", "", card={"kind": "booking", "number": NUMBER})


def test_the_number_of_what_was_confirmed_is_said_again_in_groups() -> None:
    told = with_number_again(CONFIRMING, Turn("b", "affirm", 1.0, (BOOKED,)), "zh")
    assert [reply.spoken for reply in told.replies][1:] == ["再说一遍,号码是八四二六,幺九七三。"]
    english = with_number_again(CONFIRMING, Turn("b", "affirm", 1.0, (BOOKED,)), "en")
    assert english.replies[-1].spoken == "Once more, the number is eight four two six, one nine seven three."


def test_a_number_is_not_said_again_where_nothing_was_confirmed_or_there_are_several() -> None:
    asked = Turn("a", "check_booking", 1.0, ())
    done = Turn("b", "affirm", 1.0, (BOOKED,))
    other = Reply("预约号是84261974。", "", card={"kind": "booking", "number": "84261974"})
    assert with_number_again(asked, done, "zh") is done
    assert with_number_again(None, done, "zh") is done
    two = Turn("b", "affirm", 1.0, (BOOKED, other))
    assert with_number_again(CONFIRMING, two, "zh") is two
    silent = Turn("b", "affirm", 1.0, (Reply("已取消。", "", card={"number": NUMBER}),))
    assert with_number_again(CONFIRMING, silent, "zh") is silent
