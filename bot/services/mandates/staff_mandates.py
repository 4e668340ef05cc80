"""Mandates as staff see them: who may act for whom, what was done, and the end of one."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import BadInput, NotFound
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.mandates.mandates import Mandate, end, mandate_of
from bot.store.mandates import queries
from bot.store.mandates.tables import Mandate as MandateRow
from bot.store.store import Store

SHORTEST_REASON, LONGEST_REASON = disclosure.SHORTEST_REASON, disclosure.LONGEST_REASON


@dataclass(frozen=True)
class MandateLine:
    """Masked for whoever reads it."""

    number: str
    phone: str
    helper: str
    powers: str
    state: str
    ends: date
    acts: int
    made: datetime


@dataclass(frozen=True)
class MandateView:
    line: MandateLine
    mandate: Mandate
    helpers: tuple[str, ...]
    """Masked, one for each act."""


def lines(store: Store, actor: Actor, now: datetime) -> list[MandateLine]:
    """Newest first."""
    actor.must("mandates.read")
    with store.reading() as unit:
        return [_line(actor, row, now) for row in queries.every(unit)]


def open_mandate(store: Store, actor: Actor, number: str, now: datetime) -> MandateView:
    """Raises NotFound."""
    actor.must("mandates.read")
    with store.unit() as unit:
        row = queries.mandate(unit, number)
        if row is None:
            raise NotFound
        mandate = mandate_of(row, now)
        line = _line(actor, row, now)
        audit.write(unit, actor, "mandate.read", "mandate", number, now)
        unit.commit()
        return MandateView(line, mandate, tuple(disclosure.name(actor, act.helper) for act in mandate.acts))


def end_mandate(store: Store, actor: Actor, number: str, reason: str, now: datetime) -> None:
    """For good. Raises NotFound, BadInput without a reason."""
    actor.must("mandates.work")
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise BadInput("mandate-reason")
    end(store, number, now, actor=actor, reason=reason)


def _line(actor: Actor, row: MandateRow, now: datetime) -> MandateLine:
    mandate = mandate_of(row, now)
    helper = disclosure.name(actor, mandate.helper) if row.uses else disclosure.words(actor, row.helper)
    return MandateLine(
        row.number,
        disclosure.phone(actor, row.phone),
        helper,
        row.powers,
        mandate.state,
        row.ends,
        len(row.acts),
        row.made,
    )
