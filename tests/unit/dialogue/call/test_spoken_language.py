"""When a call goes on in the other language by ear: two clear sentences in a row, and back by one."""

from dataclasses import replace

import pytest

from bot.dialogue.call.spoken_language import Reading, SpokenLanguage

pytestmark = pytest.mark.unit
OTHER = Reading(ours=0.3, theirs=0.95, understood=False, other_makes_sense=True)
OURS = Reading(ours=0.9, theirs=0.0, understood=True, other_makes_sense=False)
UNCLEAR = Reading(ours=0.3, theirs=0.4, understood=False, other_makes_sense=False)


def changes(*readings: Reading) -> list[bool]:
    spoken = SpokenLanguage()
    return [spoken.changes(reading) for reading in readings]


def test_one_sentence_changes_nothing_and_the_second_does() -> None:
    assert changes(OTHER, OTHER) == [False, True]


@pytest.mark.parametrize("between", [OURS, UNCLEAR])
def test_two_that_do_not_follow_each_other_change_nothing(between: Reading) -> None:
    assert changes(OTHER, between, OTHER) == [False, False, False]


@pytest.mark.parametrize(
    "doubt",
    [{"understood": True}, {"other_makes_sense": False}, {"theirs": 0.6}, {"ours": 0.9}],
    ids=["ours was understood", "the other makes no sense", "not surely heard", "hardly better than ours"],
)
def test_a_doubt_about_either_is_enough_to_stay(doubt: dict[str, float]) -> None:
    assert changes(OTHER, replace(OTHER, **doubt), OTHER) == [False, False, False]


def test_a_wrong_change_is_undone_by_the_next_good_sentence() -> None:
    assert changes(OTHER, OTHER, OTHER) == [False, True, True]
    assert changes(OTHER, OTHER, UNCLEAR, OTHER) == [False, True, False, True]


def test_a_change_that_was_right_is_as_hard_to_undo_as_the_first() -> None:
    assert changes(OTHER, OTHER, OURS, OTHER) == [False, True, False, False]


def test_a_language_that_was_chosen_is_not_on_trial() -> None:
    spoken = SpokenLanguage()
    assert [spoken.changes(OTHER), spoken.changes(OTHER)] == [False, True]
    spoken.chosen()
    assert not spoken.changes(OTHER)
