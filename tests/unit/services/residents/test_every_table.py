"""Every table that holds something of a resident is met by export, erasure, retention and rotation.

The tables are filled from their own definitions, so that one that somebody adds tomorrow is tested too.
"""

from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Float, Integer, Time, inspect, select

from bot.services.kernel.topics import Keep, filed
from bot.services.residents import residents, retention
from bot.store import schema
from bot.store.base import Base
from bot.store.encryption import DataKeys, EncryptedBytes, EncryptedText
from bot.store.mixins import FiledByPhone, MadeInConversation
from bot.store.records import tables_with
from bot.store.rotation import encrypt_with_newest_key
from bot.store.store import Store, UnitOfWork
from bot.store.utc_datetime import UtcDateTime

pytestmark = pytest.mark.store
schema.load()  # also for the test that opens no store

PHONE = "13900001234"
TALK = "talk-of-a-resident"
MARK = "只有这位居民知道的话"


def resident_tables() -> list[type[Base]]:
    """Those with a phone's hash, a conversation's id or encrypted words of a resident."""
    of_none = ("staff_", "audit_", "office_", "knowledge_", "trained_", "due_tasks", "job_postings")
    """Of the staff, the office and employers, and tasks, which hold the number of a record at the most."""
    schema.load()
    found = []
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        names = set(table.columns.keys())
        encrypted = any(isinstance(column.type, EncryptedText | EncryptedBytes) for column in table.columns)
        if ({"phone_hash", "conversation_id"} & names or encrypted) and not table.name.startswith(of_none):
            found.append(mapper.class_)
    return found


def fill(store: Store, now: datetime) -> None:
    """One row in every table, all of one resident and one conversation, each hanging on the others where it may."""
    classes = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    with store.unit() as unit:
        for table in Base.metadata.sorted_tables:
            if table.name not in classes or table.name.startswith("audit_"):
                continue
            named = inspect(classes[table.name]).get_property_by_column
            values = {
                named(column).key: _value(unit, column, now)
                for column in table.columns
                if column is not table.autoincrement_column
            }
            unit.add(classes[table.name](**values))
            unit.flush()
        unit.commit()


def _value(unit: UnitOfWork, column: Any, now: datetime) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return unit.session.scalar(select(target).limit(1))
    if column.name == "phone":
        return PHONE
    if column.name == "phone_hash":
        return unit.keys.keyed_hash(PHONE)
    if column.name == "conversation_id" or (column.table.name == "conversations" and column.name == "id"):
        return TALK
    if column.name in ("ended", "finished") or (column.name == "case_id" and column.nullable):
        return now
    if column.name == "state":
        return "answered"
    if column.name in ("replies", "heard"):
        return "[]" if column.name == "replies" else None
    if column.name == "reply":
        return "{}"
    by_type = {
        EncryptedBytes: MARK.encode(),
        EncryptedText: MARK,
        UtcDateTime: now,
        Date: date(2026, 11, 23),
        Time: time(11),
        Boolean: False,
        Integer: 1,
        Float: 1.0,
    }
    return next((value for kind, value in by_type.items() if isinstance(column.type, kind)), "x")


def left(store: Store) -> list[str]:
    """Tables in which something of the resident is still found."""
    found = []
    with store.reading() as unit:
        for table in resident_tables():
            for row in unit.session.scalars(select(table)):
                values = {name: getattr(row, name) for name in inspect(table).columns.keys()}  # noqa: SIM118  no dict
                words = {MARK, MARK.encode(), PHONE, TALK, unit.keys.keyed_hash(PHONE)}
                if any(value in words for value in values.values() if isinstance(value, str | bytes)):
                    found.append(inspect(table).local_table.name)
    return sorted(found)


def test_what_is_filed_by_phone_is_declared_by_a_topic() -> None:
    hashed = {table for table in resident_tables() if "phone_hash" in inspect(table).columns}
    assert hashed == set(tables_with(FiledByPhone)) == {one.table for one in filed()}


def test_erasure_leaves_nothing_of_a_resident_in_any_table(store: Store, now: datetime) -> None:
    fill(store, now)
    assert len(left(store)) >= len(tables_with(MadeInConversation))
    shown = residents.export_resident(store, PHONE)
    assert all(shown[one.name] for one in filed()), "each of them is shown before"
    residents.erase_resident(store, PHONE, now)
    assert left(store) == []


def test_every_table_of_a_resident_has_an_end(store: Store, now: datetime) -> None:
    fill(store, now)
    retention.delete_expired(store, Keep(1, 1, 1, 1, 1), now + timedelta(days=400))
    kept_until_asked = {"caller_choices", "training_examples"}
    only_a_score = {"ratings"}
    assert set(left(store)) == kept_until_asked | only_a_score


def test_after_a_rotation_everything_is_found_and_read_with_the_new_key_alone(
    store: Store, store_url: str, data_key: str, now: datetime
) -> None:
    fill(store, now)
    there = left(store)
    newest = DataKeys.generate()
    with closing(Store(store_url, DataKeys([newest, data_key]))) as both:
        encrypt_with_newest_key(both)
    with closing(Store(store_url, DataKeys([newest]))) as after:
        assert left(after) == there
        shown = residents.export_resident(after, PHONE)
        assert all(shown[one.name] for one in filed())
