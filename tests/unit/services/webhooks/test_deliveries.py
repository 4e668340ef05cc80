"""What happens to a record is told to every receiver that wants it: at least once, in order, signed, and nothing of a person."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from bot.errors import BadInput, Forbidden, NotFound
from bot.jobs import webhook_deliveries
from bot.outbound.webhooks import WebhookSender
from bot.services.audit import audit
from bot.services.bookings import bookings, changes
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.services.proposals import proposals, staff_proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.services.residents import residents
from bot.services.webhooks import deliveries, receivers
from bot.services.webhooks.deliveries import Outcome, Parcel, Verdict
from bot.services.webhooks.receivers import EVENT_KINDS, Wanted
from bot.store.store import Store
from bot.store.webhooks import queries
from bot.store.webhooks.tables import OutboxEvent, WebhookDelivery
from tests.records import advance_case

pytestmark = pytest.mark.store

ADMIN = Actor("admin-1", "admin")
DISPATCHER = Actor("dispatcher-1", "dispatcher")


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Receiver:
    """A system of others: it answers what `status` says and keeps what it has taken, in the order it came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.status: Callable[[], int] = lambda: 200
        self.asked = 0
        self.taken: list[tuple[dict[str, str], str]] = []
        self.lock = threading.Lock()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.taken]

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]


@contextmanager
def receiver_on_loopback() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            with one.lock:
                one.asked += 1
                status = one.status()
                if 200 <= status < 300:
                    one.taken.append((dict(self.headers), body))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one = Receiver(f"http://127.0.0.1:{server.server_address[1]}/events")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiver_on_loopback() as one:
        yield one


@pytest.fixture
def send() -> Iterator[deliveries.Send]:
    sender = WebhookSender()
    yield webhook_deliveries.sending(sender)
    sender.close()


def joined(store: Store, receiver: Receiver, now: datetime, *, personal: bool = False) -> str:
    """The secret."""
    wanted = Wanted("城市平台", receiver.url, EVENT_KINDS, personal)
    return receivers.add(store, ADMIN, wanted, now)


def rounds(store: Store, send: deliveries.Send, clock: Clock) -> None:
    """Until nothing more is due at this moment."""
    while webhook_deliveries.run_once(store, send, clock):
        pass


def until_all_is_taken(store: Store, send: deliveries.Send, clock: Clock) -> None:
    """The clock goes on until nothing waits; what is a dead letter by then, an admin sends again."""
    for _ in range(2000):
        rounds(store, send, clock)
        [seen] = receivers.listed(store, ADMIN)
        if not seen.waiting and not seen.dead:
            return
        if seen.dead:
            receivers.send_again(store, ADMIN, clock.now)
        clock.now += timedelta(minutes=30)
    raise AssertionError("it never ends")


def test_case_booking_and_proposal_tell_what_happens_to_them(
    store: Store,
    now: datetime,
    receiver: Receiver,
    send: deliveries.Send,
    offer: Callable[..., str],
    booking_request: Callable[..., BookingRequest],
    complaint: Callable[..., ComplaintRequest],
) -> None:
    offer()
    secret = joined(store, receiver, now)
    case = cases.file_case(store, complaint(), now, targets=Targets())
    for state, answer in (
        ("dispatched", None),
        ("handling", None),
        ("answered", "已修好"),
        ("settled", None),
        ("closed", None),
    ):
        advance_case(store, case.number, state, actor="worker", note="备注", now=now, answer=answer)
    booked = bookings.book(store, booking_request(), now)
    changed = changes.Change(starts=booking_request().starts.replace(hour=17))
    changes.change_booking(store, booked.number, changed, client_message_id="m2", now=now)
    bookings.cancel_booking(store, booked.number, client_message_id="m3", now=now)
    asked = ProposalRequest("小区门口装路灯", "13900001234", "conversation-a", "m4", "zh", "web")
    proposal = proposals.submit(store, asked, now)
    staff_proposals.publish(store, DISPATCHER, proposal.number, "装路灯", "小区门口装路灯", now)
    staff_proposals.move(store, DISPATCHER, proposal.number, "consulting", "正在征求意见", now)
    rounds(store, send, Clock(datetime.now(now.tzinfo)))
    by_record: dict[str, list[str]] = defaultdict(list)
    for event in receiver.events:
        by_record[event["data"]["number"]].append(event["type"])
    assert by_record[case.number] == [
        f"case.{one}" for one in ("filed", "dispatched", "handling", "answered", "settled", "closed")
    ]
    assert by_record[booked.number] == ["booking.confirmed", "booking.changed", "booking.cancelled"]
    assert by_record[proposal.number] == ["proposal.submitted", "proposal.published", "proposal.consulting"]
    for headers, body in receiver.taken:
        assert Webhook(secret).verify(body, headers), "the published library accepts it"
        for personal in ("测试甲", "13900001234", "0000", "测试路", "路灯不亮", "备注"):
            assert personal not in body
    answered = next(one["data"] for one in receiver.events if one["type"] == "case.answered")
    assert (answered["state"], answered["category"]) == ("answered", "public_facility")


