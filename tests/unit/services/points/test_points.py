"""Hours become points once, points buy what is there, an undone reward gives them back, and the sums prove it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.errors import (
    AlreadyConfirmed,
    AlreadyJoined,
    BadInput,
    Forbidden,
    Locked,
    NotEnoughPoints,
    NotFound,
    OutOfStock,
    Refusal,
    TooManyRecords,
    WrongState,
)
from bot.services.kernel.permissions import Actor
from bot.services.points import points, rewards, staff_points
from bot.services.points.points import RedemptionState, VolunteerRequest
from bot.services.residents import residents
from bot.store.points.tables import PointEntry, PointTransfer
from bot.store.store import Store

pytestmark = pytest.mark.store

Join = Callable[..., str]
STAFF = Actor("dispatcher-1", "dispatcher")
DAY = date(2026, 11, 21)


@pytest.fixture
def join(store: Store, now: datetime) -> Join:
    """Signs up; gives the number."""
    rewards.load(store, now)
    usual = VolunteerRequest(
        name="测试甲", phone="13900001234", wish="送餐", free_time="周六上午", conversation_id="talk-a",
        client_message_id="m1", language="zh", channel="web",
    )  # fmt: skip
    return lambda **changes: points.join(store, replace(usual, **changes), now).number


def work(store: Store, number: str, hours: float, now: datetime, activity: str = "清洁家园", day: date = DAY) -> int:
    return staff_points.confirm_hours(store, STAFF, number, hours=hours, day=day, activity=activity, now=now)


def redeem(store: Store, number: str, reward: str, now: datetime, message: str = "r1") -> points.Redemption:
    return points.redeem(store, number, reward, conversation_id="talk-a", client_message_id=message, now=now)


def test_whoever_joins_has_a_number_and_no_points(store: Store, join: Join, now: datetime) -> None:
    number = join()
    assert (len(number), number[0], points.get(store, number).balance) == (8, "4", 0)
    assert join() == number, "the same message again"
    assert [one.number for one in points.of_conversation(store, "talk-a")] == [number]


def test_hours_are_counted_once_and_only_possible_ones(store: Store, join: Join, now: datetime) -> None:
    number = join()
    assert work(store, number, 2.5, now) == 25
    with pytest.raises(AlreadyConfirmed):
        work(store, number, 3, now, activity=" 清洁家园 ")
    for hours in (-2, 0, 0.2, 13, float("nan"), float("inf")):
        with pytest.raises(BadInput):
            work(store, number, hours, now, activity="送餐")
    with pytest.raises(BadInput):
        work(store, number, 10, now, activity="送餐")  # twelve hours and a half of one day
    with pytest.raises(BadInput):
        work(store, number, 1, now, day=now.date() + timedelta(days=1))
    with pytest.raises(Forbidden):
        staff_points.confirm_hours(
            store, Actor("x", "grid_worker"), number, hours=1, day=DAY, activity="巡逻", now=now
        )  # fmt: skip
    found = points.get(store, number)
    assert (found.balance, len(found.history)) == (25, 1)
    assert points.verify(store) == []


def test_balance_and_history_open_with_the_digits_alone(store: Store, join: Join, now: datetime) -> None:
    number = join()
    assert points.find_volunteer(store, number, "1234", asker="a", now=now).number == number
    for _ in range(5):
        with pytest.raises(NotFound):
            points.find_volunteer(store, number, "0000", asker="stranger", now=now)
    with pytest.raises(Locked):
        points.find_volunteer(store, number, "1234", asker="stranger", now=now)


def test_a_reward_is_paid_once_laid_aside_and_handed_out_by_its_code(store: Store, join: Join, now: datetime) -> None:
    number = join()
    work(store, number, 5, now)
    with pytest.raises(NotEnoughPoints):
        redeem(store, number, "rice", now)
    made = redeem(store, number, "tissues", now)
    assert redeem(store, number, "tissues", now).code == made.code, "the same message again"
    assert points.get(store, number).balance == 20
    assert len(made.code) == 6
    assert [one.code for one in staff_points.waiting(store, STAFF)] == [made.code]
    assert staff_points.hand_out(store, STAFF, made.code, now).state == RedemptionState.COLLECTED
    with pytest.raises(WrongState):
        staff_points.hand_out(store, STAFF, made.code, now)
    with pytest.raises(WrongState):
        points.undo(store, number, made.code, now)
    assert points.verify(store) == []


def test_undone_within_a_day_and_only_by_its_owner(store: Store, join: Join, now: datetime) -> None:
    number, other = join(), join(phone="13900005678", client_message_id="m2")
    work(store, number, 5, now)
    before = {one.id: one.stock for one in points.rewards(store)}
    made = redeem(store, number, "soap", now)
    with pytest.raises(NotFound):
        points.undo(store, other, made.code, now)
    assert points.undo(store, number, made.code, now + timedelta(hours=23)).state == RedemptionState.UNDONE
    points.undo(store, number, made.code, now + timedelta(hours=23))
    assert points.get(store, number).balance == 50
    assert {one.id: one.stock for one in points.rewards(store)} == before
    late = redeem(store, number, "soap", now, message="r2")
    with pytest.raises(WrongState):
        points.undo(store, number, late.code, now + timedelta(hours=25))
    assert points.verify(store) == []


def test_the_last_piece_goes_to_one_of_fifty(store: Store, join: Join, now: datetime) -> None:
    numbers = [
        join(phone=f"1390001{at:04}", client_message_id=f"m{at}", conversation_id=f"talk-{at}") for at in range(10)
    ]
    for number in numbers:
        work(store, number, 5, now)
    staff_points.set_stock(store, STAFF, "soap", 1, now)

    def one(at: int) -> bool:
        try:
            redeem(store, numbers[at % 10], "soap", now, message=f"r{at}")
        except OutOfStock:
            return False
        return True

    with ThreadPoolExecutor(25) as crowd:
        assert sum(crowd.map(one, range(50))) == 1
    assert next(reward.stock for reward in points.rewards(store) if reward.id == "soap") == 0
    assert points.verify(store) == []


def test_nobody_spends_twice_what_they_have(store: Store, join: Join, now: datetime) -> None:
    number = join()
    work(store, number, 2, now)

    def one(at: int) -> bool:
        try:
            redeem(store, number, "soap", now, message=f"r{at}")
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(10) as crowd:
        assert sum(crowd.map(one, range(10))) == 1
    assert points.get(store, number).balance == 0


def test_a_ledger_that_somebody_touched_is_found(store: Store, join: Join, now: datetime) -> None:
    number = join()
    work(store, number, 2, now)
    redeem(store, number, "soap", now)
    with store.unit() as unit:
        forged = PointTransfer(source_key="forged", kind="hours", at=now, actor="x", entries=[PointEntry(amount=-500)])
        unit.add(forged)
        unit.flush()
        forged.entries[0].volunteer_id = unit.session.get(PointTransfer, forged.id - 1).entries[0].volunteer_id  # type: ignore[union-attr]
        unit.commit()
    found = points.verify(store)
    assert any("forged" in line for line in found)
    assert any(number in line for line in found)


def test_nobody_signs_up_the_whole_street(join: Join) -> None:
    for at in range(3):
        join(client_message_id=f"m{at}", name=f"测试{at}")
    with pytest.raises(TooManyRecords):
        join(client_message_id="m9", name="测试九")


def test_after_an_erasure_the_sums_stay_and_name_nobody(store: Store, join: Join, now: datetime) -> None:
    number = join()
    work(store, number, 2, now)
    shown = residents.export_resident(store, "13900001234")["volunteers"][0]
    assert (shown["name"], shown["points"][0]["amount"]) == ("测试甲", 20)
    residents.erase_resident(store, "13900001234", now)
    with pytest.raises(NotFound):
        points.find_volunteer(store, number, "1234", asker="a", now=now)
    assert points.get(store, number).balance == 20
    assert points.verify(store) == []


def test_the_same_person_joins_once_and_the_number_is_told_in_its_own_conversation_alone(
    store: Store, join: Join, now: datetime
) -> None:
    number = join()
    assert join(client_message_id="m2", wish="教手机") == number
    with pytest.raises(AlreadyJoined):
        join(client_message_id="m3", conversation_id="talk-b", phone="139 0000 1234")
    assert join(client_message_id="m4", conversation_id="talk-b", name="测试乙") != number, "a family has one phone"
    residents.erase_resident(store, "13900001234", now)
    assert join(client_message_id="m5", conversation_id="talk-b") != number
