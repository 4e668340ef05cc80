"""Addresses in English words, in any order, and communities spelled by their signs."""

from datetime import datetime

import pytest

from bot.language.communities import community_in
from bot.language.entities import find_entities
from bot.language.times import HERE

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("flat 12, block 4, Xinjie community", "flat 12, block 4, Xinjie community"),
        ("building 9 room 101, Dongfeng", "building 9 room 101, Dongfeng"),
        ("Laojie, building two, third floor please", "Laojie, building two, third floor"),
        ("room 5 in building 2, that is the Xinjie community", "room 5 in building 2, that is the Xinjie community"),
        ("Dong feng block 4 room 9", "Dong feng block 4 room 9"),
    ],
)
def test_an_address_is_whole(said: str, place: str) -> None:
    assert find_entities(said, NOW, awaiting="place", language="en").place == place


@pytest.mark.parametrize("said", ["lao jie please", "the Lao-Jie one", "LAOJIE"])
def test_a_community_is_known_by_its_signs(said: str) -> None:
    assert community_in(said) == "Laojie community"
