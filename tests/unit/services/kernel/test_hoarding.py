"""Nobody fills the queues of the office: not with one phone, not in one conversation, not from one address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import TooManyCases, TooManyRecords
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest, PhoneLimits
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.hoarding import CaseLimits
from bot.services.residents import retention
from bot.services.residents.retention import Keep
from bot.store.store import Store
from tests.records import advance_case

pytestmark = pytest.mark.store

File = Callable[..., ComplaintRequest]
Book = Callable[..., BookingRequest]
NO_LIMIT = 1000
SEATS = PhoneLimits(NO_LIMIT, NO_LIMIT, 3)


def file(store: Store, request: ComplaintRequest, now: datetime, **limits: int) -> str:
    chosen = replace(CaseLimits(NO_LIMIT, NO_LIMIT, NO_LIMIT), **limits)
    return cases.file_case(store, request, now, targets=Targets(), limits=chosen).number


def talk(store: Store, now: datetime, address: str | None) -> str:
    return conversations.open_conversation(store, channel="web", language="zh", now=now, address=address).id


def close(store: Store, number: str, now: datetime) -> None:
    for state, answer in (("dispatched", None), ("handling", None), ("answered", "修好了")):
        advance_case(store, number, state, actor="staff", note=None, answer=answer, now=now)


def test_one_phone_has_so_many_open_cases(store: Store, complaint: File, now: datetime) -> None:
    numbers = [file(store, complaint(conversation_id=f"talk-{n}"), now, per_phone=2) for n in range(2)]
    with pytest.raises(TooManyCases):
        file(store, complaint(conversation_id="talk-9"), now, per_phone=2)
    file(store, complaint(conversation_id="talk-9", phone="13900009999"), now, per_phone=2)
    close(store, numbers[0], now)
    file(store, complaint(conversation_id="talk-9", client_message_id="again"), now, per_phone=2)


def test_one_conversation_has_so_many_open_cases_also_without_a_phone(
    store: Store, complaint: File, now: datetime
) -> None:
    anonymous = {"anonymous": True, "name": None, "phone": None}
    first = complaint(client_message_id="m0", **anonymous)
    numbers = [file(store, first, now, per_conversation=2)]
    numbers.append(file(store, complaint(client_message_id="m1", **anonymous), now, per_conversation=2))
    with pytest.raises(TooManyCases):
        file(store, complaint(client_message_id="m2", **anonymous), now, per_conversation=2)
    assert file(store, first, now, per_conversation=2) == numbers[0], "the same message again is no further case"
    assert len(cases.of_conversation(store, "conversation-a")) == 2


def test_one_address_writes_so_many_records_in_an_hour_in_whatever_conversations(
    store: Store, complaint: File, booking_request: Book, offer: Callable[..., str], now: datetime
) -> None:
    offer(capacity=9)
    for _ in range(2):
        file(store, complaint(conversation_id=talk(store, now, "203.0.113.9")), now, records_per_hour=3)
    bookings.book(store, booking_request(conversation_id=talk(store, now, "203.0.113.9")), now, limits=SEATS)
    here, elsewhere = talk(store, now, "203.0.113.9"), talk(store, now, "192.0.2.1")
    with pytest.raises(TooManyRecords):
        file(store, complaint(conversation_id=here), now, records_per_hour=3)
    for write in (bookings.book, bookings.join_waiting_list):
        with pytest.raises(TooManyRecords):
            write(store, booking_request(conversation_id=here), now, limits=SEATS)
    file(store, complaint(conversation_id=elsewhere), now, records_per_hour=3)
    file(store, complaint(conversation_id=talk(store, now, None)), now, records_per_hour=3)
    later = now + timedelta(hours=1, seconds=1)
    file(store, complaint(conversation_id=here), later, records_per_hour=3)


def test_the_address_that_writes_counts_not_the_one_that_opened_the_conversation(
    store: Store, complaint: File, now: datetime
) -> None:
    file(store, complaint(conversation_id=talk(store, now, "203.0.113.9")), now)
    opened = talk(store, now, "192.0.2.1")
    conversations.note_origin(store, conversations.view(store, opened), "203.0.113.9")
    with pytest.raises(TooManyRecords):
        file(store, complaint(conversation_id=opened), now, records_per_hour=1)


def test_of_the_address_a_hash_is_kept_and_no_longer_than_a_day(store: Store, now: datetime) -> None:
    opened = talk(store, now, "203.0.113.9")
    kept = conversations.view(store, opened).origin
    assert kept
    assert "203.0.113.9" not in kept
    retention.delete_expired(store, Keep(transcript_days=180), now + timedelta(days=1, minutes=1))
    assert conversations.view(store, opened).origin is None
