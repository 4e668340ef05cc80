"""The audit: every read of personal data and every change, as a chain in which nothing can be altered unseen.

Each entry holds the hash of the one before. Count and last hash are signed in the table `audit_head` with a key derived
from the data key, and repeated in a file beside the database, so that a database put back to an earlier state is found.
"""

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.services.permissions import OPERATOR, Actor
from bot.store import audit_queries
from bot.store.audit_queries import AuditFilter as AuditFilter
from bot.store.staff_tables import AuditEntry, AuditReason
from bot.store.store import Store, Unit

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    seq: int
    at: datetime
    actor: str
    role: str
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, Any]
    reason: str
    hash: str


def write(
    unit: Unit,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    now: datetime,
    *,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> int:
    """Add an entry to this unit of work: it is there if, and only if, the unit is committed. Returns its number.

    `action` is dotted, such as "case.dispatch"; `subject_id` a number or id; `details` without personal data, names of
    fields rather than values. Only `reason` may hold a person's words: it is kept apart, encrypted.
    """
    head = audit_queries.lock_head(unit)
    seq, salt = head.count + 1, secrets.token_hex(16)
    row = AuditEntry(
        seq=seq,
        at=now,
        actor=actor.id,
        role=actor.role,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        details=json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
        reason_hash=_reason_hash(salt, reason) if reason else "",
        previous=head.hash,
        hash="",
    )
    row.hash = digest(row)
    unit.add(row)
    if reason:
        unit.add(AuditReason(seq=seq, salt=salt, text=reason))
    head.count, head.hash, head.signature = seq, row.hash, unit.keys.sign(f"{seq} {row.hash}")
    unit.flush()
    if unit.audit_anchor:
        file, line = unit.audit_anchor, f"{seq} {row.hash} {head.signature}\n"
        unit.after_commit(lambda: _write_anchor(file, line))
    return seq


def digest(row: AuditEntry) -> str:
    """SHA-256 over everything in the row but its place, which the chain itself gives."""
    content = {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": row.actor,
        "role": row.role,
        "action": row.action,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "details": row.details,
        "reason_hash": row.reason_hash,
        "previous": row.previous,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def found(store: Store, wanted: AuditFilter) -> Iterator[Entry]:
    """Every entry that the filter lets through, oldest first."""
    with store.reading() as unit:
        for row, reason in audit_queries.found(unit, wanted):
            yield _entry(row, reason)


def page_of(
    store: Store, wanted: AuditFilter, *, offset: int, limit: int, newest_first: bool = True
) -> tuple[list[Entry], int]:
    """One page, and how many entries there are in all."""
    with store.reading() as unit:
        rows = audit_queries.page_of(unit, wanted, offset=offset, limit=limit, newest_first=newest_first)
        return [_entry(*row) for row in rows], audit_queries.count(unit, wanted)


def sign_again(store: Store) -> None:
    """After a rotation of the data key: sign the head with the newest."""
    with store.unit() as unit:
        head = audit_queries.lock_head(unit)
        if head.count == 0:
            return
        head.signature = unit.keys.sign(f"{head.count} {head.hash}")
        line, file = f"{head.count} {head.hash} {head.signature}\n", unit.audit_anchor
        if file:
            unit.after_commit(lambda: _write_anchor(file, line))
        unit.commit()


def note_restore(store: Store, now: datetime) -> None:
    """After a backup was put back: the entries written since it are gone, and an entry says so from now on."""
    with store.unit() as unit:
        head = audit_queries.lock_head(unit)
        try:
            anchor = read_anchor(unit.audit_anchor) if unit.audit_anchor else None
        except ValueError:
            anchor = None
        lost = max(0, anchor[0] - head.count) if anchor else 0
        details = {"last_kept": head.count, "entries_lost": lost}
        write(unit, OPERATOR, "backup.restore", "table", "all", now, details=details)
        unit.commit()


def read_anchor(file: Path) -> tuple[int, str, str] | None:
    """Count, hash and signature; None when the file was never written. Raises ValueError when it is not readable."""
    if not file.exists():
        return None
    count, last, signature = file.read_text("ascii").split()
    return int(count), last, signature


def reason_matches(row: AuditEntry, reason: AuditReason | None) -> bool:
    if reason is None:
        return not row.reason_hash
    return _reason_hash(reason.salt, reason.text) == row.reason_hash


def _write_anchor(file: Path, line: str) -> None:
    """The commit has happened: failing to note it must not undo what the person sees, but it must be seen in the log."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(line)
        fresh.replace(file)
    except OSError as error:
        log.error("the audit's anchor was not written: %s", type(error).__name__)


def _reason_hash(salt: str, reason: str) -> str:
    return hashlib.sha256(f"{salt} {reason}".encode()).hexdigest()


def _entry(row: AuditEntry, reason: AuditReason | None) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        role=row.role,
        action=row.action,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        details=json.loads(row.details),
        reason=reason.text if reason else "",
        hash=row.hash,
    )
