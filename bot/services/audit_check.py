"""Is the audit whole? Names every entry that was altered, is missing, was moved, put in, or cut off at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.services import audit
from bot.store import audit_queries
from bot.store.store import Store, Unit

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
    """Reads the whole audit."""
    with store.reading() as unit:
        head = audit_queries.head(unit)
        signed = head.count if head else 0
        problems, last, last_hash, checked = [], 0, "", 0
        for row, reason in audit_queries.entries(unit):
            checked += 1
            gap = range(last + 1, row.seq)
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
        problems += _against_anchor(unit, last)
    return Verdict(checked, tuple(dict.fromkeys(sorted(problems, key=lambda one: one.seq))))


def _broken_link(unit: Unit, seq: int, previous: str) -> Problem:
    if previous == "" or audit_queries.has_hash(unit, previous):
        return Problem(seq, "reordered", "the entry follows another than it did")
    return Problem(seq - 1, "missing", "the entry that stood before the next one is gone or was replaced")


def _against_anchor(unit: Unit, last: int) -> Iterator[Problem]:
    if unit.audit_anchor is None:
        return
    try:
        anchor = audit.read_anchor(unit.audit_anchor)
    except ValueError:
        yield Problem(last, "altered", "the anchor file is not readable")
        return
    if anchor is None:
        if last:
            yield Problem(last, "altered", "the anchor file is gone")
        return
    count, digest, signature = anchor
    if not unit.keys.is_signed(f"{count} {digest}", signature):
        yield Problem(count, "altered", "the signature of the anchor file is false")
    elif count > last:
        yield from (Problem(seq, "truncated", "the entry was cut off") for seq in range(last + 1, count + 1))
    elif audit_queries.hash_of(unit, count) not in (digest, None):
        yield Problem(count, "altered", "the entry is not the one in the anchor file")
