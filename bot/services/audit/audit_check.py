"""Is the audit whole? Names every entry that was altered, is missing, was moved, put in, or cut off at the end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.services.audit import audit, audit_anchor
from bot.services.audit.audit_anchor import Anchored
from bot.store.staff import audit_queries
from bot.store.staff.tables import AuditEntry
from bot.store.store import Store, UnitOfWork

OLDER = timedelta(hours=1)
"""An account is written down in the same moment in which it is made."""
RESTORED = "gone with a restore"
"""In place of the hash of an entry that a restore explains."""
Kind = Literal["altered", "missing", "reordered", "inserted", "truncated"]


@dataclass(frozen=True)
class Problem:
    seq: int
    kind: Kind
    what: str


@dataclass(frozen=True)
class Verdict:
    checked: int
    """How many entries were read."""
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


def verify(store: Store) -> Verdict:
    """Reads the whole audit. The files are read first: what is written meanwhile is no gap."""
    anchored = {file: _lines_of(file) for file in store.audit_anchors}
    with store.reading() as unit:
        head = audit_queries.head(unit)
        signed = head.count if head else 0
        problems, last, last_hash, checked = [], 0, "", 0
        hashes: dict[int, str] = {}
        first: datetime | None = None
        for row, reason in audit_queries.entries(unit):
            checked += 1
            first, hashes[row.seq] = first or row.at, row.hash
            gap = range(last + 1, row.seq)
            if row.action == audit.GAP:
                problems.append(Problem(row.seq, "truncated", "entries before this one, or an anchor file, were lost"))
            if _explains(row, last):
                hashes |= dict.fromkeys(gap, RESTORED)
                gap = range(0)
            problems += [Problem(seq, "missing", "the entry is not there") for seq in gap]
            if row.seq > signed:
                problems.append(Problem(row.seq, "inserted", "the entry was not written by Linyu"))
            if audit.digest(row) != row.hash:
                problems.append(Problem(row.seq, "altered", "the entry does not fit its hash"))
            if not audit.reason_matches(row, reason):
                problems.append(Problem(row.seq, "altered", "the reason does not fit the entry"))
            if row.previous != last_hash and not gap:
                problems.append(_broken_link(unit, row.seq, row.previous))
            last, last_hash = row.seq, row.hash
        problems += [Problem(seq, "truncated", "the entry was cut off") for seq in range(last + 1, signed + 1)]
        if head is None:
            if last:
                problems.append(Problem(last, "altered", "the signed head is gone"))
        elif head.count and not unit.keys.is_signed(f"{head.count} {head.hash}", head.signature):
            problems.append(Problem(head.count, "altered", "the signature of the head is false"))
        elif last == signed and last_hash != head.hash:
            problems.append(Problem(last, "altered", "the last entry is not the one that was signed"))
        for file, lines in anchored.items():
            problems += _against_anchor(unit, file, lines, hashes, last)
        if (oldest := audit_queries.oldest_account(unit)) and (first is None or oldest < first - OLDER):
            problems.append(Problem(0, "missing", "an account is older than the first entry"))
    return Verdict(checked, tuple(dict.fromkeys(sorted(problems, key=lambda one: one.seq))))


def _broken_link(unit: UnitOfWork, seq: int, previous: str) -> Problem:
    if previous == "" or audit_queries.has_hash(unit, previous):
        return Problem(seq, "reordered", "the entry follows another than it did")
    return Problem(seq - 1, "missing", "the entry that stood before the next one is gone or was replaced")


def is_sound(store: Store) -> bool:
    """A quick look, without reading all of it: the head is signed, the anchor files agree, and no gap was ever noted."""
    newest = [audit_anchor.last_in(file) for file in store.audit_anchors]
    with store.reading() as unit:
        head = audit_queries.head(unit)
        if head and head.count and not unit.keys.is_signed(f"{head.count} {head.hash}", head.signature):
            return False
        return audit.lost(unit, head, newest) is None and not audit_queries.has_action(unit, audit.GAP)


def _explains(row: AuditEntry, last: int) -> bool:
    """Numbers between `last` and this entry are missing because a backup was put back."""
    return row.action == audit.RESTORED and json.loads(row.details).get("last_kept") == last


def _lines_of(file: Path) -> list[Anchored | None] | None:
    return list(audit_anchor.lines_of(file)) if file.exists() else None


def _against_anchor(
    unit: UnitOfWork, file: Path, lines: list[Anchored | None] | None, hashes: dict[int, str], last: int
) -> Iterator[Problem]:
    if lines is None:
        is_new = file != unit.audit_anchors[0] and audit_anchor.is_single(unit.audit_anchors[0])
        if last and not is_new:
            yield Problem(last, "altered", "an anchor file is gone")
        return
    if None in lines or (not lines and not audit_anchor.is_begun(file, last)):
        yield Problem(last, "altered", "an anchor file is not readable")
    readable = [line for line in lines if line]
    for line in readable:
        if hashes.get(line.count) not in (line.hash, RESTORED, None):
            yield Problem(line.count, "altered", "the entry is not the one in the anchor file")
    if not readable:
        return
    if not unit.keys.is_signed(readable[-1].signed_words, readable[-1].signature):
        yield Problem(readable[-1].count, "altered", "the signature of an anchor file is false")
    else:
        known = max(line.count for line in readable)
        yield from (Problem(seq, "truncated", "the entry was cut off") for seq in range(last + 1, known + 1))
