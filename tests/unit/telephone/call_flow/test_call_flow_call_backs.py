"""On which number a caller is called back, or served."""

import pytest

from bot.language.zh.spoken_numbers import digit_by_digit
from bot.store.store import Store
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import CALLER, Calls, handovers

pytestmark = pytest.mark.telephone


async def test_the_callers_own_number_is_used_when_they_agree(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    assert "尾号幺二三四" in await caller.says("明天")
    assert caller.keys.mode == "digits"
    await caller.says("可以")
    assert rasa.asked[-1] == CALLER


async def test_who_withholds_the_number_is_asked_for_one(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us(caller=None)
    await caller.says("我要订饭")
    said = await caller.says("明天")
    assert "电话号码" in said
    assert "尾号" not in said
    await caller.presses("13755512345#")
    assert rasa.asked[-1] == "13755512345"


async def test_a_call_back_goes_to_the_number_that_called(calls_us: Calls, store: Store) -> None:
    first = await calls_us()
    await first.presses("0")
    back = await calls_us(news="nobody")
    (record,) = handovers(store)
    assert digit_by_digit(record.number) in await back.hears()
    assert digit_by_digit(record.number) in await back.says("好的")
    assert handovers(store)[0].phone == CALLER
    assert back.ended is None


async def test_a_call_back_to_another_number_is_read_back_first(calls_us: Calls, store: Store) -> None:
    await (await calls_us()).presses("0")
    back = await calls_us(news="nobody")
    await back.hears()
    assert "号码" in await back.says("不用")
    assert "不完整" in await back.presses("137#")
    assert "幺三七,五五五幺,二三四五" in await back.presses("13755512345#")
    assert handovers(store)[0].phone is None
    await back.says("对")
    assert handovers(store)[0].phone == "13755512345"


async def test_who_withholds_the_number_tells_one_for_the_call_back(calls_us: Calls, store: Store) -> None:
    await (await calls_us(caller=None)).presses("0")
    back = await calls_us(caller=None, news="nobody")
    assert "电话号码" in await back.hears()
    await back.says("一三七五五五一二三四五")
    await back.says("对的")
    assert handovers(store)[0].phone == "13755512345"
