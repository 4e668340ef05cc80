"""Whoever has the code sees their own matters and nobody else's; a code is good once, for its phone, and for a short time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.errors import Locked, NotFound, WrongState
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import outbound_calls
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import Targets
from bot.services.points import points
from bot.services.points.points import VolunteerRequest
from bot.services.proposals import proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.services.visits import matters, visits
from bot.services.visits.calendar import calendar_file
from bot.services.visits.errors import VisitOver, WrongOwnCode
from bot.store.store import Store
from bot.store.visits.tables import OwnVisit

pytestmark = pytest.mark.store
PHONE, OTHER = "13900001234", "13811112222"
TALK = "conversation-a"


@pytest.fixture
def filled(
    store: Store, now: datetime, offer: Callable[..., str], booking_request: Callable[..., BookingRequest],
    complaint: Callable[..., ComplaintRequest],
) -> dict[str, str]:  # fmt: skip
    """Of one phone in two conversations, and one matter of somebody else."""
    return {
        "booking": bookings.book(store, booking_request(offering_id=offer(capacity=9)), now).number,
        "case": cases.file_case(store, complaint(conversation_id="talk-b", client_message_id="m2"), now, targets=Targets()).number,
        "proposal": proposals.submit(store, ProposalRequest("楼道装扶手", PHONE, TALK, "m3", "zh", "web"), now).number,
        "volunteer": points.join(store, VolunteerRequest("测试甲", PHONE, "送餐", "周末", TALK, "m4", "zh", "web"), now).number,
        "other": cases.file_case(
            store, complaint(phone=OTHER, conversation_id="talk-c", client_message_id="m5"), now, targets=Targets()
        ).number,
    }  # fmt: skip


def told_code(store: Store, phone: str, now: datetime) -> str:
    visits.tell_code(store, phone, "zh", now)
    task = tasks.claim(store, "w", now, timedelta(minutes=1), kinds=["call_resident"])
    assert task is not None
    call = outbound_calls.find_call(store, f"{task.payload['kind']} {task.payload['number']}", now)
    assert call is not None
    assert call.phone == phone
    with store.reading() as unit:
        row = unit.session.get(OwnVisit, int(task.payload["number"]))
        assert row is not None
        assert row.code
        return row.code


def kinds(store: Store, token: str, now: datetime) -> set[str]:
    return {one.kind for one in matters.of_visit(store, token, "zh", now)}


def test_a_code_told_by_a_call_opens_all_of_that_phone_and_of_no_other(
    store: Store, now: datetime, filled: dict[str, str]
) -> None:
    code = told_code(store, PHONE, now)
    token = visits.open_by_code(store, "139-0000-1234", code, asker="a", now=now)
    found = {one.number for one in matters.of_visit(store, token, "zh", now)}
    assert found == {number for kind, number in filled.items() if kind != "other"}
    with pytest.raises(NotFound):
        matters.one_of(store, token, filled["other"], "zh", now)


def test_a_code_shown_on_a_device_opens_what_was_told_there_with_that_phone(
    store: Store, now: datetime, filled: dict[str, str]
) -> None:
    code = visits.show_code(store, TALK, "zh", now)
    with pytest.raises(WrongOwnCode):
        visits.open_by_code(store, OTHER, code, asker="a", now=now)
    token = visits.open_by_code(store, PHONE, code, asker="a", now=now)
    assert kinds(store, token, now) == {"booking", "proposal", "volunteer"}
    assert kinds(store, visits.open_here(store, "talk-b", "zh", now), now) == {"case"}
    assert kinds(store, visits.open_here(store, "nobody", "zh", now), now) == set()


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(store: Store, now: datetime, filled: dict[str, str]) -> None:
    code = visits.show_code(store, TALK, "zh", now)
    later = now + timedelta(minutes=visits.CODE_MINUTES)
    with pytest.raises(WrongOwnCode):
        visits.open_by_code(store, PHONE, code, asker="a", now=later)
    visits.open_by_code(store, PHONE, code, asker="a", now=now)
    with pytest.raises(WrongOwnCode):
        visits.open_by_code(store, PHONE, code, asker="a", now=now)
    old, new = (visits.show_code(store, TALK, "zh", now, random=Random(seed)) for seed in (1, 2))
    with pytest.raises(WrongOwnCode):
        visits.open_by_code(store, PHONE, old, asker="a", now=now)
    visits.open_by_code(store, PHONE, new, asker="a", now=now)


def test_whoever_guesses_is_locked_out_and_the_right_code_helps_no_more(
    store: Store, now: datetime, filled: dict[str, str]
) -> None:
    code = visits.show_code(store, TALK, "zh", now)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(WrongOwnCode):
            visits.open_by_code(store, PHONE, wrong, asker="a", now=now)
    with pytest.raises(Locked):
        visits.open_by_code(store, PHONE, code, asker="b", now=now)


def test_nobody_without_matters_is_called_and_nobody_is_pestered(
    store: Store, now: datetime, filled: dict[str, str]
) -> None:
    visits.tell_code(store, "13700000000", "zh", now)
    for minute in range(5):
        visits.tell_code(store, PHONE, "zh", now + timedelta(minutes=minute))
    later, calls = now + timedelta(minutes=9), 0
    while tasks.claim(store, "w", later, timedelta(minutes=1), kinds=["call_resident"]):
        calls += 1
    assert calls == visits.MOST_CALLS_A_DAY


def test_a_visit_ends_by_itself_and_when_it_is_closed(store: Store, now: datetime) -> None:
    token = visits.open_here(store, TALK, "zh", now)
    with pytest.raises(VisitOver):
        matters.of_visit(store, token, "zh", now + timedelta(minutes=visits.VISIT_MINUTES))
    visits.close(store, token, now)
    visits.close(store, token, now)
    with pytest.raises(VisitOver):
        matters.of_visit(store, token, "zh", now)


def test_a_case_tells_its_steps_without_what_staff_noted(store: Store, now: datetime, filled: dict[str, str]) -> None:
    token = visits.open_here(store, "talk-b", "en", now)
    cases.chase(store, filled["case"], now)
    [case] = matters.of_visit(store, token, "en", now)
    assert [step.words for step in case.steps] == ["You filed it", "You asked to hurry"]
    assert case.may == {"chase", "add"}
    assert case.is_open


def test_a_booking_goes_into_a_calendar_with_its_time_and_place(
    store: Store, now: datetime, filled: dict[str, str]
) -> None:
    found = matters.of_visit(store, visits.open_here(store, TALK, "zh", now), "zh", now)
    booking = next(one for one in found if one.kind == "booking")
    file = calendar_file(booking, "zh", now).decode()
    for piece in (f"UID:{booking.number}@linyu", "DTSTART;TZID=Asia/Shanghai:20261124T110000", "TRIGGER:-PT2H"):
        assert piece in file
    assert calendar_file(booking, "zh", now) == calendar_file(booking, "zh", now)
    with pytest.raises(WrongState):
        calendar_file(next(one for one in found if one.kind == "proposal"), "zh", now)
