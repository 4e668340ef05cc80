"""Passwords: argon2id, and which ones are too easy to guess."""

import threading
from functools import cache

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from bot.errors import WeakPassword

LEAST = 12
MOST = 128
EASY_TO_GUESS_BELOW = 3
"""Of zxcvbn's 0 to 4: "safely unguessable" begins at 3."""
OUR_WORDS = ["linyu", "邻语", "daye", "dayejiedao", "大冶", "大冶街道", "jiedao", "hubei", "huangshi"]

PARAMETERS = profiles.RFC_9106_LOW_MEMORY
_hasher = PasswordHasher.from_parameters(PARAMETERS)
_code_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Recovery codes are random, so less work is enough (OWASP's least for argon2id); ten are hashed at once."""
_one_at_a_time = threading.BoundedSemaphore(2)
"""Each hash takes 64 MiB: many logins at once wait for each other instead of filling the memory."""


def check_strength(password: str, *about: str) -> None:
    """Raises WeakPassword. `about` are words a guesser would try: login and name."""
    if not LEAST <= len(password) <= MOST:
        raise WeakPassword
    if zxcvbn(password[:72], user_inputs=[*OUR_WORDS, *filter(None, about)])["score"] < EASY_TO_GUESS_BELOW:
        raise WeakPassword


def hash_password(password: str) -> str:
    with _one_at_a_time:
        return _hasher.hash(password)


def is_password(hashed: str | None, password: str) -> bool:
    """Takes as long when there is no hash, so that nobody learns which accounts exist."""
    with _one_at_a_time:
        try:
            right = _hasher.verify(hashed or _nobodys_hash(), password[: MOST * 4])
        except (VerificationError, InvalidHashError):
            return False
    return right and hashed is not None


def hash_code(code: str) -> str:
    """Of a recovery code; `is_password` checks it."""
    with _one_at_a_time:
        return _code_hasher.hash(code)


def needs_rehash(hashed: str) -> bool:
    """The parameters have changed since."""
    return _hasher.check_needs_rehash(hashed)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
