"""The worker lives by the clock of the moment, and is whole or not at all."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.errors import StoreUnavailable
from bot.jobs.worker import LEASE, run_due, run_forever, run_side_by_side
from bot.services.kernel import tasks
from bot.store.store import Store

pytestmark = pytest.mark.store


class SteppingClock:
    """A minute passes whenever a task is done."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def backlog(store: Store, now: datetime) -> Store:
    """Ten tasks, all due since long ago."""
    for number in range(10):
        with store.unit() as unit:
            tasks.schedule(unit, "test", now - timedelta(hours=1), {"number": number})
            unit.commit()
    return store


def test_a_lease_begins_when_the_task_is_taken_so_a_second_worker_never_has_the_same(
    backlog: Store, now: datetime
) -> None:
    clock, done = SteppingClock(now), []

    def second_worker(store: Store) -> None:
        while (task := tasks.claim(store, "second", clock(), LEASE)) is not None:
            done.append(task.id)
            assert tasks.finish(store, task, clock())

    def work(store: Store, task: tasks.Task, _now: datetime) -> None:
        done.append(task.id)
        clock.now += timedelta(minutes=2)
        if len(done) == 4:  # eight minutes on: a lease of the batch's beginning would be over
            second_worker(store)

    assert run_due(backlog, "first", clock, {"test": work}) == 4
    assert len(done) == len(set(done)) == 10


def test_a_handler_is_told_the_time_at_which_it_begins(backlog: Store, now: datetime) -> None:
    clock, told = SteppingClock(now), []

    def work(_store: Store, _task: tasks.Task, moment: datetime) -> None:
        told.append(moment)
        clock.now += timedelta(minutes=15)

    run_due(backlog, "one", clock, {"test": work})
    assert told == [now + timedelta(minutes=15 * number) for number in range(10)]


def test_no_failure_of_a_round_ends_the_worker(sqlite_store: Store, now: datetime) -> None:
    rounds: list[Exception | None] = [StoreUnavailable(), ValueError("bug"), None]
    done: list[tasks.Task] = []
    with sqlite_store.unit() as unit:
        tasks.schedule(unit, "test", now, {})
        unit.commit()

    def clock() -> datetime:
        if rounds and (error := rounds[0]) is not None:
            raise error
        return now

    run_forever(
        sqlite_store, "one", {"test": lambda _store, task, _now: done.append(task)}, clock=clock,
        sleep=lambda: rounds.pop(0) and None, stopping=lambda: not rounds,
    )  # fmt: skip
    assert len(done) == 1


def waiting_for(stop: threading.Event) -> Callable[[], None]:
    def loop() -> None:
        stop.wait()

    return loop


def test_a_loop_that_dies_ends_the_others_so_that_the_process_can_be_started_whole(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def dies() -> None:
        raise MemoryError("测试甲")

    stop = threading.Event()
    assert run_side_by_side([waiting_for(stop), dies], stop.set) is False
    assert stop.is_set()
    assert "MemoryError" in caplog.text
    assert "测试甲" not in caplog.text


def test_loops_that_were_asked_to_stop_have_ended_well() -> None:
    stop = threading.Event()
    stop.set()
    assert run_side_by_side([waiting_for(stop), waiting_for(stop)], stop.set) is True
