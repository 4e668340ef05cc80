"""A record opens with its number and four digits; whoever guesses is locked out."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import Locked, NotFound
from bot.store.kernel import failed_attempt_queries
from bot.store.kernel.tables import FailedAttempt
from bot.store.store import Store, UnitOfWork

WRONG_TRIES = 5
LOCK = timedelta(hours=1)


def open_record[Record](
    store: Store,
    find: Callable[[UnitOfWork], Record | None],
    *,
    number: str,
    asker: str,
    now: datetime,
) -> Record:
    """What `find` finds. None counts as a wrong try, for this number and for this asker.

    Raises NotFound, or Locked after five wrong tries, for an hour. A wrong number and wrong digits look the same.
    """
    with store.unit() as unit:
        tries = failed_attempt_queries.lock_attempts(unit, [f"number:{number}", f"asker:{asker}"])
        if any(one.locked_until is not None and one.locked_until > now for one in tries):
            raise Locked
        record = find(unit)
        if record is not None:
            return record
        for one in tries:
            _count(one, now)
        unit.commit()
    raise NotFound


def same_digits(given: str, expected: str) -> bool:
    """Compared in constant time; an empty expectation fits nothing."""
    return bool(expected) and hmac.compare_digest(given.strip().encode(), expected.encode())


def _count(one: FailedAttempt, now: datetime) -> None:
    forgotten = one.last_wrong is None or one.last_wrong <= now - LOCK
    one.wrong = 1 if forgotten else one.wrong + 1
    one.last_wrong = now
    if one.wrong >= WRONG_TRIES:
        one.locked_until = now + LOCK
        one.wrong = 0
