"""One gives another leave to act: by a code, or by a yes in our call; what was done is told to both, and it ends at a word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import Locked, MandateOver, MandateTooNarrow, NotFound, WrongState
from bot.services.audit import audit, behalf
from bot.services.audit.audit import AuditFilter
from bot.services.bookings import bookings, changes
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import calls, conversations, outbound_calls
from bot.services.kernel.deadlines import Targets
from bot.services.mandates import mandates
from bot.services.mandates.errors import TooManyMandates, WrongCode
from bot.services.mandates.mandates import Mandate, Powers, Request
from bot.services.residents import residents
from bot.store.mandates import queries
from bot.store.mandates.tables import MandateAct, MandateUse
from bot.store.store import Store

pytestmark = pytest.mark.store

PARENT, CHILD = "13900001234", "13700005678"
GIVE = Request(
    phone=PARENT, helper="我儿子", powers=Powers.ALL, ends=datetime(2027, 2, 21).date(), conversation_id="mother",
    client_message_id="m1", language="zh", channel="web",
)  # fmt: skip
TAKE = replace(GIVE, helper="王强", helper_phone=CHILD, relation="我妈", conversation_id="son", client_message_id="s1")
Book = Callable[..., BookingRequest]


def given(store: Store, now: datetime, **changes: Any) -> Mandate:
    """A mandate that the son has taken up."""
    _, code = mandates.give(store, replace(GIVE, **changes), now)
    return mandates.take_up(store, TAKE, code, now)


def call_of(store: Store, phone: str, now: datetime) -> str:
    """The conversation of a call from that phone."""
    opened = calls.open_call(
        store, provider="asterisk", provider_call=f"call-{phone}-{now.isoformat()}", direction="in", caller=phone, now=now
    )  # fmt: skip
    return opened.conversation_id


@pytest.fixture
def booking(booking_request: Book, offer: Callable[..., str]) -> BookingRequest:
    """As the son books for his mother."""
    offer(capacity=9)
    return booking_request(phone=PARENT, name="王秀英", conversation_id="son", client_message_id="b1")


def test_six_digits_open_it_once(store: Store, now: datetime) -> None:
    mandate, code = mandates.give(store, GIVE, now)
    assert (len(mandate.number), mandate.number[0], mandate.state, len(code)) == (8, "5", "offered", 6)
    taken = mandates.take_up(store, TAKE, code, now)
    assert (taken.state, taken.helper, taken.powers) == ("active", "王强", "all")
    with pytest.raises(WrongCode):
        mandates.take_up(store, replace(TAKE, conversation_id="a stranger"), code, now)


def test_an_old_code_a_wrong_code_and_one_that_was_replaced_open_nothing(store: Store, now: datetime) -> None:
    _, first = mandates.give(store, GIVE, now)
    _, code = mandates.give(store, replace(GIVE, client_message_id="m2"), now)
    for phone, tried, at in ((PARENT, first, now), (CHILD, code, now), (PARENT, code, now + timedelta(minutes=15))):
        if first != code or tried == code:
            with pytest.raises(WrongCode):
                mandates.take_up(store, replace(TAKE, phone=phone), tried, at)
    assert mandates.take_up(store, TAKE, code, now).state == "active"


def test_five_wrong_codes_lock_the_phone_for_an_hour_whoever_asks(store: Store, now: datetime) -> None:
    _, code = mandates.give(store, GIVE, now)
    wrong = "000000" if code != "000000" else "111111"
    for attempt in range(5):
        with pytest.raises(WrongCode):
            mandates.take_up(store, replace(TAKE, conversation_id=f"talk-{attempt}"), wrong, now)
    with pytest.raises(Locked):
        mandates.take_up(store, TAKE, code, now)


def test_the_same_message_again_gives_one_mandate(store: Store, now: datetime) -> None:
    first, _ = mandates.give(store, GIVE, now)
    again, code = mandates.give(store, GIVE, now)
    assert first.number == again.number
    assert mandates.take_up(store, TAKE, code, now).number == first.number


def test_nobody_gives_or_asks_without_end(store: Store, now: datetime) -> None:
    for at in range(mandates.MOST_PER_HOUR):
        mandates.give(store, replace(GIVE, client_message_id=f"m{at}"), now)
    with pytest.raises(TooManyMandates):
        mandates.give(store, replace(GIVE, client_message_id="one more"), now)
    for at in range(mandates.MOST_ASKED_A_DAY):
        mandates.ask(store, replace(TAKE, phone=CHILD, conversation_id=f"asks-{at}"), now)
    with pytest.raises(TooManyMandates):
        mandates.ask(store, replace(TAKE, phone=CHILD, conversation_id="asks-more"), now)


def test_every_act_stands_in_both_histories_and_in_the_audit(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    mother = conversations.open_conversation(store, channel="web", language="zh", now=now)
    mandate = given(store, now, conversation_id=mother.id)
    made = bookings.book(store, booking, now)
    changes.change_booking(
        store, made.number, changes.Change(party=2), client_message_id="c1", now=now, conversation_id="son"
    )
    bookings.cancel_booking(store, made.number, client_message_id="x1", now=now, conversation_id="son")
    acts = mandates.get(store, mandate.number, now).acts
    assert [(act.verb, act.number, act.helper) for act in acts] == [
        (verb, made.number, "王强") for verb in ("booked", "changed", "cancelled")
    ]
    parent, child = residents.export_resident(store, PARENT), residents.export_resident(store, CHILD)
    assert [act["verb"] for act in parent["mandates"][0]["acts"]] == ["booked", "changed", "cancelled"]
    assert [act["number"] for act in child["mandate_uses"][0]["acts"]] == [made.number] * 3
    written = {entry.action for entry in audit.found(store, AuditFilter())}
    assert {"mandate.given", "mandate.taken_up", "mandate.booked", "mandate.changed", "mandate.cancelled"} <= written
    notices = [notice["reply"] for talk in parent["conversations"] for notice in talk["notices"]]
    assert sum("王强替您" in notice for notice in notices) == 3


def test_the_parent_hears_who_did_what_at_the_next_call_and_only_once(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    given(store, now)
    bookings.book(store, booking, now)
    told = mandates.news(store, PARENT, "zh", now)
    assert told is not None
    assert "王强替您约了" in told
    assert mandates.news(store, PARENT, "zh", now) is None
    assert mandates.news(store, CHILD, "zh", now) is None


def test_a_mandate_that_ends_in_the_middle_of_a_booking_lets_nothing_be_written(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    mandate = given(store, now)
    made = bookings.book(store, booking, now)
    mandates.end(store, mandate.number, now)
    with pytest.raises(MandateOver):
        bookings.book(store, replace(booking, client_message_id="b2"), now)
    with pytest.raises(MandateOver):
        bookings.cancel_booking(store, made.number, client_message_id="x1", now=now, conversation_id="son")
    assert bookings.get(store, made.number).state == "confirmed"
    assert bookings.of_mandate(store, "son", now) == []


def test_after_its_last_day_nothing_is_done(store: Store, now: datetime, booking: BookingRequest) -> None:
    given(store, now, ends=now.date())
    with pytest.raises(MandateOver):
        bookings.book(store, booking, now + timedelta(days=1))


def test_a_mandate_for_reports_books_nothing(
    store: Store, now: datetime, booking: BookingRequest, complaint: Callable[..., ComplaintRequest]
) -> None:
    given(store, now, powers=Powers.CASES)
    with pytest.raises(MandateTooNarrow):
        bookings.book(store, booking, now)
    filed = cases.file_case(store, complaint(phone=PARENT, conversation_id="son"), now, targets=Targets())
    assert [case.number for case in cases.of_mandate(store, "son", now)] == [filed.number]


def test_what_was_filed_before_is_reached_only_where_the_phone_was_proven(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    before = bookings.book(store, replace(booking, conversation_id="mother long ago"), now)
    given(store, now)
    assert bookings.of_mandate(store, "son", now) == [], "anybody can type a phone on the web"
    given(store, now, conversation_id=call_of(store, PARENT, now), client_message_id="m2")
    assert [one.number for one in bookings.of_mandate(store, "son", now)] == [before.number]


def test_who_types_the_phone_of_another_in_a_call_proves_nothing(store: Store, now: datetime) -> None:
    assert not given(store, now, conversation_id=call_of(store, "13611112222", now)).proven


def test_a_child_of_two_parents_acts_for_the_one_named_last(store: Store, now: datetime) -> None:
    given(store, now)
    _, code = mandates.give(store, replace(GIVE, phone="13611112222", conversation_id="father"), now)
    later = now + timedelta(minutes=1)
    father = mandates.take_up(store, replace(TAKE, phone="13611112222", relation="我爸"), code, later)
    acting = behalf.acting_for(store, "son", Powers.BOOKINGS, later)
    assert acting is not None
    assert (acting.phone, acting.relation) == ("13611112222", "我爸")
    mandates.end(store, father.number, later)
    acting = behalf.acting_for(store, "son", Powers.BOOKINGS, later)
    assert acting is not None
    assert acting.phone == PARENT, "the other mandate still holds"


def test_of_two_children_only_the_one_who_is_named_is_stopped(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    son = given(store, now)
    _, code = mandates.give(store, replace(GIVE, helper="我女儿", client_message_id="m2"), now)
    mandates.take_up(
        store, replace(TAKE, helper="王芳", conversation_id="daughter", helper_phone="13500001111"), code, now
    )
    mandates.end(store, son.number, now)
    with pytest.raises(MandateOver):
        bookings.book(store, booking, now)
    assert bookings.book(store, replace(booking, conversation_id="daughter"), now).state == "confirmed"


def test_the_number_alone_opens_it_for_the_helper_who_used_it_before(store: Store, now: datetime) -> None:
    mandate = given(store, now)
    elsewhere = replace(TAKE, conversation_id="son next week")
    with pytest.raises(WrongCode):
        mandates.take_up(store, replace(elsewhere, helper_phone="13500001111"), mandate.number, now)
    assert mandates.take_up(store, elsewhere, mandate.number, now).number == mandate.number


def test_a_parent_who_is_called_says_yes_or_no(store: Store, now: datetime, booking: BookingRequest) -> None:
    asked = mandates.ask(store, TAKE, now)
    assert asked.state == "asked"
    assert behalf.acting_for(store, "son", Powers.BOOKINGS, now) is None
    with pytest.raises(MandateOver):
        bookings.book(store, booking, now)
    found = outbound_calls.find_call(store, f"mandate_asked {asked.number}", now)
    assert found is not None
    assert (found.phone, found.words["helper"]) == (PARENT, "王强")
    agreed = mandates.answer(store, asked.number, agreed=True, conversation_id="the call", now=now)
    assert (agreed.state, agreed.proven) == ("active", True)
    assert outbound_calls.find_call(store, f"mandate_asked {asked.number}", now) is None
    assert bookings.book(store, booking, now).state == "confirmed"
    with pytest.raises(WrongState):
        mandates.answer(store, asked.number, agreed=False, conversation_id="the call", now=now)


def test_after_a_no_nothing_can_be_done(store: Store, now: datetime, booking: BookingRequest) -> None:
    asked = mandates.ask(store, TAKE, now)
    assert mandates.answer(store, asked.number, agreed=False, conversation_id="the call", now=now).state == "refused"
    with pytest.raises(MandateOver):
        bookings.book(store, booking, now)


def test_who_wants_a_call_for_each_act_is_called_until_they_heard(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    mandate = given(store, now, tell_by_call=True)
    about = f"mandate_act {mandate.number}"
    assert outbound_calls.find_call(store, about, now) is None
    bookings.book(store, booking, now)
    found = outbound_calls.find_call(store, about, now)
    assert found is not None
    assert found.phone == PARENT
    mandates.news(store, PARENT, "zh", now)
    assert outbound_calls.find_call(store, about, now) is None


def test_it_is_found_by_its_number_and_the_digits_of_either_phone(store: Store, now: datetime) -> None:
    mandate = given(store, now)
    for tail in ("1234", "5678"):
        assert mandates.find(store, mandate.number, tail, asker="x", now=now).number == mandate.number
    with pytest.raises(NotFound):
        mandates.find(store, mandate.number, "0000", asker="x", now=now)


def test_a_caller_finds_what_they_gave_on_the_web(store: Store, now: datetime) -> None:
    mandate = given(store, now)
    assert [one.number for one in mandates.of_conversation(store, call_of(store, PARENT, now), now)] == [mandate.number]
    assert mandates.of_conversation(store, call_of(store, "13611112222", now), now) == []


def test_an_erased_parent_is_acted_for_no_more_and_an_erased_helper_is_forgotten(
    store: Store, now: datetime, booking: BookingRequest
) -> None:
    mandate = given(store, now)
    bookings.book(store, booking, now)
    residents.erase_resident(store, CHILD, now)
    acts = mandates.get(store, mandate.number, now).acts
    assert [(act.verb, act.helper) for act in acts] == [("booked", "")]
    residents.erase_resident(store, PARENT, now)
    with pytest.raises(NotFound):
        mandates.get(store, mandate.number, now)
    with store.reading() as unit:
        assert unit.session.scalars(select(MandateAct)).all() == []
        assert unit.session.scalars(select(MandateUse)).all() == []


def test_mandates_that_are_over_go_after_their_time_and_those_in_force_stay(store: Store, now: datetime) -> None:
    over, live = given(store, now), given(store, now, client_message_id="m2", ends=now.date() + timedelta(days=700))
    mandates.end(store, over.number, now)
    later = now + timedelta(days=366)
    with store.unit() as unit:
        assert queries.delete_before(unit, now + timedelta(days=1), 10, later.date()) == 1
        unit.commit()
    assert mandates.get(store, live.number, later).number == live.number
