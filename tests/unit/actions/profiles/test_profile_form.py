"""Needs with a consent of their own, name, address and phone: read back, kept, known, forgotten."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import before
from actions.core import drafts, read_back
from actions.core.turn import Said
from actions.profiles import profiles as flow
from bot.services.profiles import profiles
from bot.store.store import Store

pytestmark = pytest.mark.unit
Make = Callable[..., Said]


def tracker(slots: dict[str, Any], now: datetime) -> Tracker:
    slots = slots | {read_back.SLOT: read_back.fingerprint(slots, drafts.slots_of(flow.FORM))}
    about = {"now": now.isoformat(), "conversation_id": "conversation-a", "client_message_id": "m1"}
    message = {"text": "同意", "intent": {"name": "affirm"}, "metadata": about}
    return Tracker("a-0", slots, message, [], False, None, {}, "action_listen")


def told(said: Make, dispatcher: CollectingDispatcher, agreed: str) -> dict[str, Any]:
    slots: dict[str, Any] = dict.fromkeys(drafts.slots_of(flow.FORM))
    for words, intent, awaiting in (
        ("我走路要拄拐杖", "remember_me", None),
        (agreed, "affirm" if agreed == "同意" else "deny", "agreed"),
        ("王建国", "inform", "name"),
        ("东风社区三栋", "inform", "place"),
        ("13900001234", "inform", "phone"),
    ):
        slots |= flow.take(said(words, intent, awaiting=awaiting), slots, dispatcher)
    return slots | {"confirmation": "yes"}


@pytest.mark.parametrize(("agreed", "kept"), [("同意", "我走路要拄拐杖"), ("不同意", None)])
def test_needs_are_kept_only_with_their_own_consent(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime, agreed: str, kept: str | None
) -> None:
    flow.ActionKeepProfile().run(dispatcher, tracker(told(said, dispatcher, agreed), now), {})
    assert dispatcher.messages[-1]["response"] == "utter_profile_kept"
    found = profiles.of_conversation(office, "conversation-a")[0]
    assert (found.name, found.place, found.needs) == ("王建国", "东风社区三栋", kept)


def test_who_is_known_need_not_tell_name_and_phone_again_and_staff_see_the_needs(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    flow.ActionKeepProfile().run(dispatcher, tracker(told(said, dispatcher, "同意"), now), {})
    booked = said("我想订明天的午饭", "book_service")
    assert before.known(booked, dispatcher) == {"name": "王建国", "phone": "13900001234"}
    assert dispatcher.messages[-1]["response"] == "utter_still_you"
    assert before.with_needs(booked, {"name": "王建国"}, "软一点") == "软一点；要照顾的：我走路要拄拐杖"
    assert before.with_needs(booked, {"name": "李四"}, None) is None, "they are not those of another"
    assert before.known(said("给我妈订饭", "book_service"), dispatcher) == {}


def test_the_needs_are_taken_back_alone_or_all_of_it(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    slots = told(said, dispatcher, "同意")
    flow.ActionKeepProfile().run(dispatcher, tracker(slots, now), {})

    def kept() -> list[profiles.Profile]:
        return profiles.of_conversation(office, "conversation-a")

    flow.show(kept(), said("你们记了我什么", "show_profile"), dispatcher, tracker(slots, now))
    assert "我走路要拄拐杖" in dispatcher.messages[-1]["needs_words"]
    flow.forget(kept(), said("别记我拄拐的情况了", "forget_profile"), dispatcher, tracker(slots, now))
    assert [one.needs for one in kept()] == [None]
    flow.forget(kept(), said("全删掉", "forget_profile"), dispatcher, tracker(slots, now))
    assert kept() == []
