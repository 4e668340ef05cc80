"""Real calls about what the plan promises: each topic is brought to its end by voice, and stands in the database then.

The calls are made beside each other, as they come to a street office; each test waits for its own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.services.bookings import bookings, waiting_list
from bot.services.bookings.bookings import BookingRequest
from bot.services.guides import progress
from bot.services.kernel import tasks
from bot.store.bookings.tables import Booking as BookingRow
from bot.store.cases.tables import Case
from bot.store.conversations.tables import Rating
from bot.store.jobs.tables import JobApplication
from bot.store.mandates.tables import Mandate
from bot.store.points.tables import Redemption, Volunteer
from bot.store.profiles.tables import Profile
from bot.store.proposals.tables import Proposal, ProposalSupport
from bot.store.unmet.tables import UnmetWish
from evaluation.telephone.softphone import Softphone
from tests.telephone.conftest import NUMBERS, Office
from tests.telephone.speech import clues
from tests.telephone.topic_scripts import (
    AT_ONCE,
    DAUGHTER,
    EXAMPLE,
    GREETING_BEGUN,
    Caller,
    asking,
    complaining,
    family,
    known_once,
    learning,
    mandate,
    package,
    proposals,
    taking_part,
    volunteering,
    work,
)

pytestmark = pytest.mark.telephone
CALLS = (
    package,
    mandate,
    known_once,
    family,
    proposals,
    volunteering,
    taking_part,
    work,
    asking,
    complaining,
    learning,
)
"""The longest first."""


@pytest.fixture(scope="module")
def made(office: Office) -> Iterator[Callable[[Callable[[Caller], None]], tuple[Caller, str]]]:
    """The caller whose call this was, and what they heard."""

    def call(script: Callable[[Caller], None], number: str) -> Caller:
        with Softphone(number, office.folder) as phone:
            caller = Caller(office, phone)
            phone.call(office.address)
            phone.hear_speech(GREETING_BEGUN)
            script(caller)
            if not phone.ended:
                phone.hang_up()
            return caller

    with ThreadPoolExecutor(AT_ONCE) as line:
        placed: dict[str, Future[Caller]] = {
            script.__name__: line.submit(call, script, next(NUMBERS)) for script in CALLS
        }

        def ended(script: Callable[[Caller], None]) -> tuple[Caller, str]:
            caller = placed[script.__name__].result()
            return caller, office.heard_by(caller.phone)

        yield ended


Made = Callable[[Callable[[Caller], None]], tuple[Caller, str]]


def test_three_services_for_a_mother_are_booked_together_after_one_is_corrected(made: Made) -> None:
    caller, heard = made(package)
    every = bookings.of_conversation(caller.office.store, caller.conversation)
    assert [(one.service, one.state, one.name) for one in every] == [
        (service, "confirmed", "王秀英") for service in ("meal", "bathing", "medical_escort")
    ]
    assert [one.day.weekday() for one in every][1:] == [3, 2]  # Thursday, as it was corrected, and Wednesday
    assert len({one.number for one in every}) == 3
    assert {one.beneficiary for one in every} == {"我妈"}
    assert clues(heard, "预约号", "约好了"), heard


def test_a_mother_gives_a_mandate_and_her_daughter_orders_a_meal_with_its_code(made: Made) -> None:
    caller, heard = made(mandate)
    (given,) = caller.of_this_call(Mandate)
    assert (given.phone, given.proven, given.state) == (caller.phone.number, True, "active")
    booked = bookings.of_conversation(caller.office.store, caller.office.call_of(DAUGHTER).conversation_id)
    assert [(one.service, one.state, one.phone_tail) for one in booked] == [
        ("meal", "confirmed", caller.phone.number[-4:])
    ]
    assert clues(heard, "授权", "六位", "码"), heard


def test_who_is_known_once_books_a_series_and_what_there_is_not_is_counted(made: Made) -> None:
    caller, heard = made(known_once)
    (kept,) = caller.of_this_call(Profile)
    assert kept.name == "王秀英"
    assert "拐" in (kept.needs or "")
    series = bookings.of_conversation(caller.office.store, caller.conversation)
    assert [(one.service, one.state, one.name, f"{one.starts:%H:%M}") for one in series] == [
        ("meal", "confirmed", "王秀英", "17:00")
    ] * 2
    assert {one.day.weekday() for one in series} == {2}
    wishes = [row for row in caller.office.rows(UnmetWish) if not row.example]
    assert ("no_place", "bathing", "老街社区") in {(row.kind, row.about, row.community) for row in wishes}
    assert clues(heard, "记好了", "老街", "晚上", "每周三"), heard


def test_a_proposal_is_submitted_another_supported_and_the_own_followed(made: Made) -> None:
    caller, heard = made(proposals)
    (proposal,) = caller.of_this_call(Proposal)
    assert "亭" in proposal.text, proposal.text
    assert proposal.phone == caller.phone.number
    (support,) = caller.of_this_call(ProposalSupport)
    supported = next(row for row in caller.office.rows(Proposal) if row.id == support.proposal_id)
    assert (supported.number, support.proven) == (EXAMPLE, True)
    assert caller.office.turns_of(caller.phone.number)[-1].goal == "check_proposal"
    assert clues(heard, "提案", "公开"), heard


def test_a_volunteer_signs_up_hears_the_points_and_redeems_them(made: Made) -> None:
    caller, heard = made(volunteering)
    (volunteer,) = caller.of_this_call(Volunteer)
    assert (volunteer.name, volunteer.phone) == ("王秀英", caller.phone.number)
    (redeemed,) = [row for row in caller.office.rows(Redemption) if row.volunteer_id == volunteer.id]
    assert redeemed.reward_id == "rice"
    assert clues(heard, "积分", "一百二十", "大米"), heard


def test_the_council_and_the_planners_are_joined(made: Made) -> None:
    caller, heard = made(taking_part)
    every = bookings.of_conversation(caller.office.store, caller.conversation)
    assert [(one.service, one.state) for one in every] == [("council", "confirmed"), ("planner", "confirmed")]
    assert clues(heard, "议事会", "规划"), heard


def test_a_complaint_about_a_clerk_is_one_about_staff(made: Made) -> None:
    caller, heard = made(complaining)
    (case,) = caller.of_this_call(Case)
    assert (case.category, case.phone) == ("staff_conduct", caller.phone.number)
    assert clues(heard, "投诉", "登记"), heard


def test_a_training_is_enrolled_for(made: Made) -> None:
    caller, heard = made(learning)
    (booking,) = bookings.of_conversation(caller.office.store, caller.conversation)
    assert (booking.service, booking.state, booking.phone_tail) == (
        "job_training",
        "confirmed",
        caller.phone.number[-4:],
    )
    assert clues(heard, "培训", "预约号"), heard


def test_a_child_is_enrolled_and_sports_are_booked_after_asking_for_grid_worker_and_hall(made: Made) -> None:
    caller, heard = made(family)
    found = {one.service: one for one in bookings.of_conversation(caller.office.store, caller.conversation)}
    assert {service: one.state for service, one in found.items()} == {"after_school": "confirmed", "venue": "confirmed"}
    assert found["after_school"].offering_id == "after-school-xinjie"
    assert clues(heard, "网格"), heard
    assert clues(heard, "服务", "大厅"), heard
    notes = [row.note for row in caller.of_this_call(BookingRow) if row.note]
    assert any("奶奶" in note for note in notes), notes


def test_work_is_found_and_applied_for(made: Made) -> None:
    caller, heard = made(work)
    (application,) = caller.of_this_call(JobApplication)
    assert (application.name, application.phone) == ("王秀英", caller.phone.number)
    assert "焊" in application.title
    assert clues(heard, "包吃住", "焊工", "机械"), heard


def test_a_department_the_bus_and_the_steps_of_a_guide_are_told(made: Made) -> None:
    caller, heard = made(asking)
    kept = progress.kept(caller.office.store, caller.conversation)
    assert kept is not None
    assert (kept.guide, kept.case, kept.step) == ("school_entry", {"household": "away", "stage": "primary"}, 1)
    assert clues(heard, "公共", "服务部"), heard
    assert clues(heard, "老旧小区", "没有写"), heard
    assert clues(heard, "第二步", "哪所学校"), heard


def test_a_service_that_is_over_is_rated_by_key_when_we_call(office: Office) -> None:
    number, day = next(NUMBERS), office.now().date() + timedelta(days=1)
    request = BookingRequest(
        offering_id="meal-dongfeng", day=day, starts=office.now().time().replace(11, 0, 0, 0), party=1, name="王秀英",
        phone=number, address=None, beneficiary=None, note=None, conversation_id=f"over-{number}",
        client_message_id="m", language="zh", channel="phone",
    )  # fmt: skip
    booking = bookings.book(office.store, request, office.now())
    over = office.now() + timedelta(days=2)
    waiting_list.close_booking(office.store, tasks.Task(0, "booking_done", over, {"number": booking.number}, 1), over)
    about = {"kind": "served", "number": booking.number, "tried": 0}
    with office.store.unit() as unit:
        tasks.schedule(unit, "call_resident", office.now(), about, once=f"now {booking.number}")
        unit.commit()
    office.wait_for_call(number)
    office.hear_why_we_call(number)
    office.provider.press("5")

    def rated() -> list[int]:
        return [row.score for row in office.rows(Rating) if row.number == booking.number]

    office.wait_for(number, rated)
    office.wait_for(number, lambda: office.call_of(number).cause == "assistant")
    assert rated() == [5]
    assert office.call_of(number).direction == "out"
