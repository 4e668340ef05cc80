"""News on a device that agreed to it, by Web Push: that a case is answered, a seat is free, a booking is tomorrow.

A message says that there is news and nothing of whom or of what: it lies on a locked screen, and passes through the service
of the browser's maker.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from bot.language import words
from bot.services.kernel import tasks
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import BookingState
from bot.store.push import queries
from bot.store.push.tables import PushSubscription
from bot.store.store import Store, UnitOfWork

News = Literal["case_answered", "reminder", "seat_offered"]
NEWS: tuple[str, ...] = get_args(News)
MOST_DEVICES = 5
"""Of one conversation; the oldest gives way."""
EARLIEST = timedelta(hours=36)
"""A reminder that is earlier is about a booking that was moved."""


@dataclass(frozen=True)
class Device:
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Message:
    device: Device
    body: str
    """JSON, as api/webchat/static/sw.js reads it."""


def subscribe(store: Store, conversation_id: str, device: Device, language: str, now: datetime) -> None:
    """This device is told what becomes of what this conversation filed. Again renews it."""
    with store.unit() as unit:
        there = list(queries.of_conversation(unit, conversation_id))
        digest = queries.digest(device.endpoint)
        row = next((one for one in there if one.endpoint_digest == digest), None)
        if row is None:
            row = PushSubscription(conversation_id=conversation_id, endpoint=device.endpoint, endpoint_digest=digest)
            unit.add(row)
            for oldest in there[: max(0, len(there) + 1 - MOST_DEVICES)]:
                unit.delete(oldest)
        row.p256dh, row.auth, row.language, row.made = device.p256dh, device.auth, language, now
        unit.commit()


def unsubscribe(store: Store, conversation_id: str) -> None:
    """No device is told anything of this conversation any more; again changes nothing."""
    with store.unit() as unit:
        queries.delete_of_conversation(unit, conversation_id)
        unit.commit()


def forget(store: Store, device: Device) -> None:
    """Its push service says that it is gone."""
    with store.unit() as unit:
        queries.delete_endpoint(unit, device.endpoint)
        unit.commit()


def tell_devices(store: Store, task: tasks.Task, now: datetime) -> None:
    """One task for each device, so that one which does not answer doubles nothing on the others."""
    news, number = task.payload["news"], task.payload["number"]
    with store.unit() as unit:
        for one in queries.of_conversation(unit, task.payload["conversation_id"]):
            payload = {"news": news, "number": number, "subscription": one.id}
            tasks.schedule(unit, "push_device", now, payload, once=f"push device {one.id} {task.id}")
        unit.commit()


def message_of(store: Store, task: tasks.Task, now: datetime) -> Message | None:
    """What one device is told; None where it no longer agrees, or the news is none any more."""
    news = task.payload["news"]
    with store.reading() as unit:
        row = queries.subscription(unit, task.payload["subscription"])
        if row is None or not _is_true(unit, news, task.payload["number"], now):
            return None
        told = {
            "title": words.text("push.title", row.language),
            "body": words.text(f"push.news.{news}", row.language),
            "language": row.language,
            "tag": news,
        }
        return Message(Device(row.endpoint, row.p256dh, row.auth), json.dumps(told, ensure_ascii=False))


def _is_true(unit: UnitOfWork, news: str, number: str, now: datetime) -> bool:
    """A booking may have been moved or cancelled since its reminder was planned, and a seat be taken."""
    if news == "case_answered":
        return True
    row = booking_queries.booking(unit, number)
    if row is None:
        return False
    if news == "seat_offered":
        return row.state == BookingState.OFFERED
    starts = datetime.combine(row.session.day, row.session.starts, now.tzinfo)
    return row.state == BookingState.CONFIRMED and now < starts <= now + EARLIEST
