"""Numbers of records: eight digits, random, so that nobody can guess or count them."""

from collections.abc import Callable
from random import Random, SystemRandom
from typing import Literal

SECURE_RANDOM: Random = SystemRandom()

FIRST_DIGIT = {"booking": "2", "case": "6", "handover": "8"}


def new_number(kind: Literal["booking", "case", "handover"], taken: Callable[[str], bool], random: Random) -> str:
    """A number that no record has; its first digit tells the kind."""
    while True:
        number = FIRST_DIGIT[kind] + "".join(random.choices("0123456789", k=7))
        if not taken(number):
            return number
