"""What an office can show about its care for data: keys, times, the last deletion, the last backup."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter, Entry
from bot.services.kernel import tasks
from bot.services.kernel.permissions import OPERATOR
from bot.services.residents import data_key, retention
from bot.store.kernel import state_queries
from bot.store.rotation import encrypt_with_newest_key, values_of_each_key
from bot.store.store import Store

ROTATED = "key.rotate"
BACKED_UP = "backup.write"
RESTORED = "backup.restore"
"""The audit's words."""
COUNT = "count_keys"
"""The task, and the note with what it found."""


@dataclass(frozen=True)
class Key:
    name: str
    newest: bool
    """It encrypts; the others only open what is not rewritten yet."""
    since: datetime | None
    """None for a key that was there from the beginning."""


@dataclass(frozen=True)
class Counted:
    """How many stored values each key opened, by its name, when somebody last wanted to know."""

    at: datetime
    values: dict[str, int]


@dataclass(frozen=True)
class Overview:
    keys: tuple[Key, ...]
    last_rotation: Entry | None
    last_deletion: Entry | None
    """Its details are counts."""
    last_backup: Entry | None
    last_restore: Entry | None
    counted: Counted | None


def overview(store: Store) -> Overview:
    rotations = {entry.details.get("key"): entry.at for entry in audit.found(store, AuditFilter(action=ROTATED))}
    names = store.keys.names
    return Overview(
        tuple(Key(name, name == names[0], rotations.get(name)) for name in names),
        _last(store, ROTATED),
        _last(store, retention.RAN),
        _last(store, BACKED_UP),
        _last(store, RESTORED),
        _counted(store),
    )


def ask_count(store: Store, now: datetime) -> None:
    """The worker counts, since every value is opened for it; asking again within the same minute changes nothing."""
    with store.unit() as unit:
        tasks.schedule(unit, COUNT, now, {}, once=f"{COUNT} {now:%Y-%m-%d %H:%M}")
        unit.commit()


def count_values(store: Store, _task: tasks.Task, now: datetime) -> None:
    """A due task."""
    values = values_of_each_key(store)
    with store.unit() as unit:
        state_queries.set_note(unit, COUNT, json.dumps({"at": now.isoformat(), "values": values}))
        unit.commit()


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


def _counted(store: Store) -> Counted | None:
    with store.reading() as unit:
        noted = state_queries.note(unit, COUNT)
    if noted is None:
        return None
    found = json.loads(noted)
    return Counted(datetime.fromisoformat(found["at"]), found["values"])


def _last(store: Store, action: str) -> Entry | None:
    entries, _ = audit.page_of(store, AuditFilter(action=action), offset=0, limit=1)
    return entries[0] if entries else None
