"""What an office can show about its care for data: keys, times, the last deletion, the last backup."""

from dataclasses import dataclass
from datetime import datetime

from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter, Entry
from bot.services.kernel import data_key
from bot.services.kernel.permissions import OPERATOR
from bot.services.residents import retention
from bot.store.rotation import encrypt_with_newest_key
from bot.store.store import Store

ROTATED = "key.rotate"
BACKED_UP = "backup.write"
RESTORED = "backup.restore"
"""The audit's words."""


@dataclass(frozen=True)
class Key:
    name: str
    newest: bool
    """It encrypts; the others only open what is not rewritten yet."""
    since: datetime | None
    """None for a key that was there from the beginning."""


@dataclass(frozen=True)
class Overview:
    keys: tuple[Key, ...]
    last_rotation: Entry | None
    last_deletion: Entry | None
    """Its details are counts."""
    last_backup: Entry | None
    last_restore: Entry | None


def overview(store: Store) -> Overview:
    rotations = {entry.details.get("key"): entry.at for entry in audit.found(store, AuditFilter(action=ROTATED))}
    names = store.keys.names
    return Overview(
        tuple(Key(name, name == names[0], rotations.get(name)) for name in names),
        _last(store, ROTATED),
        _last(store, retention.RAN),
        _last(store, BACKED_UP),
        _last(store, RESTORED),
    )


def rotate(store: Store, now: datetime) -> int:
    """Rewrite all of it with the newest of the store's keys. Returns how many rows. May be done again at any time."""
    rows = encrypt_with_newest_key(store)
    audit.sign_again(store)
    with store.unit() as unit:
        data_key.note_newest(unit)
        details = {"key": store.keys.names[0], "rows": rows}
        audit.write(unit, OPERATOR, ROTATED, "table", "all", now, details=details)
        unit.commit()
    return rows


def note_backup(store: Store, now: datetime) -> None:
    with store.unit() as unit:
        audit.write(unit, OPERATOR, BACKED_UP, "table", "all", now)
        unit.commit()


def _last(store: Store, action: str) -> Entry | None:
    entries, _ = audit.page_of(store, AuditFilter(action=action), offset=0, limit=1)
    return entries[0] if entries else None
