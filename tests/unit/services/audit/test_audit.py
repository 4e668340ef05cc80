"""The audit: what is written stays, and whatever is done to it is found."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.services.audit import audit, audit_check
from bot.services.audit.audit import AuditFilter
from bot.services.kernel.permissions import Actor
from bot.store.encryption import DataKeys
from bot.store.rotation import encrypt_with_newest_key
from bot.store.staff import audit_queries
from bot.store.store import Store

pytestmark = pytest.mark.store

ACTOR = Actor("account-1", "dispatcher")
Tamper = Callable[..., None]


@pytest.fixture
def audited(store_url: str, data_key: str, tmp_path: Path) -> Iterator[Store]:
    """A store with an anchor file beside it."""
    with closing(Store(store_url, DataKeys([data_key]), audit_anchor=tmp_path / "audit" / "anchor")) as store:
        yield store


@pytest.fixture
def tamper(audited: Store) -> Tamper:
    """What someone with the rights of the database's owner can do: take the triggers away and change rows."""

    def run(*statements: str) -> None:
        with audited.unit() as unit:
            if unit.session.get_bind().dialect.name == "postgresql":
                unit.session.execute(text("SET LOCAL session_replication_role = replica"))
            else:
                for name in ("no_update", "no_delete", "no_replace"):
                    unit.session.execute(text(f"DROP TRIGGER audit_entries_{name}"))
            for statement in statements:
                unit.session.execute(text(statement))
            unit.commit()

    return run


def fill(store: Store, now: datetime, count: int = 6) -> None:
    for number in range(1, count + 1):
        with store.unit() as unit:
            moment = now + timedelta(seconds=number)
            audit.write(unit, ACTOR, "case.read", "case", f"C{number}", moment, reason=f"回访{number}")
            unit.commit()


def problems(store: Store) -> set[tuple[int, str]]:
    return {(one.seq, one.kind) for one in audit_check.verify(store).problems}


def test_an_untouched_audit_is_whole(audited: Store, now: datetime) -> None:
    assert audit_check.verify(audited).whole
    fill(audited, now)
    verdict = audit_check.verify(audited)
    assert verdict.whole
    assert verdict.checked == 6


def test_nothing_is_written_when_the_unit_is_given_up(audited: Store, now: datetime) -> None:
    fill(audited, now, 2)
    with audited.unit() as unit:
        audit.write(unit, ACTOR, "case.read", "case", "C9", now)
    assert problems(audited) == set()
    assert audit.page_of(audited, AuditFilter(), offset=0, limit=10)[1] == 2


def test_two_entries_in_one_unit_follow_each_other(audited: Store, now: datetime) -> None:
    with audited.unit() as unit:
        numbers = [audit.write(unit, ACTOR, "case.read", "case", f"C{n}", now) for n in range(3)]
        unit.commit()
    assert numbers == [1, 2, 3]
    assert audit_check.verify(audited).whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'x'",
        "DELETE FROM audit_entries WHERE seq = 3",
        "DELETE FROM audit_entries",
    ],
)
def test_the_database_refuses_to_change_or_delete_entries(audited: Store, now: datetime, statement: str) -> None:
    fill(audited, now)
    with pytest.raises(DatabaseError, match="new rows only"), audited.unit() as unit:
        unit.session.execute(text(statement))
    assert audit_check.verify(audited).whole


def test_replacing_and_truncating_are_refused_too(audited: Store, now: datetime) -> None:
    fill(audited, now)
    with audited.reading() as unit:
        on_postgresql = unit.session.get_bind().dialect.name == "postgresql"
    replace_row = "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE seq = 2"
    statement = text("TRUNCATE audit_entries" if on_postgresql else replace_row)
    with pytest.raises(DatabaseError, match="new rows only"), audited.unit() as unit:
        unit.session.execute(statement)
    assert audit_check.verify(audited).whole


