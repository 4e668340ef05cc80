"""Due tasks are done once, by one worker, at their time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from bot.errors import StoreUnavailable
from bot.jobs.worker import LEASE, MOST_ATTEMPTS, run_due, run_forever
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.topics import DueRules, Keep, due_handlers
from bot.services.residents import cleaning
from bot.store.store import Store
from bot.turns import Reply
from tests.records import advance_case

pytestmark = pytest.mark.store

HANDLERS = due_handlers(DueRules(Keep(180), 12))


class Recorder:
    """A handler that remembers what it was given, and may fail."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done: list[tasks.Task] = []
        self.error = error

    def __call__(self, store: Store, task: tasks.Task, now: datetime) -> None:
        self.done.append(task)
        if self.error is not None:
            raise self.error


def plan(store: Store, due: datetime, once: str | None = None) -> None:
    with store.unit() as unit:
        tasks.schedule(unit, "test", due, {"number": "1"}, once=once)
        unit.commit()


def test_a_task_is_done_when_it_is_due_and_not_again(store: Store, now: datetime) -> None:
    work = Recorder()
    plan(store, now)
    assert run_due(store, "one", now - timedelta(seconds=1), {"test": work}) == 0
    assert run_due(store, "one", now, {"test": work}) == 1
    assert run_due(store, "one", now, {"test": work}) == 0
    assert [(task.payload, task.attempts) for task in work.done] == [({"number": "1"}, 1)]


def test_many_workers_fire_every_task_once(store: Store, now: datetime) -> None:
    for _ in range(10):
        plan(store, now)
    work, barrier = Recorder(), Barrier(4)

    def run(worker: int) -> int:
        barrier.wait()
        return run_due(store, f"worker {worker}", now, {"test": work})

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 10
    assert len({task.id for task in work.done}) == len(work.done) == 10


def test_a_task_of_a_dead_worker_is_taken_over_after_its_lease(store: Store, now: datetime) -> None:
    plan(store, now)
    dead = tasks.claim(store, "dead", now, LEASE)
    assert dead is not None
    assert tasks.claim(store, "other", now + LEASE - timedelta(seconds=1), LEASE) is None
    taken_over = tasks.claim(store, "other", now + LEASE, LEASE)
    assert taken_over is not None
    assert (taken_over.id, taken_over.attempts) == (dead.id, 2)
    assert not tasks.finish(store, dead, now + LEASE), "the dead one comes back too late"
    assert tasks.finish(store, taken_over, now + LEASE)


