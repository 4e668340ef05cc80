"""What is said in a call and what comes of it; the caller's words and keys are given, and nothing sounds."""

import asyncio

import pytest

from api.parts import Parts
from api.telephone.call_flow import CallFlow
from api.telephone.listening import MissedWords
from bot.services.conversations import calls
from bot.speech.stt.ears import Final
from bot.store.conversations.tables import Call
from bot.store.store import Store
from tests.speech_fakes import utterance
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import CALLER, Calls, handovers

pytestmark = pytest.mark.telephone


async def test_the_greeting_tells_what_we_are_whether_we_record_and_how_to_reach_a_person(calls_us: Calls) -> None:
    caller = await calls_us()
    greeting = await caller.hears()
    for words in ("自动助手", "不录音", "按零", "按一", "星号", "井号", "press two"):
        assert words in greeting
    assert caller.playback.rates == [0.85]


async def test_zero_hands_over_with_a_record_that_staff_find(calls_us: Calls, store: Store) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    assert "转接" in await caller.presses("0")
    (record,) = handovers(store)
    assert (caller.ended, caller.line.handed_over) == ("handed_over", record.number)


async def test_the_word_for_a_person_hands_over_too(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("转人工")
    assert caller.ended == "handed_over"


async def test_an_emergency_is_told_the_number_and_put_through(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    said = await caller.says("我胸口疼得厉害")
    assert said.index("幺二零") < said.index("转接")
    assert (caller.ended, rasa.asked) == ("handed_over", [])


async def test_words_of_danger_are_no_answer_to_a_question_of_the_call(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭明天")
    await caller.says("没气了人昏过去了")
    assert caller.ended == "handed_over"


async def test_wishing_to_be_forgotten_is_recorded_and_the_call_goes_on(calls_us: Calls) -> None:
    caller = await calls_us()
    assert "登记" in await caller.says("把我的信息删掉")
    assert caller.ended is None
    assert "四百五十张" in await caller.says("养老床位有多少张")


async def test_two_misunderstandings_offer_the_menu_and_a_key_chooses(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("嗯啊啦", confidence=0.1)
    assert "按一" in await caller.says("呜啦啦", confidence=0.1)
    await caller.presses("1")
    assert rasa.asked == ["我想预约助餐"]
    assert caller.keys.mode == "talk"


async def test_the_menu_is_told_in_halves_of_three_and_every_key_works_in_both(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.says("嗯啊啦", confidence=0.1)
    first = await caller.says("呜啦啦", confidence=0.1)
    others = await caller.presses("9")
    assert [key for key in "一二三四五六" if f"按{key}" in first] == ["一", "二", "三"]
    assert [key for key in "一二三四五六" if f"按{key}" in others] == ["四", "五", "六"]
    assert "按一" in await caller.presses("9")
    await caller.presses("6")
    assert rasa.asked == ["取消我的预约"]


async def test_three_misunderstandings_hand_over(calls_us: Calls) -> None:
    caller = await calls_us()
    for _ in range(3):
        await caller.says("今天天气", confidence=0.95)
    assert caller.ended == "handed_over"


async def test_a_quicker_pace_is_remembered_with_consent(calls_us: Calls, store: Store) -> None:
    caller = await calls_us()
    assert "记住吗" in await caller.says("快一点")
    assert calls.choices(store, CALLER).rate is None
    await caller.says("好的")
    again = await calls_us(name="second")
    await again.hears()
    assert again.playback.rates == [1.0]


async def test_a_quicker_pace_is_not_remembered_without(calls_us: Calls, store: Store) -> None:
    caller = await calls_us()
    await caller.says("快一点")
    await caller.says("不用")
    assert calls.choices(store, CALLER).rate is None


async def test_after_the_pace_the_open_question_is_asked_again(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("请说快一点")
    assert "哪一天" in await caller.says("不用")


async def test_star_speaks_slower_and_one_says_it_again(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    assert "四百五十张" in await caller.presses("1")
    assert "四百五十张" in await caller.presses("*")
    assert caller.playback.rates[-1] < 0.85


async def test_words_lost_with_the_ears_are_asked_for_again_and_the_call_goes_on(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.hears()
    assert "没听清" in await caller.brings(MissedWords("utter_did_not_hear"))
    await caller.says("养老床位有多少张")
    assert (caller.ended, rasa.asked) == (None, ["养老床位有多少张"])


async def test_two_stars_reach_a_person_while_digits_are_awaited(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("明天")
    await caller.presses("13**")
    assert caller.ended == "handed_over"


async def test_digits_are_read_back_after_a_pause(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.says("明天")
    for key in "139":
        caller.keys.press(key)
    paused = caller.keys.wait(5.0)
    assert paused is not None
    assert "幺三九" in await caller.brings(paused)


async def test_the_summary_for_staff_holds_what_the_caller_wanted(calls_us: Calls, parts: Parts, store: Store) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    await caller.presses("0")
    with store.reading() as unit:
        (call,) = unit.session.query(Call).all()
        assert call.summary == "ask_policy: 养老床位有多少张"


async def test_whoever_presses_zero_waits_for_no_answer(calls_us: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    async def thinks_for_ever(*about: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(CallFlow, "_ask", thinks_for_ever)
    caller = await calls_us()
    await caller.hears()
    caller.talk.bring(Final(utterance("养老床位有多少张"), b""))
    await asyncio.sleep(0.05)
    assert caller.talk.thinking
    assert "转接" in await caller.presses("0")
    assert caller.ended == "handed_over"


async def test_choices_are_heard_with_numbers_and_taken_by_key(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    said = await caller.says("我想约助浴")
    assert "第一,东风社区养老服务中心;第二,新街社区养老服务中心" in said
    assert caller.keys.mode == "choices"
    await caller.presses("2")
    assert rasa.asked[-1] == "新街社区养老服务中心"
    assert caller.keys.mode == "talk"


async def test_a_choice_is_taken_by_its_place_in_the_row(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("我想约助浴")
    await caller.says("第一个")
    assert rasa.asked[-1] == "东风社区养老服务中心"


async def test_a_key_beyond_what_was_offered_brings_the_choices_again(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("我想约助浴")
    assert "第二,新街社区养老服务中心" in await caller.presses("7")
    assert rasa.asked == ["我想约助浴"]
    assert caller.keys.mode == "choices"


@pytest.mark.parametrize("wish", ["请说慢一点", "大声一点听不清"])
async def test_who_asks_by_voice_for_another_manner_hears_the_last_answer_again(calls_us: Calls, wish: str) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    assert "四百五十张" in await caller.says(wish)
    assert "四百五十张" in await caller.presses("1")


async def test_the_zero_of_a_number_that_nobody_asked_for_reaches_no_person(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    await caller.presses("3004207#")
    assert (caller.ended, rasa.asked[-1]) == (None, "3004207")


async def test_a_sentence_that_a_pause_cut_in_two_is_heard_as_one(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("我想给我妈")
    assert "哪一天" in await caller.says("订饭")
    assert rasa.asked == ["我想给我妈", "我想给我妈订饭"]
    await caller.says("明天")
    assert rasa.asked[-1] == "明天"


async def test_what_is_read_back_is_weighty_also_when_it_is_said_again(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    assert not any(caller.playback.weighty)
    assert "我念一遍" in await caller.says("13900001234")
    assert caller.playback.weighty[-1]
    assert "我念一遍" in await caller.presses("1")
    assert caller.playback.weighty[-1]
    await caller.says("明天")
    assert not caller.playback.weighty[-1]