def test_many_events_reach_a_receiver_that_fails_half_of_the_time_in_the_order_of_each_record(
    store: Store, now: datetime, receiver: Receiver, send: deliveries.Send
) -> None:
    secret, chance, clock = joined(store, receiver, now), Random(16), Clock(datetime.now(now.tzinfo))
    receiver.status = lambda: chance.choice((200, 503))
    with store.unit() as unit:
        everybody = queries.active_receivers(unit)
        for step in range(12):
            for number in range(25):
                queries.add(unit, everybody, "case", f"{number:08}", f"step{step}", clock.now, {"state": "filed"})
        unit.commit()
    until_all_is_taken(store, send, clock)
    assert receiver.asked > 450
    steps: dict[str, list[str]] = defaultdict(list)
    uids = set()
    for headers, body in receiver.taken:
        event = json.loads(body)
        steps[event["data"]["number"]].append(event["type"])
        uids.add(headers["webhook-id"])
        sent = {name.lower(): value for name, value in headers.items()}
        when = datetime.fromtimestamp(int(sent["webhook-timestamp"]), now.tzinfo)
        assert sent["webhook-signature"] == Webhook(secret).sign(sent["webhook-id"], when.astimezone(UTC), body)
    assert len(uids) == 300, "each at least once"
    assert len(steps) == 25
    assert all(found == [f"case.step{step}" for step in range(12)] for found in steps.values())


def test_what_is_tried_in_vain_is_a_dead_letter_that_holds_its_record_until_it_is_sent_again_or_dropped(
    store: Store, now: datetime, receiver: Receiver, send: deliveries.Send, complaint: Callable[..., ComplaintRequest]
) -> None:
    joined(store, receiver, now)
    receiver.status, clock = (lambda: 500), Clock(datetime.now(now.tzinfo))
    number = cases.file_case(store, complaint(), now, targets=Targets()).number
    advance_case(store, number, "dispatched", actor="worker", note=None, now=now)
    for _ in range(len(deliveries.WAITS) + 1):
        rounds(store, send, clock)
        clock.now += timedelta(hours=25)
    [letter] = receivers.dead_letters(store, ADMIN)
    assert (letter.number, letter.action, letter.failure) == (number, "filed", "500")
    receiver.status = lambda: 204
    rounds(store, send, clock)
    assert receiver.types == [], "what comes later does not overtake"
    with pytest.raises(Forbidden):
        receivers.send_again(store, DISPATCHER, clock.now)
    assert receivers.send_again(store, ADMIN, clock.now, delivery_id=letter.id) == 1
    rounds(store, send, clock)
    assert receiver.types == ["case.filed", "case.dispatched"]
    with pytest.raises(NotFound):
        receivers.drop(store, ADMIN, letter.id, clock.now)


def test_a_receiver_that_is_away_is_left_alone_for_a_while_and_nothing_is_lost(
    store: Store, now: datetime, complaint: Callable[..., ComplaintRequest], send: deliveries.Send
) -> None:
    clock = Clock(datetime.now(now.tzinfo))
    with receiver_on_loopback() as gone:
        joined(store, gone, now)
    tried: list[Parcel] = []

    def counted(parcel: Parcel, moment: datetime) -> Outcome:
        tried.append(parcel)
        return send(parcel, moment)

    for one in range(3):
        cases.file_case(store, complaint(client_message_id=f"m{one}"), now, targets=Targets())
    webhook_deliveries.run_once(store, counted, clock)
    webhook_deliveries.run_once(store, counted, clock)
    assert len(tried) == 1, "one try tells enough"
    clock.now += timedelta(minutes=10)
    assert webhook_deliveries.run_once(store, lambda parcel, moment: Outcome(Verdict.TAKEN), clock) == 3


