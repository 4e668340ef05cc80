"""Keys with which systems of others file cases with us. A key is shown once and kept as its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadInput, NotFound
from bot.services.audit import audit
from bot.services.kernel.permissions import Actor
from bot.store.store import Store
from bot.store.webhooks import queries
from bot.store.webhooks.tables import PartnerKey

LONGEST_NAME = 60
LONGEST_KEY = 200


@dataclass(frozen=True)
class Partner:
    id: int
    name: str
    active: bool
    made: datetime


def listed(store: Store, actor: Actor) -> list[Partner]:
    actor.must("webhooks.read")
    with store.reading() as unit:
        return [_partner(row) for row in queries.partner_keys(unit)]


def add(store: Store, actor: Actor, name: str, now: datetime) -> str:
    """Returns the key, which is shown this once. Raises Forbidden, BadInput."""
    actor.must("webhooks.manage")
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput("webhook-name")
    key = secrets.token_urlsafe(32)
    with store.unit() as unit:
        row = PartnerKey(name=name, key_hash=_hash(key), active=True, made=now)
        unit.add(row)
        unit.flush()
        audit.write(unit, actor, "partner.add", "partner", str(row.id), now)
        unit.commit()
    return key


def end(store: Store, actor: Actor, key_id: int, now: datetime) -> None:
    """Nothing is filed with it any more. Raises Forbidden, NotFound."""
    actor.must("webhooks.manage")
    with store.unit() as unit:
        row = queries.partner_key_of(unit, key_id)
        if row is None or not row.active:
            raise NotFound
        row.active = False
        audit.write(unit, actor, "partner.end", "partner", str(row.id), now)
        unit.commit()


def find(store: Store, key: str) -> Partner | None:
    """Whose key it is; None for one that we do not know, or that has ended."""
    if not 0 < len(key) <= LONGEST_KEY:
        return None
    with store.reading() as unit:
        row = queries.partner_key(unit, _hash(key))
        return _partner(row) if row else None


def _partner(row: PartnerKey) -> Partner:
    return Partner(row.id, row.name, row.active, row.made)


def _hash(key: str) -> str:
    """A key is 32 random bytes: nobody finds it by trying, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
