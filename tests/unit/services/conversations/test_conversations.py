"""What was said is kept, answered once, shown only to its owner, and forgotten on request."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.errors import NotFound
from bot.services.conversations import conversations
from bot.services.conversations.conversations import OpenedConversation
from bot.services.kernel.turn_json import turn_from_dict, turn_to_dict
from bot.store.store import Store
from bot.turns import Button, Heard, Reply, Source, State, Turn

pytestmark = pytest.mark.store

REPLY = Reply(
    "450张", "四百五十张", (Button("好", "好的"),), (Source("养老床位", "3.1"),), {"kind": "x", "number": "1"}
)


@pytest.fixture
def opened(store: Store, now: datetime) -> OpenedConversation:
    return conversations.open_conversation(store, channel="web", language=None, now=now)


def answer(store: Store, opened: OpenedConversation, turn_id: str, now: datetime) -> Turn:
    turn = Turn(turn_id, "ask_policy", 0.9, (REPLY,), State("book_service", "date"), Heard("床位", 0.7))
    conversations.complete(
        store,
        turn,
        opened.id,
        language="zh",
        topic="beds",
        episode=2,
        masked="床位",
        milliseconds=80,
        now=now,
    )
    return turn


def test_a_token_opens_its_own_conversation_only(store: Store, opened: OpenedConversation, now: datetime) -> None:
    other = conversations.open_conversation(store, channel="web", language="en", now=now)
    assert conversations.authorise(store, opened.id, opened.token).channel == "web"
    for conversation_id, token in [(opened.id, other.token), ("nobody", opened.token), (opened.id, "")]:
        with pytest.raises(NotFound):
            conversations.authorise(store, conversation_id, token)
    with pytest.raises(NotFound):
        conversations.authorise(store, "nobody", "")


def test_the_same_message_gets_the_same_turn_and_its_answer(
    store: Store, opened: OpenedConversation, now: datetime
) -> None:
    first = conversations.receive(store, opened.id, "m1", "床位多少", "床位多少", now)
    assert conversations.receive(store, opened.id, "m1", "床位多少", "床位多少", now) == first
    assert first.done is None
    turn = answer(store, opened, first.turn_id, now)
    again = conversations.receive(store, opened.id, "m1", "床位多少", "床位多少", now)
    assert again.done == turn


def test_completing_remembers_the_topic(store: Store, opened: OpenedConversation, now: datetime) -> None:
    answer(store, opened, conversations.receive(store, opened.id, "m1", "床位", "床位", now).turn_id, now)
    view = conversations.authorise(store, opened.id, opened.token)
    assert (view.language, view.topic, view.episode) == ("zh", "beds", 2)


def test_an_answer_is_kept_once(store: Store, opened: OpenedConversation, now: datetime) -> None:
    turn_id = conversations.receive(store, opened.id, "m1", "床位", "床位", now).turn_id
    answer(store, opened, turn_id, now)
    late = Turn(turn_id, "thanks", 0.1, ())
    conversations.complete(
        store, late, opened.id, language="en", topic=None, episode=9, masked="", milliseconds=1, now=now
    )
    assert conversations.history(store, opened.id)[0][1].goal == "ask_policy"


def test_messages_at_the_same_time_are_all_kept(store: Store, opened: OpenedConversation, now: datetime) -> None:
    def say(number: int) -> str:
        return conversations.receive(store, opened.id, f"m{number}", "你好", "你好", now).turn_id

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(say, range(10)))) == 10


def test_the_history_holds_turns_and_notices_in_order(store: Store, opened: OpenedConversation, now: datetime) -> None:
    first = conversations.receive(store, opened.id, "m1", "床位多少", "床位多少", now)
    answer(store, opened, first.turn_id, now)
    conversations.notify(store, opened.id, "check_case", REPLY, now + timedelta(minutes=1))
    second = conversations.receive(store, opened.id, "m2", "谢谢", "谢谢", now + timedelta(minutes=2))
    answer(store, opened, second.turn_id, now)
    conversations.receive(store, opened.id, "m3", "还没回答", "还没回答", now + timedelta(minutes=3))
    told = conversations.history(store, opened.id)
    assert [text for text, _ in told] == ["床位多少", "", "谢谢"]
    assert told[1][1].replies == (REPLY,)


def test_another_conversation_cannot_complete_a_turn(store: Store, opened: OpenedConversation, now: datetime) -> None:
    other = conversations.open_conversation(store, channel="web", language="zh", now=now)
    turn_id = conversations.receive(store, opened.id, "m1", "床位", "床位", now).turn_id
    with pytest.raises(NotFound):
        answer(store, other, turn_id, now)
    with pytest.raises(NotFound):
        conversations.receive(store, "nobody", "m1", "床位", "床位", now)


def test_an_erased_conversation_is_gone(store: Store, opened: OpenedConversation, now: datetime) -> None:
    answer(store, opened, conversations.receive(store, opened.id, "m1", "床位", "床位", now).turn_id, now)
    conversations.rate(store, opened.id, 4, "好", now)
    conversations.erase_conversation(store, opened.id)
    assert conversations.history(store, opened.id) == []
    with pytest.raises(NotFound):
        conversations.authorise(store, opened.id, opened.token)


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_is_one_to_five(store: Store, opened: OpenedConversation, now: datetime, score: int) -> None:
    with pytest.raises(ValueError, match="score"):
        conversations.rate(store, opened.id, score, None, now)


def test_a_turn_survives_json() -> None:
    for heard in (None, Heard("床位", 0.5)):
        turn = Turn("t", "ask_policy", 0.5, (REPLY, Reply("a", "b")), State("book_service", None), heard)
        assert turn_from_dict(turn_to_dict(turn)) == turn


def test_the_history_keeps_its_order_when_the_clock_is_set_back(
    store: Store, opened: OpenedConversation, now: datetime
) -> None:
    hours = iter(range(9, 0, -1))  # every step is an hour before the one that went before it

    def said(words: str) -> None:
        moment = now + timedelta(hours=next(hours))
        received = conversations.receive(store, opened.id, words, words, words, moment)
        answer(store, opened, received.turn_id, moment)

    def told(words: str) -> None:
        conversations.notify(store, opened.id, "check_case", Reply(words, words), now + timedelta(hours=next(hours)))

    told("before all")
    said("one")
    told("after one")
    told("after one again")
    said("two")
    told("after two")
    history = [text or turn.replies[0].text for text, turn in conversations.history(store, opened.id)]
    assert history == ["before all", "one", "after one", "after one again", "two", "after two"]


def test_how_often_words_were_used_is_counted_over_all_matters(
    store: Store, opened: OpenedConversation, now: datetime
) -> None:
    for message, used in (("m1", {"utter_a": 2}), ("m2", None), ("m3", {"utter_a": 1, "utter_b": 1})):
        turn_id = conversations.receive(store, opened.id, message, "好", "好", now).turn_id
        done = Turn(turn_id, "affirm", 0.9, (REPLY,), State())
        conversations.complete(
            store,
            done,
            opened.id,
            language="zh",
            topic=None,
            episode=1,
            masked="好",
            milliseconds=1,
            now=now,
            told=used,
        )
    assert conversations.view(store, opened.id).told == {"utter_a": 3, "utter_b": 1}
