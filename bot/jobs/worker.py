"""The worker process: does what is due, again and again. Any number of workers may run."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from bot.errors import StoreUnavailable
from bot.services.kernel import tasks

LEASE = timedelta(minutes=5)
"""A task whose worker died is taken over by another after this."""
MOST_ATTEMPTS = 8

log = logging.getLogger(__name__)


Clock = Callable[[], datetime]


def run_due(
    store: tasks.Store, worker_name: str, now: datetime | Clock, handlers: tasks.Handlers, lease: timedelta = LEASE
) -> int:
    """Do everything that is due; returns how many tasks were done. A failing task is tried again later.

    `now` is a clock, looked at anew for each task: its lease begins when it is taken, and quiet hours are those of that
    moment. A fixed moment is a clock that stands still.
    """
    clock = now if callable(now) else lambda: now
    done = 0
    while (task := tasks.claim(store, worker_name, clock(), lease, kinds=list(handlers))) is not None:
        try:
            handlers[task.kind](store, task, clock())
        except Exception as error:
            _put_off(store, task, clock(), error)
        else:
            done += tasks.finish(store, task, clock())
    return done


def run_forever(
    store: tasks.Store,
    worker_name: str,
    handlers: tasks.Handlers,
    *,
    clock: Clock,
    sleep: Callable[[], None],
    stopping: Callable[[], bool],
    lease: timedelta = LEASE,
) -> None:
    """Until `stopping` says so. While the database does not answer, it waits; no failure of one round ends it."""
    while not stopping():
        try:
            run_due(store, worker_name, clock, handlers, lease)
        except StoreUnavailable:
            log.warning("worker waits: %s", StoreUnavailable.code)
        except Exception as error:
            log.error("a round of the worker failed: %s", type(error).__name__)
        sleep()


def run_side_by_side(loops: Sequence[Callable[[], None]], stop: Callable[[], None]) -> bool:
    """Each in a thread of its own, until all have ended. One that dies stops the others, and False is returned.

    A process that has lost a part ends, so that its supervisor starts it whole.
    """
    with ThreadPoolExecutor(len(loops)) as pool:
        running = [pool.submit(loop) for loop in loops]
        wait(running, return_when=FIRST_COMPLETED)
        stop()
    died = [error for loop in running if (error := loop.exception()) is not None]
    for error in died:
        log.error("a loop of the worker died: %s", type(error).__name__)
    return not died


def _put_off(store: tasks.Store, task: tasks.Task, now: datetime, error: Exception) -> None:
    # Only the type: the message of an unexpected error may hold a resident's words.
    log.warning("task %s of kind %s failed: %s", task.id, task.kind, type(error).__name__)
    if task.attempts >= MOST_ATTEMPTS:
        tasks.give_up(store, task, now)
    else:
        tasks.fail(store, task, now + timedelta(minutes=2**task.attempts))
