"""How a call ends: silence, a goodbye, a rating."""

import pytest

from bot.speech.ears import GaveUp, StillThere
from bot.store.store import Store
from bot.store.tables import Rating
from tests.unit.telephone.conftest import Calls

pytestmark = pytest.mark.telephone


async def test_silence_is_asked_about_and_then_ends_politely(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.hears()
    assert "还在" in await caller.brings(StillThere())
    assert "再见" in await caller.brings(GaveUp())
    assert (caller.ended, caller.line.hung_up) == ("silence", True)


async def test_a_goodbye_is_followed_by_a_rating_by_key(calls_us: Calls, store: Store) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    assert "打分" in await caller.presses("#")
    assert "打分" in await caller.presses("*")
    await caller.presses("4")
    assert caller.ended == "assistant"
    with store.reading() as unit:
        assert [rating.score for rating in unit.session.query(Rating)] == [4]


async def test_who_thinks_of_something_else_instead_of_rating_is_served(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    await caller.presses("#")
    assert "哪一天" in await caller.says("等等我还要订饭")
    assert (caller.ended, caller.keys.mode) == (None, "talk")


async def test_danger_told_instead_of_a_rating_is_heard(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    await caller.presses("#")
    assert "幺二零" in await caller.says("我胸口疼得厉害")
