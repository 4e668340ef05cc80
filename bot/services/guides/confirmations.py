"""An editor confirms a guide as it stands: from then on it is no example, until a word of it changes or that is taken back."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from bot.errors import BadInput
from bot.services.audit import audit
from bot.services.guides.guides import Guide
from bot.services.kernel.permissions import Actor
from bot.store.guides import queries
from bot.store.guides.tables import GuideConfirmation
from bot.store.store import Store

SHORTEST, LONGEST = 4, 200
"""Characters of who has confirmed it, and by what."""


def is_example(store: Store, guide: Guide) -> bool:
    """Nobody stands behind it as it is now."""
    return guide.example and confirmed(store, guide) is None


def confirmed(store: Store, guide: Guide) -> datetime | None:
    """Since when somebody stands behind these very words."""
    with store.reading() as unit:
        row = queries.confirmation(unit, guide.id)
        return row.at if row is not None and row.digest == _digest(guide) else None


def confirm(store: Store, actor: Actor, guide: Guide, source: str, now: datetime) -> None:
    """`source` says who of the departments has confirmed it; it is kept in the audit. Raises BadInput without one."""
    actor.must("items.write")
    source = source.strip()
    if not SHORTEST <= len(source) <= LONGEST:
        raise BadInput("source")
    with store.unit() as unit:
        row = queries.confirmation(unit, guide.id)
        if row is None:
            row = GuideConfirmation(guide=guide.id)
            unit.add(row)
        row.digest, row.editor, row.at = _digest(guide), actor.id, now
        audit.write(unit, actor, "guide.confirm", "guide", guide.id, now, reason=source)
        unit.commit()


def take_back(store: Store, actor: Actor, guide: Guide, now: datetime) -> None:
    """It is an example again; where it is one already, nothing changes."""
    actor.must("items.write")
    with store.unit() as unit:
        row = queries.confirmation(unit, guide.id)
        if row is not None:
            unit.delete(row)
            audit.write(unit, actor, "guide.take_back", "guide", guide.id, now)
            unit.commit()


def _digest(guide: Guide) -> str:
    return hashlib.sha256(json.dumps(asdict(guide), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
