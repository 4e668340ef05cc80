"""Who takes a call of ours hears who we are; the matter only when a person listens, and no machine that keeps it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.conversations import calls, outbound_calls
from bot.speech.stt.ears import Final
from bot.store.conversations.tables import Call
from bot.store.store import Store
from tests.speech_fakes import utterance
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import CALLER, Calls

pytestmark = pytest.mark.telephone
MAILBOX = "您拨打的用户暂时无法接通请在提示音后留言"
SECONDS = 4.0


@pytest.fixture
def task(store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime) -> str:
    """Of the reminder of a meal."""
    offer()
    return f"reminder {bookings.book(store, booking_request(phone=CALLER), now).number}"


def said(words: str, seconds: float = 0.6) -> Final:
    return Final(utterance(words, seconds=seconds), b"")


def causes(store: Store) -> list[str | None]:
    with store.reading() as unit:
        return [row.cause for row in unit.session.query(Call).order_by(Call.started)]


async def test_the_matter_comes_after_who_we_are(calls_us: Calls, task: str) -> None:
    called = await calls_us(news="outbound", task=task)
    heard = await called.hears()
    assert heard.index("邻语") < heard.index("提醒您")
    assert called.ended is None


@pytest.mark.parametrize("words", ["喂", "喂哪个", "你好", "喂听得到吗", "唉呀等一下我耳朵不好你说大声点"])
async def test_whoever_picks_up_with_a_word_is_told_why_we_call(
    calls_us: Calls, task: str, rasa: ScriptedRasa, words: str
) -> None:
    called = await calls_us(news="outbound", task=task, picks_up=said(words))
    assert "提醒您" in await called.hears()
    assert rasa.asked == []


@pytest.mark.parametrize(
    "words", [MAILBOX, "您好我是机主的语音助手请问您有什么事", "the person you have called is not available please leave a message"]
)  # fmt: skip
async def test_a_machine_keeps_who_called_and_nothing_of_the_matter(
    calls_us: Calls, store: Store, task: str, words: str, rasa: ScriptedRasa
) -> None:
    called = await calls_us(news="outbound", task=task, picks_up=said(words, SECONDS))
    heard = await called.hears()
    assert "大冶街道" in heard
    assert "给街道打个电话" in heard
    assert "提醒" not in heard
    assert "助餐" not in heard
    assert (called.ended, called.line.hung_up, rasa.asked) == ("machine", True, [])


async def test_what_goes_on_speaking_is_known_before_it_ends(calls_us: Calls, task: str) -> None:
    called = await calls_us(news="outbound", task=task)
    called.ears.words, called.ears.speech_seconds = (
        "我们是东风路修锁店现在打烊了明天上午九点开门有事请明天再打过来",
        7.0,
    )
    assert "提醒" not in await called.hears()
    assert called.ended == "machine"


async def test_a_message_is_left_once_and_the_call_is_tried_again(
    calls_us: Calls, store: Store, task: str, now: datetime
) -> None:
    about = {"news": "outbound", "task": task, "picks_up": said(MAILBOX, SECONDS)}
    first = await calls_us(name="first", **about)
    await first.hears()
    calls.end_call(store, first.opened.id, str(first.ended), now)
    assert not outbound_calls.was_answered(store, task, now - timedelta(days=1))
    second = await calls_us(name="second", **about)
    assert "给街道打个电话" not in await second.hears()
    assert (second.ended, second.line.hung_up) == ("machine", True)


async def test_a_call_that_a_person_took_is_not_tried_again(
    calls_us: Calls, store: Store, task: str, now: datetime
) -> None:
    called = await calls_us(news="outbound", task=task, picks_up=said("喂"))
    await called.hears()
    assert outbound_calls.was_answered(store, task, now - timedelta(days=1))


async def test_who_wants_no_calls_says_so_at_once(calls_us: Calls, store: Store, task: str) -> None:
    called = await calls_us(news="outbound", task=task, picks_up=said("以后别打电话来了"))
    assert "提醒您" not in await called.hears()
    assert calls.choices(store, CALLER).no_calls


async def test_danger_at_the_pick_up_is_heard(calls_us: Calls, task: str) -> None:
    called = await calls_us(news="outbound", task=task, picks_up=said("救命我老伴晕倒了"))
    heard: Any = await called.hears()
    assert "幺二零" in heard
    assert called.ended == "handed_over"
