"""News on a device that agreed: what really arrives at a push service, when, and what becomes of a device that is gone."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import state_folder
from bot.jobs.resident_pushes import ResidentPushes, push_handlers
from bot.jobs.worker import run_due
from bot.outbound import web_push
from bot.outbound.web_push import PushSender
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.topics import DueRules, Keep, due_handlers
from bot.services.push import push
from bot.settings import Settings
from bot.store.push import queries
from bot.store.store import Store
from tests.push_receiver import Browser, claims_of, push_service
from tests.records import advance_case

pytestmark = pytest.mark.store
Make = Callable[..., BookingRequest]
Complain = Callable[..., ComplaintRequest]
Work = Callable[[datetime], int]
TALK = "a talk"
CONTACT = "mailto:it@example.gov.cn"
EVENING = timedelta(hours=9)
"""From eight in the morning to five in the afternoon."""


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


@pytest.fixture
def browser() -> Iterator[Browser]:
    with push_service() as service:
        yield service


@pytest.fixture
def key(tmp_path: Path) -> str:
    return state_folder.vapid_key(Settings(state_dir=tmp_path / "state"))


@pytest.fixture
def work(store: Store, browser: Browser, key: str, offer: Callable[..., str]) -> Work:
    """The worker looks for what is due."""
    offer(capacity=2)
    pushes = ResidentPushes(PushSender(key, CONTACT), browser.origin)
    handlers = {**due_handlers(DueRules(Keep(180), 12), long=False), "push_device": pushes.send}
    return lambda now: run_due(store, "w", now, handlers)


def devices(store: Store, talk: str = TALK) -> int:
    with store.reading() as unit:
        return len(queries.of_conversation(unit, talk))


def answered(store: Store, complaint: Complain, now: datetime) -> str:
    filed = complaint(conversation_id=TALK, client_message_id=f"m {now}")
    number = cases.file_case(store, filed, now, targets=Targets()).number
    for state in ("dispatched", "handling"):
        advance_case(store, number, state, actor="staff", note=None, now=now)
    advance_case(store, number, "answered", actor="staff", note=None, answer="灯换好了", now=now)
    return number


def test_an_answered_case_is_told_once_signed_and_without_anything_personal(
    store: Store, browser: Browser, work: Work, key: str, complaint: Complain, now: datetime
) -> None:
    push.subscribe(store, TALK, browser.device, "zh", now)
    number = answered(store, complaint, now)
    work(now)
    work(now)
    assert browser.messages() == [
        {"title": "邻语", "body": "您反映的事有答复了，请打开邻语看一看。", "language": "zh", "tag": "case_answered"}
    ]
    [(path, headers, body)] = browser.requests
    assert path == "/push/secret-address"
    assert (headers["content-encoding"], int(headers["ttl"])) == ("aes128gcm", web_push.GOOD_FOR_SECONDS)
    claims = claims_of(headers["authorization"], web_push.public_key(key))
    assert (claims["aud"], claims["sub"]) == (browser.origin, CONTACT)
    assert now.timestamp() < claims["exp"] <= (now + timedelta(days=1)).timestamp()
    for personal in (number, "灯换好了", complaint().phone, complaint().name, complaint().place):
        assert str(personal) not in str(browser.messages())
        assert str(personal).encode() not in body


def test_in_the_language_of_the_device(
    store: Store, browser: Browser, work: Work, complaint: Complain, now: datetime
) -> None:
    push.subscribe(store, TALK, browser.device, "en", now)
    answered(store, complaint, now)
    work(now)
    [told] = browser.messages()
    assert (told["title"], told["language"]) == ("Linyu", "en")
    assert told["body"].startswith("There is an answer")


def test_the_evening_before_a_booking_and_not_when_it_was_cancelled_or_moved(
    store: Store, browser: Browser, work: Work, booking_request: Make, now: datetime
) -> None:
    push.subscribe(store, TALK, browser.device, "zh", now)
    kept = bookings.book(store, booking_request(conversation_id=TALK, client_message_id="1"), now)
    gone = bookings.book(store, booking_request(conversation_id=TALK, client_message_id="2"), now)
    assert kept.day == (now + timedelta(days=1)).date()
    bookings.cancel_booking(store, gone.number, client_message_id="3", now=now, offer_hours=12)
    work(now + EVENING - timedelta(minutes=1))
    assert browser.requests == []
    work(now + EVENING)
    assert [one["tag"] for one in browser.messages()] == ["reminder"]


def test_who_has_not_agreed_or_takes_it_back_is_told_nothing(
    store: Store, browser: Browser, work: Work, complaint: Complain, now: datetime
) -> None:
    push.subscribe(store, "another talk", browser.device, "zh", now)
    answered(store, complaint, now)
    work(now)
    assert browser.requests == []
    push.subscribe(store, TALK, browser.device, "zh", now)
    push.unsubscribe(store, TALK)
    push.unsubscribe(store, TALK)
    answered(store, complaint, now + timedelta(minutes=1))
    work(now + timedelta(minutes=1))
    assert browser.requests == []
    assert (devices(store), devices(store, "another talk")) == (0, 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_in_every_conversation(
    status: int, store: Store, browser: Browser, work: Work, complaint: Complain, now: datetime
) -> None:
    for talk in (TALK, "another talk"):
        push.subscribe(store, talk, browser.device, "zh", now)
    browser.answers = [status]
    answered(store, complaint, now)
    work(now)
    assert (devices(store), devices(store, "another talk")) == (0, 0)
    work(now + timedelta(hours=1))
    assert len(browser.requests) == 1


def test_a_service_that_fails_is_tried_again_and_one_that_refuses_is_not(
    store: Store, browser: Browser, work: Work, complaint: Complain, now: datetime
) -> None:
    push.subscribe(store, TALK, browser.device, "zh", now)
    browser.answers = [503, 429, 201]
    answered(store, complaint, now)
    for minutes in (0, 10, 30, 60):
        work(now + timedelta(minutes=minutes))
    assert len(browser.requests) == 3
    browser.answers = [403]
    answered(store, complaint, now + timedelta(hours=2))
    for minutes in (0, 30, 60):
        work(now + timedelta(hours=2, minutes=minutes))
    assert len(browser.requests) == 4
    assert devices(store) == 1


def test_a_redirect_leads_nowhere(
    store: Store, browser: Browser, work: Work, complaint: Complain, now: datetime
) -> None:
    push.subscribe(store, TALK, browser.device, "zh", now)
    browser.answers = [307]
    answered(store, complaint, now)
    work(now)
    assert len(browser.requests) == 1


def test_an_address_that_the_office_does_not_send_to_any_more_is_asked_nothing(
    store: Store, browser: Browser, key: str, complaint: Complain, now: datetime
) -> None:
    push.subscribe(store, TALK, browser.device, "zh", now)
    answered(store, complaint, now)
    pushes = ResidentPushes(PushSender(key, CONTACT), "push.example")
    run_due(store, "w", now, {**due_handlers(DueRules(Keep(180), 12)), "push_device": pushes.send})
    assert browser.requests == []


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.example.com/x", False),
        ("https://evilfcm.googleapis.com.cn/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1/x", False),
        ("nonsense", False),
    ],
)
def test_only_known_push_services_are_sent_to(endpoint: str, known: bool) -> None:
    assert web_push.is_service(endpoint, Settings().push_services) is known


def test_without_a_contact_nothing_is_sent(tmp_path: Path) -> None:
    assert push_handlers(Settings(state_dir=tmp_path)) == {}
    assert list(push_handlers(Settings(state_dir=tmp_path, push_contact=CONTACT))) == ["push_device"]


def test_a_free_seat_is_told_while_it_is_held(
    store: Store, browser: Browser, key: str, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer()
    held = bookings.book(store, booking_request(), now)
    push.subscribe(store, TALK, browser.device, "zh", now)
    bookings.join_waiting_list(
        store,
        booking_request(conversation_id=TALK, client_message_id="w"),
        now,
    )
    bookings.cancel_booking(store, held.number, client_message_id="c", now=now, offer_hours=12)
    pushes = ResidentPushes(PushSender(key, CONTACT), browser.origin)
    run_due(store, "w", now, {**due_handlers(DueRules(Keep(180), 12)), "push_device": pushes.send})
    assert [one["tag"] for one in browser.messages()] == ["seat_offered"]
