"""Asking for a person leaves a number, and we say honestly whether anyone is there."""

from datetime import datetime, timedelta

import pytest

from bot.services.handover.handover import Handover, on_duty, request_person
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.queries import handovers_of_phone
from bot.store.store import Store

pytestmark = pytest.mark.store

HOURS = "Mon-Fri 08:00-17:30;Sat 09:00-12:00"


def ask(
    store: Store,
    now: datetime,
    message: str = "m1",
    hours: str = HOURS,
    phone: str | None = None,
    reason: str = "asked",
) -> Handover:
    return request_person(
        store, conversation_id="a", reason=reason, phone=phone, client_message_id=message, channel="web",
        language="zh", now=now, hours=hours,
    )  # fmt: skip


def test_a_request_has_a_number_and_is_kept_once(store: Store, now: datetime) -> None:
    first = ask(store, now)
    assert (len(first.number), first.number[0], first.state, first.on_duty) == (8, "8", "open", True)
    assert ask(store, now) == first


def test_a_conversation_has_one_open_request_with_one_number(store: Store, now: datetime) -> None:
    first = ask(store, now)
    again = ask(store, now, "m2")
    assert (again.number, first.joined, again.joined) == (first.number, False, True)
    assert ask(store, now, "m3", reason="find_job").number == first.number
    assert ask(store, now, "m4", reason="submit_proposal").number != first.number
    assert ask(store, now, "m5", reason="erase").joined is False


def test_asking_anew_after_the_request_is_done_makes_another(store: Store, now: datetime) -> None:
    first = ask(store, now)
    with store.unit() as unit:
        row = conversation_queries.handover(unit, first.number)
        assert row is not None
        row.state = "done"
        unit.commit()
    assert ask(store, now, "m2").number != first.number


def test_a_number_given_later_is_added_to_the_record(store: Store, now: datetime) -> None:
    first = ask(store, now)
    assert ask(store, now, "m2", phone="13900101001").number == first.number
    assert ask(store, now, "m3", phone="13900101001").number == first.number
    with store.reading() as unit:
        found = handovers_of_phone(unit, "13900101001")
        assert found[0].number == first.number


def test_unknown_hours_are_said_to_be_unknown(store: Store, now: datetime) -> None:
    assert ask(store, now, hours="").on_duty is None


@pytest.mark.parametrize(
    ("days", "hour", "there"),
    [(0, 8, True), (0, 17, True), (0, 18, False), (5, 9, True), (5, 12, False), (6, 9, False)],
)
def test_hours_of_duty(now: datetime, days: int, hour: int, there: bool) -> None:
    assert on_duty(HOURS, (now + timedelta(days=days)).replace(hour=hour)) is there


def test_a_rule_may_run_over_the_end_of_the_week(now: datetime) -> None:
    assert on_duty("Sat-Mon 08:00-09:00", now) is True
    assert on_duty("Sat-Mon 08:00-09:00", now + timedelta(days=1)) is False


@pytest.mark.parametrize("hours", ["Mon 8-17", "always", "Mon-Fri 17:00-08:00", "Xyz 08:00-09:00", HOURS + ";"])
def test_malformed_hours_are_an_error(now: datetime, hours: str) -> None:
    with pytest.raises(ValueError, match="staff hours"):
        on_duty(hours, now)
