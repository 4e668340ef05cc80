"""Real calls about proposals, points, work, who handles what, and guides: several wishes share a call."""

import pytest

from bot.services.guides import progress
from bot.services.kernel.permissions import Actor
from bot.services.points import points, staff_points
from bot.services.points.points import VolunteerRequest
from bot.store.jobs.tables import JobApplication
from bot.store.proposals.tables import Proposal
from evaluation.telephone.softphone import Softphone
from tests.telephone.conftest import Office
from tests.telephone.speech import clues

pytestmark = pytest.mark.telephone
GREETING_BEGUN = 2.0
"""Seconds; callers who know us do not wait for the end of it."""
STAFF = Actor("community-1", "community_staff")


def volunteer(office: Office, phone: str, hours: float) -> str:
    now = office.now()
    request = VolunteerRequest("王秀英", phone, "送餐", "周末", f"talk-{phone}", "m", "zh", "web")
    number = points.join(office.store, request, now).number
    staff_points.confirm_hours(
        office.store, STAFF, number, hours=hours, day=now.date(), activity="送餐", now=now
    )  # fmt: skip
    return number


def test_a_proposal_is_submitted_and_points_are_told(office: Office, caller: Softphone) -> None:
    number = volunteer(office, caller.number, 8)
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "suggest", form="submit_proposal", awaiting="description")
    office.say(caller, "pavilion", form="submit_proposal", awaiting="phone")
    office.say(caller, "you_may", form="submit_proposal", awaiting="confirmation")
    office.say(caller, "confirm", form=None, awaiting=None)
    office.say(caller, "my_points", form="find_record", awaiting="number")
    caller.press(f"{number}#")
    office.wait_for(caller.number, lambda: office.turns_of(caller.number)[-1].awaiting == "tail")
    caller.press(f"{caller.number[-4:]}#")
    office.wait_for(caller.number, lambda: office.turns_of(caller.number)[-1].goal == "check_points")
    office.hear_out(caller.number)
    caller.hang_up()
    conversation = office.call_of(caller.number).conversation_id
    (proposal,) = [row for row in office.rows(Proposal) if row.conversation_id == conversation]
    assert "亭" in proposal.text, proposal.text
    assert proposal.phone == caller.number
    heard = office.heard_by(caller)
    assert clues(heard, "提案", "公开"), heard
    assert clues(heard, "八十", "积分"), heard


def test_work_is_found_and_applied_for_and_then_a_department_a_guide_and_the_bus(
    office: Office, caller: Softphone
) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "welder", form=None, awaiting=None)
    office.hear_out(caller.number)
    office.press(caller, "1")
    office.wait_for(caller.number, lambda: office.turns_of(caller.number)[-1].awaiting == "wants")
    office.say(caller, "you_may", form="apply_job", awaiting="name")
    office.say(caller, "my_name", form="apply_job", awaiting="phone")
    office.say(caller, "you_may", form="apply_job", awaiting="confirmation")
    office.say(caller, "confirm", form=None, awaiting=None)
    office.say(caller, "who_handles", form=None, awaiting=None)
    office.hear_out(caller.number)
    office.say(caller, "bus_laojie", form=None, awaiting=None)
    office.hear_out(caller.number)
    office.say(caller, "school", form="guide", awaiting="question")
    office.say(caller, "from_away", form="guide", awaiting="question")
    office.say(caller, "primary", form="guide", awaiting="step")
    office.say(caller, "next_step", form="guide", awaiting="step")
    office.hear_out(caller.number)
    caller.hang_up()
    conversation = office.call_of(caller.number).conversation_id
    (application,) = [row for row in office.rows(JobApplication) if row.conversation_id == conversation]
    assert (application.name, application.phone) == ("王秀英", caller.number)
    assert "焊" in application.title
    kept = progress.kept(office.store, conversation)
    assert kept is not None
    assert (kept.guide, kept.case, kept.step) == ("school_entry", {"household": "away", "stage": "primary"}, 1)
    heard = office.heard_by(caller)
    assert clues(heard, "包吃住", "焊工", "机械"), heard
    assert clues(heard, "公共", "服务部"), heard
    assert clues(heard, "老街", "停靠"), heard
    assert clues(heard, "居住证", "第一步"), heard
