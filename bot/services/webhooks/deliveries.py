"""Events on their way: each at least once, in the order of its record, signed, tried again until they are dead letters."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.services.audit import audit
from bot.services.kernel.permissions import SYSTEM
from bot.store import records
from bot.store.store import Store, UnitOfWork
from bot.store.webhooks import queries
from bot.store.webhooks.states import EVERY_KIND, DeliveryState
from bot.store.webhooks.tables import OutboxEvent, WebhookReceiver

WAITS = tuple(
    timedelta(seconds=one)
    for one in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""Between the tries, as Standard Webhooks proposes; after the last it is a dead letter."""
PAUSE = timedelta(seconds=30)
"""A receiver that cannot be reached is left alone so long."""
LEASE = timedelta(minutes=10)
"""What a worker that died had taken is sent by another after this."""
AT_ONCE = 50


@dataclass(frozen=True)
class Parcel:
    """One event as it goes out."""

    delivery_id: int
    attempt: int
    uid: str
    url: str
    body: str
    secret: str = field(repr=False)


class Verdict(StrEnum):
    TAKEN = "taken"
    REFUSED = "refused"
    """It answered, and not with 2xx."""
    AWAY = "away"
    """It did not answer."""
    GONE = "gone"
    """It never wants anything more (410)."""


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    failure: str | None = None
    """An HTTP status, or the kind of error; nothing of the answer."""


Send = Callable[[Parcel, datetime], Outcome]
"""Sends one parcel; it may have arrived although we do not learn of it."""


def due(store: Store, now: datetime) -> list[int]:
    """Receivers for whom something may be sent."""
    with store.reading() as unit:
        return list(queries.receivers_due(unit, now))


def deliver(store: Store, receiver_id: int, send: Send, clock: Callable[[], datetime]) -> int:
    """Sends what is due to this receiver, at most AT_ONCE events; how many it took."""
    parcels = _claim(store, receiver_id, clock())
    outcomes: list[tuple[Parcel, Outcome]] = []
    for parcel in parcels:
        outcome = send(parcel, clock())
        outcomes.append((parcel, outcome))
        if outcome.verdict in (Verdict.AWAY, Verdict.GONE):
            break
    _settle(store, receiver_id, outcomes, parcels[len(outcomes) :], clock())
    return sum(outcome.verdict == Verdict.TAKEN for _, outcome in outcomes)


def _claim(store: Store, receiver_id: int, now: datetime) -> list[Parcel]:
    with store.unit() as unit:
        receiver = queries.receiver(unit, receiver_id)
        if receiver is None or not receiver.active:
            return []
        rows = queries.claim(unit, receiver_id, now, now + LEASE, AT_ONCE)
        parcels = [
            Parcel(
                row.id,
                row.attempts,
                row.event.uid,
                receiver.url,
                _body(unit, receiver, row.event, now),
                receiver.secret,
            )
            for row in rows
        ]
        unit.commit()
        return parcels


def _body(unit: UnitOfWork, receiver: WebhookReceiver, event: OutboxEvent, now: datetime) -> str:
    """JSON as Standard Webhooks shapes it; `sequence` grows with the events of a record."""
    data = {"kind": event.kind, "number": event.number, "sequence": event.id, **json.loads(event.facts)}
    if receiver.personal and event.kind != EVERY_KIND and (row := records.find(unit, event.kind, event.number)):
        data["personal"] = {name: getattr(row, name) for name in row.personal if getattr(row, name)}
        details = {"receiver": receiver.id, "fields": [*data["personal"]]}
        audit.write(unit, SYSTEM, "webhook.sent_personal", event.kind, event.number, now, details=details)
    told = {"type": f"{event.kind}.{event.action}", "timestamp": event.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _settle(
    store: Store,
    receiver_id: int,
    outcomes: Sequence[tuple[Parcel, Outcome]],
    not_tried: Sequence[Parcel],
    now: datetime,
) -> None:
    if not outcomes:
        return
    with store.unit() as unit:
        for parcel, outcome in outcomes:
            row = queries.held(unit, parcel.delivery_id, parcel.attempt)
            if row is None:
                continue
            row.leased_until, row.failure = None, outcome.failure
            if outcome.verdict == Verdict.TAKEN:
                row.state, row.done = DeliveryState.DELIVERED, now
            elif outcome.verdict == Verdict.GONE:
                row.attempts, row.due = 0, now
            elif row.attempts > len(WAITS):
                row.state = DeliveryState.DEAD
            else:
                row.due = now + WAITS[row.attempts - 1]
        for parcel in not_tried:
            if row := queries.held(unit, parcel.delivery_id, parcel.attempt):
                row.leased_until, row.attempts = None, row.attempts - 1
        receiver = queries.receiver(unit, receiver_id)
        if receiver is not None:
            last = outcomes[-1][1].verdict
            receiver.paused_until = now + PAUSE if last == Verdict.AWAY else None
            if last == Verdict.GONE:
                receiver.active = False
                audit.write(unit, SYSTEM, "webhook.switch", "webhook", str(receiver_id), now, details={"active": False})
        unit.commit()
