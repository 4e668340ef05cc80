"""Which devices agreed to be told."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.push.tables import PushSubscription
from bot.store.statements import changed, delete_some
from bot.store.store import UnitOfWork


def of_conversation(unit: UnitOfWork, conversation_id: str) -> Sequence[PushSubscription]:
    """Oldest first."""
    query = select(PushSubscription).where(PushSubscription.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(PushSubscription.made, PushSubscription.id)).all()


def subscription(unit: UnitOfWork, subscription_id: int) -> PushSubscription | None:
    return unit.session.get(PushSubscription, subscription_id)


def delete_endpoint(unit: UnitOfWork, endpoint: str) -> int:
    """The device is gone, whatever conversation it agreed in; how many rows went."""
    return changed(unit, delete(PushSubscription).where(PushSubscription.endpoint_digest == digest(endpoint)))


def digest(endpoint: str) -> str:
    """Needs no key: an endpoint is as long and as random as a secret."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def delete_of_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    changed(unit, delete(PushSubscription).where(PushSubscription.conversation_id == conversation_id))


def subscriptions_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, PushSubscription, most, PushSubscription.made < moment)
