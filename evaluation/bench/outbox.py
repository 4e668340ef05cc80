"""Events to a receiver that fails half of the time: does each arrive, in the order of its record, with a valid signature?

`python -m evaluation.bench.outbox` makes a database and a receiver of its own on this machine, and prints its figures. The
waits between the tries are not waited for: the clock jumps over them.
"""

import argparse
import base64
import json
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from standardwebhooks.webhooks import Webhook

from bot.jobs import webhook_deliveries
from bot.outbound.webhooks import WebhookSender
from bot.services.kernel.permissions import Actor
from bot.services.webhooks import receivers
from bot.services.webhooks.receivers import Wanted
from bot.store.encryption import DataKeys
from bot.store.store import Store
from bot.store.webhooks import queries

ADMIN = Actor("bench", "admin")
EVENTS_OF_A_RECORD = 10
STEP = timedelta(hours=1)


class Receiver:
    """Answers 200 or 503, one as often as the other."""

    def __init__(self, address: str) -> None:
        self.address, self.chance, self.lock = address, Random(16), threading.Lock()
        self.asked = 0
        self.taken: list[tuple[dict[str, str], str]] = []

    def take(self, headers: dict[str, str], body: str) -> int:
        with self.lock:
            self.asked += 1
            status = self.chance.choice((200, 503))
            if status == 200:
                self.taken.append((headers, body))
            return status


@contextmanager
def listening() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self.send_response(one.take({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *told: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one = Receiver(f"http://127.0.0.1:{server.server_address[1]}/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()


def write_events(store: Store, events: int, now: datetime) -> None:
    with store.unit() as unit:
        everybody = queries.active_receivers(unit)
        for at in range(events):
            step, number = divmod(at, max(1, events // EVENTS_OF_A_RECORD))
            queries.add(unit, everybody, "case", f"{number:08}", f"step{step}", now, {"state": "filed"})
        unit.commit()


def deliver_all(store: Store) -> tuple[float, int]:
    """Seconds that sending took, and how many dead letters had to be sent again."""
    sender, now, again, started = WebhookSender(), datetime.now(UTC), 0, time.perf_counter()
    send = webhook_deliveries.sending(sender)
    while True:
        moment = now
        while webhook_deliveries.run_once(store, send, lambda moment=moment: moment):  # type: ignore[misc]
            pass
        [seen] = receivers.listed(store, ADMIN)
        if not seen.waiting and not seen.dead:
            sender.close()
            return time.perf_counter() - started, again
        if seen.dead:
            again += receivers.send_again(store, ADMIN, now)
        now += STEP


def figures(receiver: Receiver, secret: str, events: int, seconds: float, again: int) -> dict[str, Any]:
    steps: dict[str, list[int]] = defaultdict(list)
    valid = 0
    for headers, body in receiver.taken:
        event = json.loads(body)
        steps[event["data"]["number"]].append(int(event["type"].removeprefix("case.step")))
        sent = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        valid += headers["webhook-signature"] == Webhook(secret).sign(headers["webhook-id"], sent, body)
    return {
        "events": events,
        "arrived": len({headers["webhook-id"] for headers, _ in receiver.taken}),
        "records out of order": sum(found != sorted(found) for found in steps.values()),
        "signatures not valid": len(receiver.taken) - valid,
        "tries": receiver.asked,
        "dead letters sent again": again,
        "tries a second": round(receiver.asked / seconds, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    wanted = parser.parse_args()
    key = base64.urlsafe_b64encode(bytes(32)).decode()  # of a database that is thrown away
    with (
        tempfile.TemporaryDirectory() as folder,
        listening() as receiver,
        closing(Store(f"sqlite:///{Path(folder) / 'linyu.db'}", DataKeys([key]))) as store,
    ):
        store.migrate()
        now = datetime.now(UTC)
        secret = receivers.add(store, ADMIN, Wanted("bench", receiver.address, ("case",)), now)
        write_events(store, wanted.events, now)
        seconds, again = deliver_all(store)
        for name, value in figures(receiver, secret, wanted.events, seconds, again).items():
            print(f"{name:>24}  {value}")


if __name__ == "__main__":
    main()
