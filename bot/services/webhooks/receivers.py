"""Systems of others that are told what happens to records: who they are, what they may have, and what did not reach them."""

import base64
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.kernel.permissions import Actor
from bot.store.store import Store, UnitOfWork
from bot.store.webhooks import queries
from bot.store.webhooks.states import EVENT_KINDS as EVENT_KINDS
from bot.store.webhooks.states import EVERY_KIND, DeliveryState
from bot.store.webhooks.tables import WebhookReceiver

LONGEST_NAME = 60
LONGEST_URL = 500
SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64."""
MOST_DEAD = 500


@dataclass(frozen=True)
class Receiver:
    id: int
    name: str
    host: str
    """Of its address, which itself may hold a key."""
    kinds: tuple[str, ...]
    personal: bool
    active: bool
    paused_until: datetime | None
    waiting: int
    delivered: int
    dead: int


@dataclass(frozen=True)
class DeadLetter:
    id: int
    receiver: str
    kind: str
    number: str
    action: str
    at: datetime
    failure: str


@dataclass(frozen=True)
class Wanted:
    """What an admin writes of a receiver."""

    name: str
    url: str
    kinds: Sequence[str]
    personal: bool = False


def listed(store: Store, actor: Actor) -> list[Receiver]:
    actor.must("webhooks.read")
    with store.reading() as unit:
        counted = queries.counts(unit)

        def count(row: WebhookReceiver, state: DeliveryState) -> int:
            return counted.get((row.id, state), 0)

        return [
            Receiver(
                row.id,
                row.name,
                urlsplit(row.url).hostname or "",
                tuple(row.kinds.split()),
                row.personal,
                row.active,
                row.paused_until,
                count(row, DeliveryState.WAITING),
                count(row, DeliveryState.DELIVERED),
                count(row, DeliveryState.DEAD),
            )
            for row in queries.receivers(unit)
        ]


def add(store: Store, actor: Actor, wanted: Wanted, now: datetime) -> str:
    """Returns its secret, which is shown this once. Raises Forbidden, BadInput."""
    actor.must("webhooks.manage")
    name, kinds = wanted.name.strip(), [kind for kind in EVENT_KINDS if kind in wanted.kinds]
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput("webhook-name")
    if not kinds:
        raise BadInput("webhook-kinds")
    secret = _new_secret()
    with store.unit() as unit:
        row = WebhookReceiver(
            name=name,
            url=_address(wanted.url),
            secret=secret,
            kinds=" ".join(kinds),
            personal=wanted.personal,
            active=True,
            made=now,
        )
        unit.add(row)
        unit.flush()
        details = {"kinds": kinds, "personal": wanted.personal}
        audit.write(unit, actor, "webhook.add", "webhook", str(row.id), now, details=details)
        unit.commit()
    return secret


def switch(store: Store, actor: Actor, receiver_id: int, now: datetime, *, active: bool) -> None:
    """Off: it is told nothing new, and what waits for it waits on. Raises Forbidden, NotFound."""
    with store.unit() as unit:
        row = _managed(unit, actor, receiver_id)
        row.active, row.paused_until = active, None
        audit.write(unit, actor, "webhook.switch", "webhook", str(row.id), now, details={"active": active})
        unit.commit()


def allow_personal(store: Store, actor: Actor, receiver_id: int, now: datetime, *, allowed: bool) -> None:
    """May it have names, phones and places? Holds for what is sent from now on. Raises Forbidden, NotFound."""
    with store.unit() as unit:
        row = _managed(unit, actor, receiver_id)
        row.personal = allowed
        audit.write(unit, actor, "webhook.personal", "webhook", str(row.id), now, details={"allowed": allowed})
        unit.commit()


def new_secret(store: Store, actor: Actor, receiver_id: int, now: datetime) -> str:
    """The old one signs nothing more. Raises Forbidden, NotFound."""
    with store.unit() as unit:
        row = _managed(unit, actor, receiver_id)
        row.secret = secret = _new_secret()
        audit.write(unit, actor, "webhook.secret", "webhook", str(row.id), now)
        unit.commit()
    return secret


def remove(store: Store, actor: Actor, receiver_id: int, now: datetime) -> None:
    """With all that waits for it. Raises Forbidden, NotFound."""
    with store.unit() as unit:
        row = _managed(unit, actor, receiver_id)
        audit.write(unit, actor, "webhook.remove", "webhook", str(row.id), now)
        queries.remove(unit, row.id)
        unit.commit()


def try_out(store: Store, actor: Actor, receiver_id: int, now: datetime) -> None:
    """Send it an event that is about nothing. Raises Forbidden, NotFound, WrongState for one that is switched off."""
    with store.unit() as unit:
        row = _managed(unit, actor, receiver_id)
        if not row.active:
            raise WrongState
        queries.add(unit, [row], EVERY_KIND, f"{row.id}-{now:%Y%m%d%H%M%S%f}", "test", now, {})
        unit.commit()


def dead_letters(store: Store, actor: Actor) -> list[DeadLetter]:
    """The oldest first."""
    actor.must("webhooks.read")
    with store.reading() as unit:
        return [
            DeadLetter(
                row.id,
                row.receiver.name,
                row.event.kind,
                row.event.number,
                row.event.action,
                row.event.at,
                row.failure or "",
            )
            for row in queries.dead(unit, MOST_DEAD)
        ]


def send_again(store: Store, actor: Actor, now: datetime, *, delivery_id: int | None = None) -> int:
    """One dead letter, or (None) all of them. Raises Forbidden, NotFound where there is none."""
    actor.must("webhooks.manage")
    with store.unit() as unit:
        sent = queries.send_again(unit, now, delivery_id=delivery_id)
        if not sent:
            raise NotFound
        audit.write(unit, actor, "webhook.again", "delivery", str(delivery_id or "all"), now, details={"count": sent})
        unit.commit()
        return sent


def drop(store: Store, actor: Actor, delivery_id: int, now: datetime) -> None:
    """Never send it; what waits behind it goes on. Raises Forbidden, NotFound."""
    actor.must("webhooks.manage")
    with store.unit() as unit:
        if not queries.drop(unit, delivery_id, now):
            raise NotFound
        audit.write(unit, actor, "webhook.drop", "delivery", str(delivery_id), now)
        unit.commit()


def count_dead(unit: UnitOfWork, actor: Actor) -> int:
    return queries.count_dead(unit) if actor.may("webhooks.read") else 0


def _managed(unit: UnitOfWork, actor: Actor, receiver_id: int) -> WebhookReceiver:
    actor.must("webhooks.manage")
    row = queries.receiver(unit, receiver_id)
    if row is None:
        raise NotFound
    return row


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def _address(url: str) -> str:
    """Encrypted on its way, but inside the office's own network. Raises BadInput."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise BadInput("webhook-url") from None
    if len(url) > LONGEST_URL or not host or parts.username or parts.fragment:
        raise BadInput("webhook-url")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_near(host)):
        raise BadInput("webhook-url")
    return url


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"
