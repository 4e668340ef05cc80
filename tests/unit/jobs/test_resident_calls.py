"""Reminders and call-backs by telephone: whom the worker rings, and whom it does not ring again."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.errors import TelephoneUnavailable
from bot.jobs.resident_calls import ResidentCalls, call_handlers
from bot.jobs.worker import run_due
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.conversations import calls
from bot.services.conversations.outbound_calls import rules_of
from bot.settings import Settings
from bot.store.kernel.tables import DueTask
from bot.store.store import Store

pytestmark = pytest.mark.store
Make = Callable[..., BookingRequest]
PHONE = "13800001234"
EVENING = timedelta(hours=12)
"""From eight in the morning to eight in the evening: every reminder of the day is due."""


class FakeAri:
    def __init__(self) -> None:
        self.rung: list[tuple[str, str]] = []
        self.busy = False

    def place_call(self, endpoint: str, caller_id: str, variables: dict[str, str]) -> None:
        self.rung.append((endpoint, variables["__LINYU_TASK"]))
        if self.busy:
            raise TelephoneUnavailable


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


@pytest.fixture
def ari() -> FakeAri:
    return FakeAri()


@pytest.fixture
def work(store: Store, ari: FakeAri, offer: Callable[..., str]) -> Callable[[datetime], int]:
    """The worker looks for what is due; three tries, 45 minutes apart, nobody is called from half past eight."""
    offer()
    ringing = ResidentCalls(ari, rules_of("20:30-08:30", 3, 45), line="trunk", our_number="8888", places=4)  # type: ignore[arg-type]
    return lambda now: run_due(store, "w", now, {"call_resident": ringing.call})


def take_the_call(store: Store, number: str, now: datetime) -> None:
    calls.open_call(
        store, provider="t", provider_call="c", direction="out", caller=PHONE, task=f"reminder {number}", now=now
    )


def test_the_evening_before_a_booking_its_owner_is_called(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    booking = bookings.book(store, booking_request(phone=PHONE), now)
    work(now + timedelta(hours=8, minutes=59))
    assert ari.rung == []
    work(now + EVENING)
    assert ari.rung == [(f"PJSIP/{PHONE}@trunk", f"reminder {booking.number}")]


def test_who_does_not_answer_is_tried_again_and_not_for_ever(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    bookings.book(store, booking_request(phone=PHONE, starts=time(17)), now)
    ari.busy = True
    for minutes in range(0, 20 * 60, 5):
        work(now + EVENING + timedelta(minutes=minutes))
    assert len(ari.rung) == 3


def test_who_took_the_call_is_not_called_again(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    booking = bookings.book(store, booking_request(phone=PHONE), now)
    work(now + EVENING)
    take_the_call(store, booking.number, now + EVENING)
    work(now + EVENING + timedelta(hours=1))
    assert len(ari.rung) == 1


def test_who_wants_no_calls_gets_none(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    bookings.book(store, booking_request(phone=PHONE), now)
    calls.remember(store, PHONE, now, no_calls=True)
    work(now + EVENING)
    assert ari.rung == []


def test_a_cancelled_booking_is_not_reminded_of(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    booking = bookings.book(store, booking_request(phone=PHONE), now)
    bookings.cancel_booking(store, booking.number, client_message_id="m", now=now)
    work(now + EVENING)
    assert ari.rung == []


def test_in_quiet_hours_the_call_waits_for_the_morning(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    bookings.book(store, booking_request(phone=PHONE, starts=datetime(2026, 11, 24, 17).time()), now)
    work(now + timedelta(hours=13))
    assert ari.rung == []
    work(now + timedelta(hours=24, minutes=30))
    assert len(ari.rung) == 1


@pytest.mark.parametrize(
    ("telephone", "wanted", "rings"), [("asterisk", True, True), ("asterisk", False, False), ("off", True, False)]
)
def test_residents_are_called_where_there_is_a_telephone_unless_the_office_says_no(
    telephone: str, wanted: bool, rings: bool, tmp_path: Path
) -> None:
    settings = Settings.model_validate({"state_dir": tmp_path, "telephone": telephone, "outbound_calls": wanted})
    assert ("call_resident" in call_handlers(settings)) is rings


def book_forty(store: Store, offer: Callable[..., str], booking_request: Make, now: datetime) -> None:
    offer(capacity=40)
    for number in range(40):
        about = {"phone": f"138000{number:05}", "client_message_id": f"m{number}", "conversation_id": f"c{number}"}
        bookings.book(store, booking_request(**about), now)


def test_the_calls_of_an_evening_are_spread_over_it(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    book_forty(store, offer, booking_request, now)
    with store.reading() as unit:
        due = {task.due.astimezone(now.tzinfo) for task in unit.session.query(DueTask).filter_by(kind="call_resident")}
    assert len(due) > 20
    assert {moment.hour for moment in due} == {17, 18, 19}


def test_forty_reminders_never_ring_more_telephones_than_places_are_free(
    store: Store,
    ari: FakeAri,
    work: Callable[[datetime], int],
    offer: Callable[..., str],
    booking_request: Make,
    now: datetime,
) -> None:
    book_forty(store, offer, booking_request, now)
    rung_in_a_minute = []
    for minute in range(25):
        before = len(ari.rung)
        work(now + timedelta(hours=12, minutes=minute))
        rung_in_a_minute.append(len(ari.rung) - before)
    assert max(rung_in_a_minute) == 4
    assert len({task for _, task in ari.rung}) == 40


def test_while_callers_take_all_places_nobody_is_rung_and_no_try_is_used_up(
    store: Store, ari: FakeAri, work: Callable[[datetime], int], booking_request: Make, now: datetime
) -> None:
    bookings.book(store, booking_request(phone=PHONE, starts=time(17)), now)
    open_ = [
        calls.open_call(store, provider="t", provider_call=f"c{n}", direction="in", caller=None, now=now)
        for n in range(4)
    ]
    for minutes in range(10):
        work(now + EVENING + timedelta(minutes=minutes))
    assert ari.rung == []
    calls.end_call(store, open_[0].id, "caller", now)
    ari.busy = True
    for minutes in range(10, 20 * 60, 5):
        work(now + EVENING + timedelta(minutes=minutes))
    assert len(ari.rung) == 3
