"""Key rotation: afterwards only the newest data key is needed."""

from sqlalchemy import inspect, select, type_coerce
from sqlalchemy.orm.attributes import flag_modified

from bot.store.base import Base
from bot.store.bookings.tables import Booking
from bot.store.cases.tables import Case
from bot.store.conversations.tables import Call, CallerChoice
from bot.store.encryption import EncryptedBytes, EncryptedText
from bot.store.handover.tables import Handover
from bot.store.store import Store

ROWS_AT_ONCE = 200
UNKNOWN = "?"
"""Of a value that no key of ours opens."""


def encrypt_with_newest_key(store: Store) -> int:
    """Rewrite every encrypted value and every phone hash. Returns how many rows were rewritten."""
    return sum(_rewrite(store, mapper.class_) for mapper in Base.registry.mappers if _encrypted(mapper.class_))


def values_of_each_key(store: Store) -> dict[str, int]:
    """How many stored values each key of ours opens, by its name. Reads and decrypts every one: it takes a while."""
    counted = dict.fromkeys(store.keys.names, 0)
    with store.reading() as unit:
        for mapper in Base.registry.mappers:
            for column in mapper.local_table.columns:
                if not isinstance(column.type, EncryptedText | EncryptedBytes):
                    continue
                raw = type_coerce(column, column.type.impl_instance)
                query = select(raw).where(raw.is_not(None)).execution_options(yield_per=ROWS_AT_ONCE)
                for value in unit.session.scalars(query):
                    name = store.keys.opened_by(value.encode() if isinstance(value, str) else bytes(value))
                    counted[name or UNKNOWN] = counted.get(name or UNKNOWN, 0) + 1
    return counted


def _encrypted(table: type[Base]) -> list[str]:
    columns = inspect(table).columns
    return [name for name, column in columns.items() if isinstance(column.type, EncryptedText | EncryptedBytes)]


def _rewrite(store: Store, table: type[Base]) -> int:
    key = inspect(table).primary_key[0]
    rewritten, last = 0, None
    while True:
        with store.unit() as unit:
            query = select(table).order_by(key).limit(ROWS_AT_ONCE).with_for_update()
            rows = unit.session.scalars(query if last is None else query.where(key > last)).all()
            for row in rows:
                for name in _encrypted(table):
                    flag_modified(row, name)
                if isinstance(row, Booking | Case | Handover | Call | CallerChoice) and row.phone is not None:
                    row.phone_hash = unit.keys.keyed_hash(row.phone)
            if not rows:
                return rewritten
            rewritten += len(rows)
            last = getattr(rows[-1], key.name)
            unit.commit()