def test_a_failing_task_is_tried_again_later_and_given_up_in_the_end(
    store: Store, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    work = Recorder(ValueError("测试甲 13900001234"))
    plan(store, now)
    assert run_due(store, "one", now, {"test": work}) == 0
    assert run_due(store, "one", now, {"test": work}) == 0
    assert len(work.done) == 1
    for days in range(1, 20):
        run_due(store, "one", now + timedelta(days=days), {"test": work})
    assert len(work.done) == MOST_ATTEMPTS
    assert "ValueError" in caplog.text
    assert "13900001234" not in caplog.text


def test_one_failing_task_does_not_stop_the_others(store: Store, now: datetime) -> None:
    plan(store, now)
    with store.unit() as unit:
        tasks.schedule(unit, "good", now + timedelta(seconds=1), {})
        unit.commit()
    handlers = {"test": Recorder(ValueError()), "good": Recorder()}
    assert run_due(store, "one", now + timedelta(minutes=1), handlers) == 1


def test_a_mark_keeps_a_task_from_being_planned_twice(store: Store, now: datetime) -> None:
    plan(store, now, once="today")
    plan(store, now, once="today")
    assert run_due(store, "one", now, {"test": Recorder()}) == 1


def test_the_loop_outlives_a_database_that_is_away(sqlite_store: Store, now: datetime) -> None:
    ticks: list[int] = []

    def clock() -> datetime:
        if len(ticks) == 0:
            raise StoreUnavailable
        return now

    work = Recorder()
    plan(sqlite_store, now)
    run_forever(
        sqlite_store, "one", {"test": work}, clock=clock, sleep=lambda: ticks.append(1),
        stopping=lambda: len(ticks) == 3,
    )  # fmt: skip
    assert len(work.done) == 1


def test_a_booking_is_done_after_its_time_and_a_waiting_one_expires(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    bookings.book(store, booking_request(), now)
    bookings.join_waiting_list(store, booking_request(conversation_id="b"), now)
    half_past_twelve = now + timedelta(days=1, hours=4, minutes=30)
    run_due(store, "one", half_past_twelve - timedelta(seconds=1), HANDLERS)
    assert bookings.of_conversation(store, "conversation-a")[0].state == "confirmed"
    run_due(store, "one", half_past_twelve, HANDLERS)
    assert bookings.of_conversation(store, "conversation-a")[0].state == "done"
    assert bookings.of_conversation(store, "b")[0].state == "expired"


def test_a_seat_nobody_takes_goes_to_the_next(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    held = bookings.book(store, booking_request(), now)
    for name, phone in (("b", "13900000002"), ("c", "13900000003")):
        bookings.join_waiting_list(store, booking_request(conversation_id=name, phone=phone), now)
    bookings.cancel_booking(store, held.number, client_message_id="m2", now=now)
    run_due(store, "one", now + timedelta(hours=12), HANDLERS)
    assert bookings.of_conversation(store, "b")[0].state == "expired"
    assert bookings.of_conversation(store, "c")[0].state == "offered"
    assert [turn.replies[0].card["state"] for _, turn in conversations.history(store, "b") if turn.replies[0].card] == [
        "offered", "expired",
    ]  # fmt: skip


def test_a_seat_that_was_taken_in_time_stays(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    held = bookings.book(store, booking_request(), now)
    waiting = bookings.join_waiting_list(store, booking_request(conversation_id="b"), now)
    bookings.cancel_booking(store, held.number, client_message_id="m2", now=now)
    bookings.accept_offer(store, waiting.number, client_message_id="m3", now=now)
    run_due(store, "one", now + timedelta(hours=13), HANDLERS)
    assert bookings.of_conversation(store, "b")[0].state == "confirmed"


def test_a_case_nobody_handles_escalates_by_itself(
    store: Store, complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    cases.file_case(store, complaint(), now, targets=Targets(1, 3))
    run_due(store, "one", now + timedelta(days=1), HANDLERS)
    late = cases.of_conversation(store, "conversation-a")[0]
    assert late.escalated
    assert [event.action for event in late.history] == ["filed", "escalated_response"]
    run_due(store, "one", now + timedelta(days=3), HANDLERS)
    assert cases.of_conversation(store, "conversation-a")[0].history[-1].action == "escalated_settlement"


def test_a_case_in_time_does_not_escalate(
    store: Store, complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    case = cases.file_case(store, complaint(), now, targets=Targets(1, 3))
    for state, answer in [("dispatched", None), ("handling", None), ("answered", "好了"), ("settled", None)]:
        advance_case(store, case.number, state, actor="staff", note=None, answer=answer, now=now)
    run_due(store, "one", now + timedelta(days=4), HANDLERS)
    assert not cases.of_conversation(store, "conversation-a")[0].escalated


def test_a_reopened_case_has_fresh_deadlines(
    store: Store, complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    case = cases.file_case(store, complaint(), now, targets=Targets(1, 3))
    for state, answer in [("dispatched", None), ("handling", None), ("answered", "好了")]:
        advance_case(store, case.number, state, actor="staff", note=None, answer=answer, now=now)
    reopened = now + timedelta(days=2)
    cases.reopen_case(store, case.number, reason="没好", client_message_id="m2", now=reopened)
    run_due(store, "one", now + timedelta(days=2, hours=12), HANDLERS)
    assert not cases.of_conversation(store, "conversation-a")[0].escalated
    run_due(store, "one", reopened + timedelta(days=1), HANDLERS)
    assert cases.of_conversation(store, "conversation-a")[0].escalated


def test_what_was_said_is_forgotten_after_the_promised_time(store: Store, now: datetime) -> None:
    old = conversations.open_conversation(store, channel="web", language="zh", now=now - timedelta(days=200))
    conversations.notify(store, old.id, "check_case", _reply(), now - timedelta(days=200))
    young = conversations.open_conversation(store, channel="web", language="zh", now=now - timedelta(days=100))
    conversations.notify(store, young.id, "check_case", _reply(), now - timedelta(days=100))
    cleaning.plan(store, now)
    cleaning.plan(store, now)
    night = now.replace(hour=3, minute=30) + timedelta(days=1)
    assert run_due(store, "one", night, HANDLERS) == 1
    assert conversations.history(store, old.id) == []
    assert len(conversations.history(store, young.id)) == 1
    assert run_due(store, "one", night + timedelta(days=1), HANDLERS) == 1, "it plans the next night itself"


def _reply() -> Reply:
    return Reply("好了", "好了")
