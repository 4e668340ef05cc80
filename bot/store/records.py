"""Queries over every kind of record, and over every table that is filed by phone."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, inspect, select

from bot.store.base import Base
from bot.store.mixins import FiledByPhone, MadeInConversation, Record
from bot.store.store import UnitOfWork


def tables_with[Mixin](mixin: type[Mixin]) -> list[type[Mixin]]:
    """Every table that has the mixin, in the order of their names."""
    found = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, mixin)]
    return sorted(found, key=lambda table: str(inspect(table).local_table.name))


def kinds() -> dict[str, type[Record]]:
    """The tables of records by their kind."""
    return {table.kind: table for table in tables_with(Record)}


def find(unit: UnitOfWork, kind: str, number: str) -> Record | None:
    table = kinds()[kind]
    return unit.session.scalars(select(table).where(table.number == number)).first()


def number_exists(unit: UnitOfWork, number: str) -> bool:
    """Is this the number of any record of any kind?"""
    return any(unit.session.scalar(select(exists().where(table.number == number))) for table in tables_with(Record))


def filed_by[Row: FiledByPhone](unit: UnitOfWork, table: type[Row], phone: str) -> Sequence[Row]:
    """The rows of one table that were filed with this phone, oldest first. Digits alone."""
    return unit.session.scalars(by_phone(unit, table, phone).order_by(*inspect(table).primary_key)).all()


def by_phone[Row: FiledByPhone](unit: UnitOfWork, table: type[Row], phone: str) -> Select[Row]:
    """The same as a query, to be narrowed."""
    return select(table).where(is_of_phone(unit, table, phone))


def is_of_phone(unit: UnitOfWork, table: type[FiledByPhone], phone: str) -> ColumnElement[bool]:
    """The same as a condition: hashed with the newest key, or with one from before a rotation."""
    return table.phone_hash.in_(unit.keys.keyed_hashes(phone))


def made_in[Row: FiledByPhone](unit: UnitOfWork, table: type[Row], conversation_id: str) -> Sequence[Row]:
    """The rows of one table that were made in this conversation, oldest first; none where it does not tell that."""
    if not issubclass(table, MadeInConversation):
        return []
    query = select(table).where(table.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(*inspect(table).primary_key)).all()


def numbers_of_conversation(unit: UnitOfWork, conversation_id: str) -> list[tuple[str, str]]:
    """Kind and number of every record that was made in this conversation."""
    return [
        (kind, number)
        for kind, table in kinds().items()
        for number in unit.session.scalars(select(table.number).where(table.conversation_id == conversation_id))
    ]


def personal_values(unit: UnitOfWork, conversation_id: str) -> list[str]:
    """Names, phones and places in what was filed in this conversation: what a masker must not let through."""
    found: list[str] = []
    for table in tables_with(FiledByPhone):
        if not issubclass(table, MadeInConversation):
            continue
        names = table.names if issubclass(table, Record) else ("phone",)
        columns = [getattr(table, name) for name in names]
        rows = unit.session.execute(select(*columns).where(table.conversation_id == conversation_id))
        found += [value for row in rows for value in row if value]
    return found
