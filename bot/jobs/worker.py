"""The worker process: does what is due, again and again. Any number of workers may run."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import StoreUnavailable
from bot.services import tasks

LEASE = timedelta(minutes=5)
"""A task whose worker died is taken over by another after this."""
MOST_ATTEMPTS = 8

log = logging.getLogger(__name__)


def run_due(
    store: tasks.Store, worker_name: str, now: datetime, handlers: tasks.Handlers, lease: timedelta = LEASE
) -> int:
    """Do everything that is due now; returns how many tasks were done. A failing task is tried again later."""
    done = 0
    while (task := tasks.claim(store, worker_name, now, lease, kinds=list(handlers))) is not None:
        try:
            handlers[task.kind](store, task, now)
        except Exception as error:
            _put_off(store, task, now, error)
        else:
            done += tasks.finish(store, task, now)
    return done


def run_forever(
    store: tasks.Store,
    worker_name: str,
    handlers: tasks.Handlers,
    *,
    clock: Callable[[], datetime],
    sleep: Callable[[], None],
    stopping: Callable[[], bool],
    lease: timedelta = LEASE,
) -> None:
    """Until `stopping` says so. While the database does not answer, it waits."""
    while not stopping():
        try:
            run_due(store, worker_name, clock(), handlers, lease)
        except StoreUnavailable:
            log.warning("worker waits: %s", StoreUnavailable.code)
        sleep()


def _put_off(store: tasks.Store, task: tasks.Task, now: datetime, error: Exception) -> None:
    # Only the type: the message of an unexpected error may hold a resident's words.
    log.warning("task %s of kind %s failed: %s", task.id, task.kind, type(error).__name__)
    if task.attempts >= MOST_ATTEMPTS:
        tasks.give_up(store, task, now)
    else:
        tasks.fail(store, task, now + timedelta(minutes=2**task.attempts))
