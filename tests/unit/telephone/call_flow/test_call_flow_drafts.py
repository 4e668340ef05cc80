"""What broke off in a call before is taken up by whoever may know it."""

from datetime import datetime

import pytest

from bot.services.conversations import calls
from bot.store.conversations.tables import Call
from bot.store.store import Store
from tests.unit.telephone.conftest import Calls

pytestmark = pytest.mark.telephone


async def test_a_dropped_draft_is_offered_and_taken_up(calls_us: Calls, store: Store, now: datetime) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    calls.end_call(store, caller.opened.id, "caller", now)
    again = await calls_us(name="second")
    assert "没办完" in await again.hears()
    assert "哪一天" in await again.says("接着办")


async def broken_off_at_the_read_back(calls_us: Calls, store: Store, now: datetime) -> str:
    """What the caller heard last, with a number of their own in it."""
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("明天")
    heard = await caller.presses("13755512345#")
    calls.end_call(store, caller.opened.id, "caller", now)
    return heard


async def test_a_personal_draft_opens_with_the_last_four_digits_only(
    calls_us: Calls, store: Store, now: datetime
) -> None:
    assert "二三四五" in await broken_off_at_the_read_back(calls_us, store, now)
    again = await calls_us(name="second")
    assert "没办完" in await again.hears()
    said = await again.says("接着办")
    assert "后四位" in said
    assert "二三四五" not in said
    assert "二三四五" in await again.presses("2345#")


async def test_whoever_calls_from_the_same_number_without_the_digits_learns_nothing(
    calls_us: Calls, store: Store, now: datetime
) -> None:
    await broken_off_at_the_read_back(calls_us, store, now)
    first = store_conversation(store)
    again = await calls_us(name="second")
    await again.says("接着办")
    said = await again.says("一二三四")
    assert "对不上" in said
    assert "二三四五" not in said + await again.presses("1")
    await again.says("养老床位有多少张")
    assert again.talk._conversation.id != first


def store_conversation(store: Store) -> str:
    with store.reading() as unit:
        return str(unit.session.query(Call).one().conversation_id)
