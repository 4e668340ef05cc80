"""Whoever guesses is locked out, a login that exists just as one that does not.

Tries are counted for each login and client address, so that a stranger who guesses locks out nobody but themselves. Those
from addresses where nobody has signed in with that login lately are counted together as well, so that guessing from many
addresses ends too; whoever signs in from where they usually do is not asked about that count.
"""

from datetime import datetime, timedelta

from bot.errors import SignInLocked
from bot.store.kernel import failed_attempt_queries
from bot.store.staff.tables import SignInPlace
from bot.store.store import UnitOfWork

WRONG_TRIES = 5
"""From one address."""
WRONG_TRIES_OF_STRANGERS = 50
"""From all addresses together where nobody has signed in."""
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
FORGOTTEN = timedelta(hours=24)
"""After this long without a wrong try we count anew."""
KNOWN = timedelta(days=90)
"""So long an address is one where somebody usually signs in."""
STRANGERS = "strangers"
INSIDE = "inside"
"""In place of an address, for a password that is asked again of whoever is signed in."""


def charge(unit: UnitOfWork, login: str, address: str, now: datetime) -> bool:
    """Count a try as wrong; `enter` takes that back. True when it locked. Raises SignInLocked."""
    places = failed_attempt_queries.lock_places(unit, login, (address, STRANGERS))
    here, strangers = places[address], places[STRANGERS]
    counted = [(here, WRONG_TRIES)]
    if not _is_known(here, now):
        counted.append((strangers, WRONG_TRIES_OF_STRANGERS))
    for place, _ in counted:
        _refuse_locked(place, now)
    return sum(_count(place, now, most) for place, most in counted) > 0  # all of them are counted


def enter(unit: UnitOfWork, login: str, address: str, now: datetime) -> None:
    """The try was right, and somebody is inside: from now on the address is known."""
    places = failed_attempt_queries.lock_places(unit, login, (address, STRANGERS))
    here, strangers = places[address], places[STRANGERS]
    _forget(here)
    if not _is_known(here, now):
        _forget(strangers)  # it counted the tries that were right now; from a known address strangers keep their count
    here.entered = now


def charge_inside(unit: UnitOfWork, login: str, now: datetime) -> None:
    """Count a try to prove one's password again; `forget_inside` takes that back. Raises SignInLocked."""
    inside = failed_attempt_queries.lock_places(unit, login, (INSIDE,))[INSIDE]
    _refuse_locked(inside, now)
    _count(inside, now, WRONG_TRIES)


def forget_inside(unit: UnitOfWork, login: str) -> None:
    _forget(failed_attempt_queries.lock_places(unit, login, (INSIDE,))[INSIDE])


def unlock(unit: UnitOfWork, login: str) -> None:
    """By an admin, for someone who mistyped, from wherever."""
    for place in failed_attempt_queries.places_of(unit, login):
        _forget(place)


def is_locked(unit: UnitOfWork, login: str, now: datetime) -> bool:
    """From at least one address."""
    return any(_is_locked(place, now) for place in failed_attempt_queries.places_of(unit, login))


def _is_known(place: SignInPlace, now: datetime) -> bool:
    return place.entered is not None and place.entered > now - KNOWN


def _is_locked(place: SignInPlace, now: datetime) -> bool:
    return place.locked_until is not None and place.locked_until > now


def _refuse_locked(place: SignInPlace, now: datetime) -> None:
    if place.locked_until is not None and place.locked_until > now:
        raise SignInLocked(int((place.locked_until - now).total_seconds()) + 1)


def _count(place: SignInPlace, now: datetime, most: int) -> bool:
    """True when this try locked: 15 minutes after `most` of them, then 30, 60 and so on up to a day."""
    forgotten = place.last_wrong is None or place.last_wrong <= now - FORGOTTEN
    place.wrong = 1 if forgotten else place.wrong + 1
    place.last_wrong = now
    if place.wrong % most:
        return False
    place.locked_until = now + min(FIRST_LOCK * 2 ** (place.wrong // most - 1), LONGEST_LOCK)
    return True


def _forget(place: SignInPlace) -> None:
    place.wrong, place.last_wrong, place.locked_until = 0, None, None
