"""Numbers of records: eight digits, random, so that nobody can guess or count them."""

from random import Random, SystemRandom

from bot.store import records
from bot.store.mixins import Record
from bot.store.store import UnitOfWork

SECURE_RANDOM: Random = SystemRandom()


def new_number(unit: UnitOfWork, table: type[Record], random: Random) -> str:
    """A number that no record of any kind has; its first digit tells the kind."""
    while True:
        number = table.first_digit + "".join(random.choices("0123456789", k=7))
        if not records.number_exists(unit, number):
            return number
