"""The worker's loop over the outbox: each receiver has a thread of its own, so that a slow one holds up no other."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from bot.errors import StoreUnavailable
from bot.outbound.webhooks import WebhookSender
from bot.services.kernel.tasks import Store
from bot.services.webhooks import deliveries
from bot.services.webhooks.deliveries import Outcome, Parcel, Send, Verdict

AT_ONCE = 8
"""Receivers."""
GONE = 410

log = logging.getLogger(__name__)


def sending(sender: WebhookSender) -> Send:
    def send(parcel: Parcel, now: datetime) -> Outcome:
        answer = sender.post(parcel.url, parcel.secret, parcel.uid, parcel.body, now)
        if isinstance(answer, str):
            return Outcome(Verdict.AWAY, answer)
        if 200 <= answer < 300:
            return Outcome(Verdict.TAKEN)
        return Outcome(Verdict.GONE if answer == GONE else Verdict.REFUSED, str(answer))

    return send


def run_once(store: Store, send: Send, clock: Callable[[], datetime]) -> int:
    """One round for every receiver that something is due for; how many events were taken."""
    receivers = deliveries.due(store, clock())
    if not receivers:
        return 0
    with ThreadPoolExecutor(min(AT_ONCE, len(receivers))) as pool:
        return sum(pool.map(partial(_deliver, store, send, clock), receivers))


def run_forever(
    store: Store, *, clock: Callable[[], datetime], sleep: Callable[[], None], stopping: Callable[[], bool]
) -> None:
    """Until `stopping` says so. No failure of one round ends it."""
    sender = WebhookSender()
    send = sending(sender)
    try:
        while not stopping():
            taken = 0
            try:
                taken = run_once(store, send, clock)
            except StoreUnavailable:
                log.warning("the outbox waits: %s", StoreUnavailable.code)
            except Exception as error:
                log.error("a round of the outbox failed: %s", type(error).__name__)
            if not taken:
                sleep()
    finally:
        sender.close()


def _deliver(store: Store, send: Send, clock: Callable[[], datetime], receiver_id: int) -> int:
    return deliveries.deliver(store, receiver_id, send, clock)
