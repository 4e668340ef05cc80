"""How a call ends: silence, a goodbye, a rating."""

import pytest

from bot.speech.stt.ears import GaveUp, StillThere
from bot.store.conversations.tables import Rating
from bot.store.store import Store
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import Calls

pytestmark = pytest.mark.telephone


async def test_silence_is_asked_about_and_then_ends_politely(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.hears()
    assert "还在" in await caller.brings(StillThere())
    assert "再见" in await caller.brings(GaveUp())
    assert (caller.ended, caller.line.hung_up) == ("silence", True)


async def test_a_silence_in_the_middle_of_something_is_helped_with_the_question(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    helped = await caller.brings(StillThere())
    assert "还在" in helped
    assert "您想约哪一天" in helped


async def test_whoever_asks_whether_we_hear_is_told_at_once_and_asked_again(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    before = list(rasa.asked)
    told = await caller.says("喂听得到吗")
    assert told.startswith("听得到")
    assert "您想约哪一天" in told
    assert rasa.asked == before


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


async def test_a_goodbye_inside_a_form_asks_once_what_becomes_of_it_and_ends(
    calls_us: Calls, rasa: ScriptedRasa, store: Store
) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    said = await caller.says("再见")
    assert "没办完" in said
    assert "哪一天" not in said
    assert "再见" in await caller.says("留着吧")
    assert (caller.ended, caller.line.hung_up) == ("caller", True)
    assert "不办了" not in rasa.asked


async def test_who_says_goodbye_twice_inside_a_form_is_let_go(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("再见")
    assert "再见" in await caller.says("再见")
    assert (caller.ended, caller.line.hung_up) == ("caller", True)


async def test_what_is_not_to_be_kept_at_the_goodbye_is_dropped(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("再见")
    assert "再见" in await caller.says("不用了")
    assert (caller.ended, caller.line.hung_up) == ("assistant", True)
    assert rasa.asked[-1] == "不办了"


async def test_goodbye_inside_a_form_in_english(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.presses("2")
    await caller.says("我要订饭")
    assert "not finished" in await caller.says("再见")
    assert "Goodbye" in await caller.says("yes please keep it")
    assert caller.ended == "caller"