def test_a_receiver_that_answers_410_is_switched_off_and_what_waits_for_it_waits(
    store: Store, now: datetime, receiver: Receiver, send: deliveries.Send, complaint: Callable[..., ComplaintRequest]
) -> None:
    joined(store, receiver, now)
    clock = Clock(datetime.now(now.tzinfo))
    cases.file_case(store, complaint(), now, targets=Targets())
    receiver.status = lambda: 410
    rounds(store, send, clock)
    [seen] = receivers.listed(store, ADMIN)
    assert (seen.active, seen.waiting, seen.dead) == (False, 1, 0)
    receiver.status = lambda: 200
    receivers.switch(store, ADMIN, seen.id, clock.now, active=True)
    rounds(store, send, clock)
    assert receiver.types == ["case.filed"]


def test_only_who_may_have_personal_data_gets_it_and_the_audit_says_so(
    store: Store, now: datetime, receiver: Receiver, send: deliveries.Send, complaint: Callable[..., ComplaintRequest]
) -> None:
    joined(store, receiver, now, personal=True)
    cases.file_case(store, complaint(), now, targets=Targets())
    cases.file_case(store, complaint(category="staff_conduct", client_message_id="m2"), now, targets=Targets())
    rounds(store, send, Clock(datetime.now(now.tzinfo)))
    [event] = receiver.events
    assert event["data"]["personal"]["phone"] == "13900001234"
    with store.reading() as unit:
        kept = "".join(unit.session.scalars(select(OutboxEvent.facts)))
    assert "13900001234" not in kept, "it is read when it is sent and never kept a second time"
    actions = [entry.action for entry in audit.found(store, audit.AuditFilter())]
    assert "webhook.sent_personal" in actions


def test_nobody_is_told_of_what_was_not_committed_and_of_what_nobody_wants(
    store: Store, now: datetime, receiver: Receiver, complaint: Callable[..., ComplaintRequest]
) -> None:
    cases.file_case(store, complaint(), now, targets=Targets())
    receivers.add(store, ADMIN, Wanted("只要预约", receiver.url, ("booking",)), now)
    number = cases.file_case(store, complaint(client_message_id="m2"), now, targets=Targets()).number
    joined(store, receiver, now)
    with store.unit() as unit:
        cases.advance_in(unit, cases.locked(unit, number), "dispatched", "worker", None, now)
    with store.reading() as unit:
        assert unit.session.scalars(select(WebhookDelivery)).all() == []


def test_two_workers_never_let_an_event_overtake(
    store: Store, now: datetime, receiver: Receiver, send: deliveries.Send
) -> None:
    joined(store, receiver, now)
    clock = Clock(datetime.now(now.tzinfo))
    with store.unit() as unit:
        for step in range(6):
            for number in range(20):
                queries.add(unit, queries.active_receivers(unit), "case", f"{number:08}", f"step{step}", clock.now, {})
        unit.commit()
    with ThreadPoolExecutor(3) as pool:
        for _ in range(8):
            list(pool.map(lambda _: webhook_deliveries.run_once(store, send, clock), range(3)))
    order: dict[str, list[str]] = defaultdict(list)
    for event in receiver.events:
        order[event["data"]["number"]].append(event["type"])
    assert all(found == [f"case.step{step}" for step in range(6)] for found in order.values())
    assert len(order) == 20


def test_erasing_a_resident_leaves_nothing_of_them_to_be_sent(
    store: Store, now: datetime, receiver: Receiver, send: deliveries.Send, complaint: Callable[..., ComplaintRequest]
) -> None:
    joined(store, receiver, now, personal=True)
    cases.file_case(store, complaint(), now, targets=Targets())
    residents.erase_resident(store, "13900001234", now)
    rounds(store, send, Clock(datetime.now(now.tzinfo)))
    assert receiver.types == ["case.filed", "case.withdrawn", "case.erased"]
    assert all("13900001234" not in body and "测试路" not in body for _, body in receiver.taken)


@pytest.mark.parametrize(
    "url", ["http://example.com/hook", "https://", "ftp://127.0.0.1/", "https://user:word@example.com/", "http://[", ""]
)
def test_an_address_must_be_encrypted_or_near(sqlite_store: Store, now: datetime, url: str) -> None:
    with pytest.raises(BadInput):
        receivers.add(sqlite_store, ADMIN, Wanted("平台", url, EVENT_KINDS), now)


def test_who_is_no_admin_manages_none(sqlite_store: Store, now: datetime) -> None:
    with pytest.raises(Forbidden):
        receivers.add(sqlite_store, DISPATCHER, Wanted("平台", "https://example.com/", EVENT_KINDS), now)
    with pytest.raises(Forbidden):
        receivers.listed(sqlite_store, DISPATCHER)
