"""All that one resident has with us, in one list, and which of it a visit may change."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.services.kernel import topics
from bot.services.kernel.topics import Filed, Matter
from bot.services.visits.visits import Visit, visit_of
from bot.store import records
from bot.store.store import Store, UnitOfWork
from bot.turns import Language


def of_visit(store: Store, token: str, language: Language, now: datetime) -> list[Matter]:
    """What is still open first, the soonest at the top; then what is over, the newest first. Raises VisitOver."""
    with store.reading() as unit:
        found = [_told(unit, one, row, language, now) for one, row in _rows(unit, visit_of(unit, token, now))]
    still = sorted((one for one in found if one.is_open), key=lambda one: one.at)
    over = sorted((one for one in found if not one.is_open), key=lambda one: one.at, reverse=True)
    return still + over


def one_of(store: Store, token: str, number: str, language: Language, now: datetime) -> Matter:
    """Raises NotFound for what is not theirs, which looks like what there is not; VisitOver."""
    with store.reading() as unit:
        for one, row in _rows(unit, visit_of(unit, token, now)):
            if row.number == number:
                return _told(unit, one, row, language, now)
    raise NotFound


def _rows(unit: UnitOfWork, visit: Visit) -> Iterator[tuple[Filed, Any]]:
    for one in topics.filed():
        if one.tell is None:
            continue
        if visit.shown_in is None:
            rows = records.filed_by(unit, one.table, visit.phone or "")
        else:
            rows = records.made_in(unit, one.table, visit.shown_in)
        hashes = set(unit.keys.keyed_hashes(visit.phone)) if visit.phone else set()
        yield from ((one, row) for row in rows if not hashes or row.phone_hash in hashes)


def _told(unit: UnitOfWork, one: Filed, row: Any, language: Language, now: datetime) -> Matter:
    assert one.tell is not None
    return one.tell(unit, row, language, now)