@pytest.mark.parametrize("column", ["actor", "role", "action", "subject_kind", "subject_id", "details", "reason_hash"])
def test_a_changed_entry_is_named(audited: Store, now: datetime, tamper: Tamper, column: str) -> None:
    fill(audited, now)
    tamper(f"UPDATE audit_entries SET {column} = 'changed' WHERE seq = 3")
    assert (3, "altered") in problems(audited)
    assert {seq for seq, _ in problems(audited)} == {3}


def test_a_changed_time_is_named(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    tamper("UPDATE audit_entries SET at = '2020-01-01 00:00:00.000000' WHERE seq = 2")
    assert problems(audited) == {(2, "altered")}


def test_a_changed_reason_is_named(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    tamper("UPDATE audit_reasons SET text = (SELECT text FROM audit_reasons WHERE seq = 5) WHERE seq = 4")
    assert problems(audited) == {(4, "altered")}


def test_an_entry_rewritten_with_its_hash_is_found(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    with audited.reading() as unit:
        [row] = [entry for entry, _ in audit_queries.entries(unit) if entry.seq == 3]
        row.actor = "somebody-else"
        forged = audit.digest(row)
        unit.session.expunge_all()
    tamper(f"UPDATE audit_entries SET actor = 'somebody-else', hash = '{forged}' WHERE seq = 3")
    assert problems(audited) == {(3, "missing"), (3, "altered")}


def test_a_whole_chain_rewritten_does_not_fit_the_signature(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    statements, previous = [], ""
    with audited.reading() as unit:
        for row, _ in audit_queries.entries(unit):
            row.actor, row.previous = "somebody-else", previous
            previous = audit.digest(row)
            values = f"actor = 'somebody-else', previous = '{row.previous}', hash = '{previous}'"
            statements.append(f"UPDATE audit_entries SET {values} WHERE seq = {row.seq}")
        unit.session.expunge_all()
    tamper(*statements, f"UPDATE audit_head SET hash = '{previous}'")
    assert (6, "altered") in problems(audited)


def test_a_deleted_entry_is_missing(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    tamper("DELETE FROM audit_entries WHERE seq IN (2, 4)")
    assert problems(audited) == {(2, "missing"), (4, "missing")}


def test_a_deleted_entry_is_missing_even_when_the_others_move_up(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    tamper(
        "DELETE FROM audit_entries WHERE seq = 3",
        *(f"UPDATE audit_entries SET seq = {seq - 1} WHERE seq = {seq}" for seq in (4, 5, 6)),
    )
    assert {(2, "missing"), (6, "truncated")} <= problems(audited)


def test_swapped_entries_are_reordered(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    tamper(
        "UPDATE audit_entries SET seq = 99 WHERE seq = 3",
        "UPDATE audit_entries SET seq = 3 WHERE seq = 4",
        "UPDATE audit_entries SET seq = 4 WHERE seq = 99",
    )
    found = problems(audited)
    assert {(3, "reordered"), (4, "reordered")} <= found
    assert all(kind in ("reordered", "altered") for _, kind in found)


def test_an_entry_put_in_at_the_end_is_named(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    columns = "at, actor, role, action, subject_kind, subject_id, details, reason_hash, previous, hash"
    tamper(f"INSERT INTO audit_entries (seq, {columns}) SELECT 7, {columns} FROM audit_entries WHERE seq = 2")
    assert (7, "inserted") in problems(audited)


def test_entries_cut_off_are_named(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now)
    tamper("DELETE FROM audit_entries WHERE seq > 4")
    assert problems(audited) == {(5, "truncated"), (6, "truncated")}


def test_everything_gone_is_found_by_the_anchor_file(audited: Store, now: datetime, tamper: Tamper) -> None:
    fill(audited, now, 3)
    tamper("DELETE FROM audit_entries", "DELETE FROM audit_reasons", "DELETE FROM audit_head")
    assert problems(audited) == {(1, "truncated"), (2, "truncated"), (3, "truncated")}


def test_a_head_put_back_to_an_earlier_state_is_found_by_the_anchor_file(
    audited: Store, now: datetime, tamper: Tamper
) -> None:
    fill(audited, now, 3)
    with audited.reading() as unit:
        head = audit_queries.head(unit)
        assert head
        old = f"UPDATE audit_head SET count = {head.count}, hash = '{head.hash}', signature = '{head.signature}'"
    fill(audited, now, 2)
    tamper("DELETE FROM audit_entries WHERE seq > 3", "DELETE FROM audit_reasons WHERE seq > 3", old)
    assert problems(audited) == {(4, "truncated"), (5, "truncated")}


def test_a_lost_or_forged_anchor_file_is_named(audited: Store, now: datetime) -> None:
    fill(audited, now, 2)
    assert audited.audit_anchor
    kept = audited.audit_anchor.read_text()
    audited.audit_anchor.write_text("1 abc def\n")
    assert problems(audited) == {(1, "altered")}
    audited.audit_anchor.write_text("rubbish")
    assert problems(audited) == {(2, "altered")}
    audited.audit_anchor.unlink()
    assert problems(audited) == {(2, "altered")}
    audited.audit_anchor.write_text(kept)
    assert problems(audited) == set()


def test_key_rotation_leaves_the_audit_whole(
    audited: Store, store_url: str, data_key: str, now: datetime, tmp_path: Path
) -> None:
    fill(audited, now, 3)
    new_key, anchor = DataKeys.generate(), audited.audit_anchor
    with closing(Store(store_url, DataKeys([new_key, data_key]), audit_anchor=anchor)) as both:
        encrypt_with_newest_key(both)
        audit.sign_again(both)
    with closing(Store(store_url, DataKeys([new_key]), audit_anchor=anchor)) as rotated:
        assert audit_check.verify(rotated).whole
        assert [entry.reason for entry in audit.found(rotated, AuditFilter())] == ["回访1", "回访2", "回访3"]


def test_entries_are_found_by_actor_action_subject_and_day(audited: Store, now: datetime) -> None:
    fill(audited, now, 3)
    with audited.unit() as unit:
        audit.write(unit, replace(ACTOR, id="account-2"), "booking.read", "booking", "B1", now + timedelta(days=2))
        unit.commit()

    def numbers(wanted: AuditFilter) -> list[str]:
        return [entry.subject_id for entry in audit.found(audited, wanted)]

    assert numbers(AuditFilter(actor="account-2")) == ["B1"]
    assert numbers(AuditFilter(action="case")) == ["C1", "C2", "C3"]
    assert numbers(AuditFilter(subject="C2")) == ["C2"]
    assert numbers(AuditFilter(since=now + timedelta(days=1))) == ["B1"]
    assert numbers(AuditFilter(until=now + timedelta(days=1))) == ["C1", "C2", "C3"]


def test_a_reason_lies_encrypted(audited: Store, now: datetime) -> None:
    fill(audited, now, 1)
    with audited.reading() as unit:
        stored = unit.session.execute(text("SELECT text FROM audit_reasons")).scalar_one()
    assert "回访" not in stored


def test_a_restored_backup_leaves_an_entry_that_says_what_was_lost(
    audited: Store, now: datetime, tamper: Tamper
) -> None:
    fill(audited, now, 2)
    with audited.reading() as unit:
        head = audit_queries.head(unit)
        assert head
        old = f"UPDATE audit_head SET count = 2, hash = '{head.hash}', signature = '{head.signature}'"
    fill(audited, now, 3)
    tamper("DELETE FROM audit_entries WHERE seq > 2", "DELETE FROM audit_reasons WHERE seq > 2", old)
    assert problems(audited)
    audit.note_restore(audited, now)
    assert problems(audited) == set()
    last = [*audit.found(audited, AuditFilter())][-1]
    assert (last.seq, last.action, last.details) == (6, "backup.restore", {"last_kept": 2, "entries_lost": 3})
    fill(audited, now, 2)
    assert problems(audited) == set()
