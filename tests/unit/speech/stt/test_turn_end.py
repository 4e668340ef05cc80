import pytest

from bot.speech.stt.turn_end import (
    PUSH_TO_TALK,
    OwnPauses,
    Patience,
    TurnEnd,
    WaitingTimes,
    count_digits,
    is_unfinished,
)

pytestmark = pytest.mark.unit


def silence_that_ends(turn: TurnEnd, text: str) -> float:
    """Tenths of a second of silence after one second of speech."""
    turn.add(1.0, is_speech=True, text=text)
    for tenth in range(1, 100):
        if turn.add(0.1, is_speech=False, text=text) == "over":
            return tenth / 10
    raise AssertionError("the turn never ended")


def test_silence_before_the_first_word_begins_no_turn() -> None:
    turn = TurnEnd()
    assert turn.add(20.0, is_speech=False) == "waiting"
    assert turn.seconds == 0


def test_a_short_pause_does_not_end_the_turn() -> None:
    turn = TurnEnd()
    turn.add(1.0, is_speech=True, text="我要订餐")
    assert turn.add(0.6, is_speech=False, text="我要订餐") == "speaking"
    assert turn.add(0.5, is_speech=True, text="我要订餐") == "speaking"
    assert turn.add(0.9, is_speech=False, text="我要订餐") == "speaking"
    assert turn.add(0.1, is_speech=False, text="我要订餐") == "over"


@pytest.mark.parametrize(
    ("awaiting", "text", "seconds"),
    [
        (None, "我要订餐", 1.0),
        ("service", "助餐", 1.0),
        ("confirmation", "对", 0.7),
        ("keep_draft", "不要", 0.7),
        ("description", "楼下太吵了", 2.0),
        ("phone", "一三八", 2.5),
        ("phone", "一三八七一二三四五六七", 0.6),
        ("phone", "one three eight", 2.5),
        ("number", "一二三四五六七", 2.5),
        ("number", "一二三四五六七八", 0.6),
        ("tail", "五六七", 2.5),
        ("tail", "五六七八", 0.6),
        (None, "我想问一下嗯", 2.0),
        (None, "老人食堂然后", 2.0),
        ("confirmation", "那个", 2.0),
        (None, "i want to book and", 2.0),
        (None, "i want to expand", 1.0),
    ],
)
def test_how_long_we_wait_depends_on_what_was_asked_and_said(awaiting: str | None, text: str, seconds: float) -> None:
    assert silence_that_ends(TurnEnd(awaiting), text) == seconds


def test_nobody_can_speak_for_ever() -> None:
    turn = TurnEnd()
    for _ in range(29):
        assert turn.add(1.0, is_speech=True) == "speaking"
    assert turn.add(1.0, is_speech=True) == "over"


def test_with_a_button_only_the_length_ends_a_turn() -> None:
    turn = TurnEnd("tail", PUSH_TO_TALK)
    turn.add(1.0, is_speech=True, text="五六七八")
    assert turn.add(28.0, is_speech=False, text="五六七八") == "speaking"
    assert turn.add(1.0, is_speech=False, text="五六七八") == "over"


def test_the_times_can_be_set() -> None:
    assert silence_that_ends(TurnEnd(None, WaitingTimes(usual=3.0)), "好的") == 3.0


def test_after_eight_silent_seconds_we_ask_and_after_eight_more_we_give_up() -> None:
    patience = Patience()
    assert [patience.add(1.0) for _ in range(7)] == [None] * 7
    assert patience.add(1.0) == "still_there"
    assert [patience.add(1.0) for _ in range(7)] == [None] * 7
    assert patience.add(1.0) == "gave_up"


def test_our_own_question_does_not_make_us_forget_that_we_asked() -> None:
    patience = Patience()
    assert patience.add(8.0) == "still_there"
    patience.add(7.0)
    patience.rest()
    assert patience.add(7.0) is None
    assert patience.add(1.0) == "gave_up"


def test_a_word_starts_the_patience_again() -> None:
    patience = Patience()
    patience.add(8.0)
    patience.understood()
    assert patience.add(7.0) is None
    assert patience.add(1.0) == "still_there"


def test_a_long_noise_counts_once() -> None:
    patience = Patience()
    assert patience.add(30.0) == "still_there"
    assert patience.add(1.0) is None


def test_digits_are_counted_in_both_languages() -> None:
    assert count_digits("幺三八 零七洞九") == 7
    assert count_digits("138") == 3
    assert count_digits("one oh double five someone") == 3


def test_hesitation_is_noticed_only_at_the_end() -> None:
    assert is_unfinished("我要那个")
    assert is_unfinished("嗯")
    assert is_unfinished("So I")
    assert not is_unfinished("那个老人食堂")
    assert not is_unfinished("panorama")
    assert not is_unfinished("")


def test_who_pauses_for_long_within_a_sentence_is_waited_for_longer_in_the_next() -> None:
    own = OwnPauses()
    first = TurnEnd(None, own=own)
    first.add(1.0, is_speech=True)
    first.add(0.9, is_speech=False)
    assert silence_that_ends(first, "我想给我妈") == 1.4
    own.next_turn()
    assert silence_that_ends(TurnEnd(None, own=own), "订饭") == 1.1
    for _ in range(3):
        own.next_turn()
    assert silence_that_ends(TurnEnd(None, own=own), "订饭") == 1.0


def test_nobodys_pauses_are_waited_for_beyond_a_hesitation_and_a_yes_is_not_held_up_for_long() -> None:
    own = OwnPauses()
    own.spoke_on(2.2)
    assert silence_that_ends(TurnEnd(None, own=own), "订饭") == 2.0
    assert silence_that_ends(TurnEnd("confirmation", own=own), "对") == 1.0
    assert silence_that_ends(TurnEnd("tail", own=own), "五六七八") == 0.6


def test_a_pause_between_groups_of_digits_teaches_nothing() -> None:
    own = OwnPauses()
    reading = TurnEnd("phone", own=own)
    for _ in range(2):
        reading.add(1.0, is_speech=True, text="一三八")
        reading.add(1.5, is_speech=False, text="一三八")
    assert silence_that_ends(TurnEnd(None, own=own), "订饭") == 1.0
