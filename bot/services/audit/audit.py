"""The audit: every read of personal data and every change, as a chain in which nothing can be altered unseen.

Each entry holds the hash of the one before. Number and hash of the last are signed in the table `audit_head` with a key
derived from the data key, and added to files outside the database (`audit_anchor.py`). Before each entry both are compared:
where the database has lost entries that the files know, an entry GAP says so for good, and no number is used twice.
"""

import hashlib
import json
import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.services.audit import audit_anchor
from bot.services.audit.audit_anchor import Anchored
from bot.services.kernel.permissions import OPERATOR, SYSTEM, Actor
from bot.store.staff import audit_queries
from bot.store.staff.audit_queries import AuditFilter as AuditFilter
from bot.store.staff.tables import AuditEntry, AuditHead, AuditReason
from bot.store.store import Store, UnitOfWork

log = logging.getLogger(__name__)

GAP = "audit.gap"
"""The audit's word for entries that are lost without a restore that explains it."""
RESTORED = "backup.restore"


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
    unit: UnitOfWork,
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
    after_a_gap = False
    if head.count == 0 and lost(unit, head) is None:
        audit_anchor.begin(unit.audit_anchors)
    if head.hash not in unit.audit_hashes and (known := lost(unit, head)) is not None:
        log.error("the audit has a gap: the database and the anchor files disagree; run `linyu audit verify`")
        details_of_gap = {"last_kept": head.count, "last_known": known}
        _add(unit, head, max(head.count, known) + 1, SYSTEM, GAP, "table", "audit", now, "", details_of_gap, True)
        after_a_gap = True
    return _add(
        unit, head, head.count + 1, actor, action, subject_kind, subject_id, now, reason, details or {}, after_a_gap
    )


def lost(unit: UnitOfWork, head: AuditHead | None, newest: Sequence[Anchored | None] | None = None) -> int | None:
    """The last number that an anchor file knows, where the database lacks it or a file is gone; None when all agree.

    `newest` are the newest lines; whoever does not hold the lock of the head has to read them before it.
    """
    count, last_hash = (head.count, head.hash) if head else (0, "")
    found, missing = [], False
    for place, file in enumerate(unit.audit_anchors):
        last = newest[place] if newest else audit_anchor.last_in(file)
        if last is None and audit_anchor.is_begun(file, count):
            continue
        if last is None or not unit.keys.is_signed(last.signed_words, last.signature):
            new_witness = place > 0 and not file.exists() and audit_anchor.is_single(unit.audit_anchors[0])
            missing = missing or ((count > 0 or last is not None) and not new_witness)
        elif last.count > count or last.hash != (
            last_hash if last.count == count else audit_queries.hash_of(unit, last.count)
        ):
            found.append(last.count)
    if found or missing:
        return max(found, default=0)
    return None


def _add(
    unit: UnitOfWork,
    head: AuditHead,
    seq: int,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    now: datetime,
    reason: str,
    details: dict[str, Any],
    after_a_gap: bool,
) -> int:
    salt = secrets.token_hex(16)
    row = AuditEntry(
        seq=seq,
        at=now,
        actor=actor.id,
        role=actor.role,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        details=json.dumps(details, ensure_ascii=False, sort_keys=True),
        reason_hash=_reason_hash(salt, reason) if reason else "",
        previous=head.hash,
        hash="",
    )
    row.hash = digest(row)
    unit.add(row)
    if reason:
        unit.add(AuditReason(seq=seq, salt=salt, text=reason))
    _sign(unit, head, seq, row.hash, after_a_gap=after_a_gap)
    return seq


def _sign(unit: UnitOfWork, head: AuditHead, count: int, last: str, *, after_a_gap: bool = False) -> None:
    head.count, head.hash, head.signature = count, last, unit.keys.sign(f"{count} {last}")
    unit.flush()
    unit.audit_hashes.add(last)
    line = Anchored(count, last, head.signature)
    unit.after_commit(lambda: audit_anchor.append(unit.audit_anchors, line, after_a_gap=after_a_gap))


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
        _sign(unit, head, head.count, head.hash)
        unit.commit()


def note_restore(store: Store, now: datetime) -> None:
    """After a backup was put back: the entries written since it are gone, and an entry says so from now on."""
    with store.unit() as unit:
        head = audit_queries.lock_head(unit)
        known = max(head.count, lost(unit, head) or 0)
        details = {"last_kept": head.count, "entries_lost": known - head.count}
        _add(unit, head, known + 1, OPERATOR, RESTORED, "table", "all", now, "", details, True)
        unit.commit()


def reason_matches(row: AuditEntry, reason: AuditReason | None) -> bool:
    if reason is None:
        return not row.reason_hash
    return _reason_hash(reason.salt, reason.text) == row.reason_hash


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
