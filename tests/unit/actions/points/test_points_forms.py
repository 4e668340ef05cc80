"""Signing up, balance, redeeming and undoing, as the forms do them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.core import asking, drafts, read_back
from actions.core.turn import Said
from actions.points import records, volunteering
from actions.points.records import ActionCommitUndo, ActionRedeemPoints
from bot.services.kernel.permissions import Actor
from bot.services.points import points, rewards, staff_points
from bot.services.points.points import Reward, VolunteerRequest
from bot.store.store import Store

pytestmark = pytest.mark.unit

Make = Callable[..., Said]


def tracker(form: str, slots: dict[str, Any], now: datetime) -> Tracker:
    """After a yes to the summary."""
    slots = slots | {read_back.SLOT: read_back.fingerprint(slots, drafts.slots_of(form))}
    about = {"now": now.isoformat(), "conversation_id": "talk-a", "client_message_id": "m1"}
    message = {"text": "确认", "intent": {"name": "affirm"}, "metadata": about}
    return Tracker("talk-a-0", slots, message, [], False, None, {}, "action_listen")


@pytest.fixture
def number(office: Store, now: datetime) -> str:
    """A volunteer with fifty points."""
    rewards.load(office, now)
    request = VolunteerRequest("测试甲", "13900001234", "送餐", "周六", "talk-a", "m0", "zh", "web")
    made = points.join(office, request, now).number
    staff = Actor("dispatcher-1", "dispatcher")
    staff_points.confirm_hours(office, staff, made, hours=5, day=date(2026, 11, 21), activity="清洁家园", now=now)
    return made


def test_a_volunteer_tells_what_when_name_and_phone(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    slots: dict[str, Any] = {"confirmation": "yes", "changing": None}
    for awaiting, words in (
        ("description", "给老人送饭"),
        ("free_time", "周六上午"),
        ("name", "王小明"),
        ("phone", "13900001234"),
    ):
        slots |= volunteering.take(said(words, awaiting=awaiting), slots, dispatcher)
    assert (slots["description"], slots["free_time"], slots["name"]) == ("给老人送饭", "周六上午", "王小明")
    volunteering.ActionJoinVolunteering().run(dispatcher, tracker(volunteering.FORM, slots, now), {})
    assert dispatcher.messages[-1]["response"] == "utter_volunteer_joined"
    assert len(points.of_conversation(office, "talk-a")) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_balance_and_history_are_told(
    office: Store, number: str, said: Make, dispatcher: CollectingDispatcher, now: datetime, language: str
) -> None:
    records.show([points.get(office, number)], said("查积分", language=language), dispatcher, tracker("", {}, now))
    words = dispatcher.messages[-1]
    assert words["balance"] == 50
    assert "清洁家园" in words["history_words"]
    assert ("加50分" if language == "zh" else "plus 50") in words["history_words"]


def test_a_reward_is_chosen_read_back_redeemed_and_undone(
    office: Store, number: str, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    slots: dict[str, Any] = {"record": number, "item": None, "confirmation": "yes", "changing": None}
    asking.ask(records.FORM, "item", dispatcher, tracker(records.FORM, slots, now))
    payloads = [one["payload"] for one in dispatcher.messages[-1]["custom"]["choices"]]
    assert payloads == ["我换香皂", "我换抽纸", "我换理发"], "rice and oil cost more than there is"
    slots |= records.take(said(payloads[0], "redeem_points", awaiting="item"), tracker(records.FORM, slots, now))
    assert slots["item"] == "soap"
    slots["confirmation"] = "yes"
    asking.ask(records.FORM, "confirmation", dispatcher, tracker(records.FORM, slots, now))
    assert (dispatcher.messages[-1]["cost"], dispatcher.messages[-1]["rest"]) == (20, 30)
    ActionRedeemPoints().run(dispatcher, tracker(records.FORM, slots, now), {})
    assert dispatcher.messages[-1]["response"] == "utter_redeemed"
    assert points.get(office, number).balance == 30
    undo = {"record": number, "item": points.get(office, number).redemptions[0].code, "confirmation": "yes"}
    ActionCommitUndo().run(dispatcher, tracker(records.UNDO_FORM, undo, now), {})
    assert dispatcher.messages[-1]["response"] == "utter_undone"
    assert points.get(office, number).balance == 50
    assert points.verify(office) == []


def test_who_has_too_few_points_is_told_so(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    rewards.load(office, now)
    request = VolunteerRequest("测试甲", "13900001234", "送餐", "周六", "talk-a", "m0", "zh", "web")
    volunteer = points.join(office, request, now)
    records.start_redeeming([volunteer], said("我要换东西", "redeem_points"), dispatcher, tracker("", {}, now))
    assert dispatcher.messages[-1]["response"] == "utter_nothing_payable"


def test_what_was_read_back_is_undone_and_not_what_is_newest_then(
    office: Store, number: str, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    def redeem(reward: str) -> str:
        made = points.redeem(office, number, reward, conversation_id="talk-a", client_message_id=reward, now=now)
        return made.code

    read = redeem("soap")
    events = records.start_undoing([points.get(office, number)], said("撤销"), dispatcher, tracker("", {}, now))
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"} | {"confirmation": "yes"}
    assert slots["item"] == read
    newer = redeem("soap" if points.get(office, number).balance < 30 else "tissues")
    unread = tracker(records.UNDO_FORM, slots, now)
    unread.slots[read_back.SLOT] = None
    assert ActionCommitUndo().run(dispatcher, unread, {})[-1]["name"] == records.UNDO_FORM, "read first"
    ActionCommitUndo().run(dispatcher, tracker(records.UNDO_FORM, slots, now), {})
    states = {one.code: one.state for one in points.get(office, number).redemptions}
    assert (states[read], states[newer]) == ("undone", "reserved")


def test_an_amount_before_a_reward_does_not_make_every_sentence_name_it() -> None:
    rice = Reward(
        "rice", "两斤大米（示例）", "Two pounds of rice (example)", "", "", 1, 1, "两斤大米", "Two pounds of rice"
    )
    card = Reward("card", "一卡通（示例）", "A (example)", "", "", 1, 1, "一卡通", "A")
    assert records._named("我想换点东西", [rice, card]) is None
    assert records._named("我换大米", [rice, card]) == "rice"
    assert records.reward_choice(rice, "zh").payload == "我换大米"
    assert records._named(records.reward_choice(card, "zh").payload, [rice, card]) == "card"


def test_slots_of_another_form_are_no_beginning_of_a_sign_up(dispatcher: CollectingDispatcher, now: datetime) -> None:
    stale = tracker("", {"description": "路灯又坏了", "phone": "-", "free_time": None}, now)
    events = volunteering.ActionStartVolunteering().run(dispatcher, stale, {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert (slots["description"], slots["phone"]) == (None, None)
