"""The database or Rasa are away during a call."""

import asyncio

import pytest

from api import parts as parts_of_app
from bot.services.conversations import conversations
from tests.store_fakes import FragileStore
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import Calls

pytestmark = pytest.mark.telephone


async def test_when_rasa_is_down_a_person_takes_over(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    rasa.down = True
    assert "转接" in await caller.says("养老床位有多少张")
    assert caller.ended == "handed_over"


async def test_a_database_that_is_away_is_waited_for_and_then_done_what_was_said(
    calls_us: Calls, store: FragileStore, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.hears()
    store.down = True
    saying = asyncio.create_task(caller.says("养老床位有多少张"))
    while not caller.playback.said:
        await asyncio.sleep(0.01)
    assert "请稍等" in caller.playback.said[0]
    store.down = False
    assert "四百五十张" in await saying
    assert (caller.ended, rasa.asked) == (None, ["养老床位有多少张"])


async def test_a_rasa_that_stays_away_leads_to_a_person(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    rasa.down = True
    assert "转接" in await caller.says("养老床位有多少张")
    assert caller.ended == "handed_over"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away is noticed soon."""
    monkeypatch.setattr(parts_of_app, "STORE_PATIENCE_SECONDS", 0.1)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("succeed", range(14))
async def test_a_database_that_fails_at_any_step_of_a_turn_ends_no_call(
    calls_us: Calls, store: FragileStore, rasa: ScriptedRasa, succeed: int
) -> None:
    caller = await calls_us()
    await caller.hears()
    store.failures_after, store.failures = succeed, 2
    assert "四百五十张" in await caller.says("养老床位有多少张")
    store.failures = 0
    assert (caller.ended, set(rasa.asked)) == (None, {"养老床位有多少张"})
    turns = conversations.history(store, caller.opened.conversation_id)
    assert [text for text, _ in turns] == ["养老床位有多少张"]


@pytest.mark.usefixtures("hurried")
async def test_what_the_call_itself_does_waits_for_the_database_too(calls_us: Calls, store: FragileStore) -> None:
    caller = await calls_us()
    await caller.hears()
    store.down = True
    pressing = asyncio.create_task(caller.presses("*"))
    while not caller.playback.said:
        await asyncio.sleep(0.01)
    assert "请稍等" in caller.playback.said[0]
    store.down = False
    assert "慢" in await pressing
    assert caller.ended is None


@pytest.mark.usefixtures("hurried")
async def test_a_database_that_stays_away_leads_to_a_person(calls_us: Calls, store: FragileStore) -> None:
    caller = await calls_us()
    await caller.hears()
    store.down = True
    said = await caller.presses("*")
    assert said.count("请稍等") == 1
    assert "转接" in said
    assert (caller.ended, caller.line.handed_over) == ("handed_over", "")


async def test_danger_is_answered_and_put_through_while_the_database_is_away(
    calls_us: Calls, store: FragileStore
) -> None:
    caller = await calls_us()
    await caller.hears()
    store.down = True
    said = await caller.says("我胸口疼得厉害")
    assert said.index("幺二零") < said.index("转接")
    assert "请稍等" not in said
    assert (caller.ended, caller.line.handed_over) == ("handed_over", "")


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("away", [False, True], ids=["kept", "while the database is away"])
async def test_a_yes_after_the_notice_of_danger_confirms_nothing(
    calls_us: Calls, store: FragileStore, rasa: ScriptedRasa, away: bool
) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("明天")
    assert "确认吗" in await caller.presses("13755512345#")
    store.down = away
    await caller.says("着火了")
    store.down = False
    back = await calls_us(news="nobody")
    await back.hears()
    assert "登记号" in await back.says("好的")
    asked = len(rasa.asked)
    await back.says("对")
    assert [(about["asked"], about["act"]) for about in rasa.about[asked:]] == [(None, "content")]
