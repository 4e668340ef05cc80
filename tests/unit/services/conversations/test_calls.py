"""Calls are kept, found again, handed over and erased."""

from datetime import datetime, timedelta

import pytest

from bot.services.conversations import calls, conversations
from bot.services.handover.handover import request_person
from bot.services.residents.residents import erase_resident
from bot.store.conversations.tables import Call, CallerChoice, CallEvent
from bot.store.handover.tables import Handover
from bot.store.store import Store
from bot.turns import State, Turn

pytestmark = pytest.mark.store
PHONE = "13900001234"


def opened(store: Store, now: datetime, name: str = "a", caller: str | None = PHONE) -> calls.OpenedCall:
    return calls.open_call(store, provider="asterisk", provider_call=name, direction="in", caller=caller, now=now)


def leave_a_form_open(store: Store, conversation_id: str, now: datetime) -> None:
    received = conversations.receive(store, conversation_id, "m1", "我想订餐", "我想订餐", now)
    turn = Turn(received.turn_id, "book_service", 0.9, (), State("book_service", "date"))
    about = {"language": "zh", "topic": None, "episode": 0, "masked": "我想订餐", "milliseconds": 1}
    conversations.complete(store, turn, conversation_id, now=now, **about)  # type: ignore[arg-type]


def test_a_call_is_a_conversation_on_the_phone(store: Store, now: datetime) -> None:
    call = opened(store, now)
    assert conversations.view(store, call.conversation_id).channel == "phone"
    assert not call.draft


def test_calling_back_within_a_day_goes_on_with_the_draft(store: Store, now: datetime) -> None:
    first = opened(store, now)
    leave_a_form_open(store, first.conversation_id, now)
    calls.end_call(store, first.id, "caller", now)
    again = opened(store, now + timedelta(hours=23), "b")
    assert (again.draft, again.conversation_id) == (True, first.conversation_id)


@pytest.mark.parametrize(
    ("caller", "hours", "cause"),
    [("13900009999", 1, "caller"), (None, 1, "caller"), (PHONE, 25, "caller"), (PHONE, 1, "assistant")],
)
def test_nobody_else_and_nothing_else_gets_the_draft(
    store: Store, now: datetime, caller: str | None, hours: int, cause: str
) -> None:
    first = opened(store, now)
    leave_a_form_open(store, first.conversation_id, now)
    calls.end_call(store, first.id, cause, now)
    again = opened(store, now + timedelta(hours=hours), "b", caller)
    assert not again.draft
    assert again.conversation_id != first.conversation_id


def test_a_call_that_comes_back_from_the_operator_is_the_same_call(store: Store, now: datetime) -> None:
    first = opened(store, now)
    calls.end_call(store, first.id, "handed_over", now)
    assert opened(store, now).id == first.id


def test_the_number_is_kept_only_after_the_caller_agreed(store: Store, now: datetime) -> None:
    call = opened(store, now)
    number = calls.hand_over(store, call.id, number=None, language="zh", now=now, request_person=request_person)
    with store.reading() as unit:
        row = unit.session.get(Call, call.id)
        assert row is not None
        assert (row.phone, row.handover_number) == (None, number)
    calls.ask_call_back(store, call.id, PHONE, now)
    with store.reading() as unit:
        assert unit.session.query(Handover).one().phone == PHONE


def test_what_a_caller_chose_is_remembered_and_erased(store: Store, now: datetime) -> None:
    call = opened(store, now)
    calls.note(store, call.id, "key", now, value="5")
    calls.remember(store, PHONE, now, rate=1.15)
    calls.remember(store, PHONE, now, no_calls=True)
    assert calls.choices(store, "+86 139 0000 1234") == calls.Choices(1.15, True)
    assert erase_resident(store, PHONE, now)["calls"] == 1
    with store.reading() as unit:
        assert [unit.session.query(table).count() for table in (Call, CallEvent, CallerChoice)] == [0, 0, 0]


def test_a_caller_who_left_while_it_rang_is_found_with_the_number(store: Store, now: datetime) -> None:
    call = opened(store, now)
    calls.hand_over(store, call.id, number=None, language="zh", now=now, request_person=request_person)
    calls.caller_left(store, "asterisk", "a", PHONE, now)
    with store.reading() as unit:
        record = unit.session.query(Handover).one()
        assert (record.phone, record.state) == (PHONE, "open")


def test_whoever_left_without_having_asked_for_a_person_leaves_no_number(store: Store, now: datetime) -> None:
    opened(store, now)
    calls.caller_left(store, "asterisk", "a", PHONE, now)
    with store.reading() as unit:
        assert unit.session.query(Call).one().phone is None


def test_calls_that_a_dead_application_left_open_are_closed_and_their_drafts_kept(store: Store, now: datetime) -> None:
    first = opened(store, now)
    leave_a_form_open(store, first.conversation_id, now)
    ended = opened(store, now, "b", None)
    calls.end_call(store, ended.id, "caller", now)
    assert calls.close_open_calls(store, now) == 1
    with store.reading() as unit:
        row = unit.session.get(Call, first.id)
        assert row is not None
        assert (row.ended, row.cause) == (now, "app_restarted")
    assert opened(store, now, "c").draft


def test_an_application_that_starts_beside_others_closes_its_own_calls_only(store: Store, now: datetime) -> None:
    for name, server, began in (
        ("of before", "host:8001", now),
        ("of the other", "host:8002", now),
        ("of one that is no more", "host:8003", now - timedelta(hours=5)),
    ):
        calls.open_call(
            store, provider="asterisk", provider_call=name, direction="in", caller=None, now=began, server=server
        )
    assert calls.close_open_calls(store, now, "host:8001") == 2
    assert calls.open_calls(store) == 1
    assert calls.close_open_calls(store, now) == 1, "who is alone closes all"
