"""Whole calls that we make: a case that is not solved goes on, and a mailbox learns nothing."""

import time
from datetime import timedelta

import pytest

from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import Targets
from bot.store.cases.states import CaseState
from bot.store.cases.tables import Case
from tests.records import advance_case
from tests.telephone.conftest import NUMBERS, Office
from tests.telephone.speech import clues, saying

pytestmark = pytest.mark.telephone


def test_a_case_that_is_not_solved_is_reopened_in_the_call(office: Office) -> None:
    phone = next(NUMBERS)
    request = ComplaintRequest(
        category="public_facility", place="东风社区3栋", text="楼下路灯不亮", anonymous=False, name=None, phone=phone,
        conversation_id=f"lamp-{phone}", client_message_id="m", language="zh", channel="phone",
    )  # fmt: skip
    number = cases.file_case(office.store, request, office.now() - timedelta(hours=3), targets=Targets()).number
    for state, answer in (("dispatched", None), ("handling", None), ("answered", "路灯修好了。")):
        advance_case(office.store, number, state, actor="staff", note=None, answer=answer, now=office.now())

    def says(name: str, awaiting: str) -> None:
        office.hear_out(phone)
        office.provider.play(saying(name))
        office.wait_for(phone, lambda: [turn.awaiting for turn in office.turns_of(phone)][-1:] == [awaiting])

    office.wait_for_call(phone)
    office.hear_why_we_call(phone)
    says("not_solved", "description")
    says("still_dark", "confirmation")
    office.hear_out(phone)
    office.provider.play(saying("confirm"))

    def state() -> str:
        return next(row.state for row in office.rows(Case) if row.number == number)

    office.wait_for(phone, lambda: state() == CaseState.REOPENED)
    office.provider.hang_up()
    assert office.call_of(phone).direction == "out"
    heard = office.heard_beyond_the_trunk()
    assert clues(heard, "解决", "重新办理"), heard


def test_a_mailbox_hears_who_called_and_nothing_of_the_matter(office: Office) -> None:
    phone = next(NUMBERS)
    request = BookingRequest(
        offering_id="meal-dongfeng", day=office.now().date() + timedelta(days=1),
        starts=office.now().time().replace(11, 0, 0, 0), party=1, name="王秀英", phone=phone, address=None,
        beneficiary=None, note=None, conversation_id=f"meal-{phone}", client_message_id="m", language="zh", channel="phone",
    )  # fmt: skip
    booking = bookings.book(office.store, request, office.now())
    about = {"kind": "reminder", "number": booking.number, "tried": 0}
    with office.store.unit() as unit:
        tasks.schedule(unit, "call_resident", office.now(), about, once=f"now {booking.number}")
        unit.commit()
    office.wait_for_call(phone)
    time.sleep(0.5)
    office.provider.play(saying("mailbox"))
    office.wait_for(phone, lambda: office.call_of(phone).cause == "machine")
    assert office.turns_of(phone) == []
    heard = office.heard_beyond_the_trunk()
    assert clues(heard, "街道", "方便", "打个电话"), heard
    assert not clues(heard, "助餐", "明天", "预约", "东风"), heard
