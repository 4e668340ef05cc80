"""Writing the outbox, and taking from it in the order of each record."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased, selectinload

from bot.store.mixins import Record
from bot.store.statements import changed, delete_some
from bot.store.store import UnitOfWork
from bot.store.webhooks.states import HOLDS_ITS_RECORD, OVER, DeliveryState
from bot.store.webhooks.tables import OutboxEvent, PartnerKey, WebhookDelivery, WebhookReceiver

Facts = Mapping[str, str | int | bool | None]


def write(unit: UnitOfWork, record: Record, action: str, at: datetime, facts: Callable[[], Facts]) -> None:
    """Part of the caller's unit of work: every receiver of this kind of record will be told. `facts` without anything personal.

    Where nobody wants to know, nothing is written and `facts` are not asked for.
    """
    with unit.session.no_autoflush:
        receivers = [one for one in active_receivers(unit) if record.kind in one.kinds.split()]
    if receivers:
        add(unit, receivers, record.kind, record.number, action, at, facts())


def add(
    unit: UnitOfWork,
    receivers: Sequence[WebhookReceiver],
    kind: str,
    number: str,
    action: str,
    at: datetime,
    facts: Facts,
) -> None:
    event = OutboxEvent(
        uid=uuid.uuid4().hex,
        kind=kind,
        number=number,
        action=action,
        at=at,
        facts=json.dumps(facts, ensure_ascii=False),
    )
    unit.add(event)
    for receiver in receivers:
        unit.add(
            WebhookDelivery(
                receiver_id=receiver.id,
                event=event,
                record=f"{kind} {number}",
                state=DeliveryState.WAITING,
                due=at,
                attempts=0,
            )
        )


def active_receivers(unit: UnitOfWork) -> Sequence[WebhookReceiver]:
    return unit.session.scalars(select(WebhookReceiver).where(WebhookReceiver.active)).all()


def receivers(unit: UnitOfWork) -> Sequence[WebhookReceiver]:
    return unit.session.scalars(select(WebhookReceiver).order_by(WebhookReceiver.id)).all()


def receiver(unit: UnitOfWork, receiver_id: int) -> WebhookReceiver | None:
    return unit.session.get(WebhookReceiver, receiver_id)


def counts(unit: UnitOfWork) -> dict[tuple[int, str], int]:
    """How many deliveries, by receiver and state."""
    query = select(WebhookDelivery.receiver_id, WebhookDelivery.state, func.count()).group_by(
        WebhookDelivery.receiver_id, WebhookDelivery.state
    )
    return {(one, state): count for one, state, count in unit.session.execute(query)}


def count_dead(unit: UnitOfWork) -> int:
    query = select(func.count()).where(WebhookDelivery.state == DeliveryState.DEAD)
    return unit.session.scalars(query).one()


def dead(unit: UnitOfWork, most: int) -> Sequence[WebhookDelivery]:
    """The oldest first, with their events and receivers."""
    query = select(WebhookDelivery).where(WebhookDelivery.state == DeliveryState.DEAD).order_by(WebhookDelivery.id)
    whole = query.options(selectinload(WebhookDelivery.event), selectinload(WebhookDelivery.receiver))
    return unit.session.scalars(whole.limit(most)).all()


def receivers_due(unit: UnitOfWork, now: datetime) -> Sequence[int]:
    """Active receivers that are not left alone just now and for whom something may be sent."""
    due = exists().where(
        WebhookDelivery.receiver_id == WebhookReceiver.id,
        WebhookDelivery.state == DeliveryState.WAITING,
        WebhookDelivery.due <= now,
    )
    rested = or_(WebhookReceiver.paused_until.is_(None), WebhookReceiver.paused_until <= now)
    return unit.session.scalars(select(WebhookReceiver.id).where(WebhookReceiver.active, rested, due)).all()


def claim(unit: UnitOfWork, receiver_id: int, now: datetime, until: datetime, most: int) -> Sequence[WebhookDelivery]:
    """Lease what is due and first in the line of its record, the longest due first: never two of one record."""
    earlier = aliased(WebhookDelivery)
    behind = exists().where(
        earlier.receiver_id == WebhookDelivery.receiver_id,
        earlier.record == WebhookDelivery.record,
        earlier.id < WebhookDelivery.id,
        earlier.state.in_(HOLDS_ITS_RECORD),
    )
    free = or_(WebhookDelivery.leased_until.is_(None), WebhookDelivery.leased_until <= now)
    waits = (WebhookDelivery.state == DeliveryState.WAITING, WebhookDelivery.due <= now, free)
    query = select(WebhookDelivery).where(WebhookDelivery.receiver_id == receiver_id, *waits, ~behind)
    query = query.order_by(WebhookDelivery.due, WebhookDelivery.id).limit(most)
    rows = unit.session.scalars(
        query.options(selectinload(WebhookDelivery.event)).with_for_update(skip_locked=True, of=WebhookDelivery)
    ).all()
    for row in rows:
        row.leased_until, row.attempts = until, row.attempts + 1
    return rows


def held(unit: UnitOfWork, delivery_id: int, attempt: int) -> WebhookDelivery | None:
    """The delivery, locked, if this attempt still holds it; None when its lease ran out and another has taken it."""
    query = select(WebhookDelivery).where(
        WebhookDelivery.id == delivery_id,
        WebhookDelivery.attempts == attempt,
        WebhookDelivery.state == DeliveryState.WAITING,
    )
    return unit.session.scalars(query.with_for_update()).first()


def send_again(unit: UnitOfWork, now: datetime, *, delivery_id: int | None = None) -> int:
    """What is dead waits again, with all its attempts before it; one, or (None) all. How many."""
    again = update(WebhookDelivery).where(WebhookDelivery.state == DeliveryState.DEAD)
    if delivery_id is not None:
        again = again.where(WebhookDelivery.id == delivery_id)
    return changed(unit, again.values(state=DeliveryState.WAITING, due=now, attempts=0, leased_until=None))


def drop(unit: UnitOfWork, delivery_id: int, now: datetime) -> int:
    """It is never sent; what waits behind it goes on."""
    gone = update(WebhookDelivery).where(WebhookDelivery.id == delivery_id, WebhookDelivery.state == DeliveryState.DEAD)
    return changed(unit, gone.values(state=DeliveryState.DROPPED, done=now))


def remove(unit: UnitOfWork, receiver_id: int) -> None:
    """With all that waits for it."""
    unit.session.execute(delete(WebhookReceiver).where(WebhookReceiver.id == receiver_id))


def delete_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    """Events of before that moment for which nobody waits any more."""
    waited_for = exists().where(WebhookDelivery.event_id == OutboxEvent.id, WebhookDelivery.state.not_in(OVER))
    return delete_some(unit, OutboxEvent, most, (OutboxEvent.at < moment) & ~waited_for)


def give_up_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    """Events of before that moment, delivered or not."""
    return delete_some(unit, OutboxEvent, most, OutboxEvent.at < moment)


def partner_keys(unit: UnitOfWork) -> Sequence[PartnerKey]:
    return unit.session.scalars(select(PartnerKey).order_by(PartnerKey.id)).all()


def partner_key(unit: UnitOfWork, key_hash: str) -> PartnerKey | None:
    """One that may still be used."""
    query = select(PartnerKey).where(PartnerKey.key_hash == key_hash, PartnerKey.active)
    return unit.session.scalars(query).first()


def partner_key_of(unit: UnitOfWork, key_id: int) -> PartnerKey | None:
    return unit.session.get(PartnerKey, key_id)
