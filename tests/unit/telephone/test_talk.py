"""What is said in a call and what comes of it; the caller's words and keys are given, and nothing sounds."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from api.parts import Parts
from api.telephone.listening import MissedWords
from api.telephone.talk import Talk
from bot.language.ear import digit_by_digit
from bot.services.calls import calls
from bot.services.conversations import conversations
from bot.speech.stt.ears import Final, GaveUp, StillThere
from bot.store.conversations.tables import Rating
from bot.store.handover.tables import Handover
from bot.store.store import Store
from tests.speech_fakes import utterance
from tests.store_fakes import FragileStore
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import CALLER, CallerAtTheTelephone

pytestmark = pytest.mark.telephone
Calls = Callable[..., Awaitable[CallerAtTheTelephone]]


def handovers(store: Store) -> list[Handover]:
    with store.reading() as unit:
        return unit.session.query(Handover).all()


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


async def test_three_misunderstandings_hand_over(calls_us: Calls) -> None:
    caller = await calls_us()
    for _ in range(3):
        await caller.says("今天天气", confidence=0.95)
    assert caller.ended == "handed_over"


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


async def test_two_speaks_english_and_two_again_chinese(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.hears()
    english = await caller.presses("2")
    assert "automatic assistant" in english
    assert "按二" in english
    assert "自动助手" in await caller.presses("2")
    await caller.says("养老床位有多少张")
    assert "English" in await caller.presses("2")
    assert "中文" in await caller.presses("2")
    assert caller.talk.language == "zh"


async def test_in_the_middle_of_something_two_has_the_question_asked_in_the_other_language(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.presses("2")
    assert rasa.asked[-1] == "Please speak English"


async def test_an_english_sentence_in_a_chinese_call_changes_no_language(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("we can only so long", confidence=1.0)
    await caller.says("i want to go home now", confidence=1.0)
    assert caller.talk.language == "zh"


@pytest.mark.parametrize(("chosen", "language"), [(False, "zh"), (True, "en")])
async def test_a_resumed_call_is_english_only_where_that_was_chosen(
    calls_us: Calls, store: Store, now: datetime, chosen: bool, language: str
) -> None:
    """A call of an earlier day may have been taken for English by mistake."""
    caller = await calls_us()
    await caller.says("我要订饭")
    conversations.set_language(store, caller.opened.conversation_id, "en")
    if chosen:
        calls.note(store, caller.opened.id, "key", now, value="2")
    calls.end_call(store, caller.opened.id, "caller", now)
    await caller.close()
    again = await calls_us(name="second")
    await again.hears()
    assert again.opened.draft
    assert again.talk.language == language


async def test_no_sentence_that_sounds_english_changes_the_language(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("爱万通", confidence=0.6, sound=bytes(3200))
    assert (caller.talk.language, rasa.asked) == ("zh", ["爱万通"])


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


async def test_when_rasa_is_down_a_person_takes_over(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    rasa.down = True
    assert "转接" in await caller.says("养老床位有多少张")
    assert caller.ended == "handed_over"


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
        return str(unit.session.query(calls.tables.Call).one().conversation_id)


async def test_the_summary_for_staff_holds_what_the_caller_wanted(calls_us: Calls, parts: Parts, store: Store) -> None:
    caller = await calls_us()
    await caller.says("养老床位有多少张")
    await caller.presses("0")
    with store.reading() as unit:
        (call,) = unit.session.query(calls.tables.Call).all()
        assert call.summary == "ask_policy: 养老床位有多少张"


async def test_whoever_presses_zero_waits_for_no_answer(calls_us: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    async def thinks_for_ever(*about: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(Talk, "_ask", thinks_for_ever)
    caller = await calls_us()
    await caller.hears()
    caller.talk.bring(Final(utterance("养老床位有多少张"), b""))
    await asyncio.sleep(0.05)
    assert caller.talk.thinking
    assert "转接" in await caller.presses("0")
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
