"""Whoever guesses is locked out, a login that exists just as one that does not."""

from datetime import datetime, timedelta

from bot.errors import SignInLocked
from bot.store.kernel import try_queries
from bot.store.kernel.tables import Try
from bot.store.store import Unit

WRONG_TRIES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
FORGOTTEN = timedelta(hours=24)
"""After this long without a wrong try we count anew."""


def tries(unit: Unit, login: str) -> Try:
    """The count of this login, locked until the unit ends."""
    [found] = try_queries.lock_tries(unit, [f"staff:{login}"])
    return found


def open_tries(unit: Unit, login: str, now: datetime) -> Try:
    """Raises SignInLocked."""
    found = tries(unit, login)
    if found.locked_until is not None and found.locked_until > now:
        raise SignInLocked(int((found.locked_until - now).total_seconds()) + 1)
    return found


def count_wrong(found: Try, now: datetime) -> bool:
    """True when this try locked the login: 15 minutes after five, then 30, 60 and so on up to a day."""
    forgotten = found.last_wrong is None or found.last_wrong <= now - FORGOTTEN
    found.wrong = 1 if forgotten else found.wrong + 1
    found.last_wrong = now
    if found.wrong % WRONG_TRIES:
        return False
    found.locked_until = now + min(FIRST_LOCK * 2 ** (found.wrong // WRONG_TRIES - 1), LONGEST_LOCK)
    return True


def forget(found: Try) -> None:
    found.wrong, found.last_wrong, found.locked_until = 0, None, None


def unlock(unit: Unit, login: str) -> None:
    """By an admin, for someone who mistyped."""
    forget(tries(unit, login))


def is_locked(unit: Unit, login: str, now: datetime) -> bool:
    found = try_queries.tries_of(unit, f"staff:{login}")
    return found is not None and found.locked_until is not None and found.locked_until > now
