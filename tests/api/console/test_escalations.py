"""A case that misses its target is told to somebody, who says that they take care of it; the audit keeps both."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases, escalation
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import staff_accounts
from bot.store.cases.tables import Case
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
LIST = "/api/v1/staff/escalations"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    """Someone with this role, signed in."""
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def late_case(store: Store, talk: str = "talk") -> str:
    """A case that nobody answered in time, and that escalated by itself."""
    request = ComplaintRequest(
        category="public_facility", place="东风社区3栋门口", text="路灯坏了", anonymous=False, name="王小明",
        phone="13812345678", conversation_id=talk, client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    number = cases.file_case(store, request, wiring.now() - timedelta(hours=30), targets=Targets()).number
    task = tasks.Task(1, "case_response_due", wiring.now(), {"number": number}, 1)
    escalation.escalate_if_not_answered(store, task, wiring.now())
    return number


def test_an_escalation_is_on_the_home_page_and_in_the_menu_of_the_dispatcher(store: Store, a: Ask) -> None:
    boss = a("dispatcher")
    assert '<span class="count">1<' not in boss.get("/staff").text
    number = late_case(store)
    home = boss.get("/staff").text
    assert number in home
    assert '<span class="count">1</span>' in home
    assert '<span class="count">1</span>' in boss.get("/staff/cases").text
    assert number in boss.get("/staff/escalations").text
    [told] = boss.get(LIST).json()["escalations"]
    assert (told["number"], told["target"], told["role"], told["acknowledged_by"]) == (
        number, "response", "dispatcher", None,
    )  # fmt: skip


def test_the_case_says_to_whom_it_was_escalated(store: Store, a: Ask) -> None:
    number = late_case(store)
    assert "已上报街道调度员，还没有人跟进" in a("community_staff").get(f"/staff/cases/{number}").text
    boss = a("dispatcher", name="陈调度")
    [told] = boss.get(LIST).json()["escalations"]
    boss.send(f"{LIST}/{told['id']}/acknowledge")
    assert "陈调度已跟进" in a("community_staff").get(f"/staff/cases/{number}").text


def test_a_person_acknowledges_it_once_and_the_audit_keeps_who(store: Store, a: Ask) -> None:
    number, boss, other = late_case(store), a("dispatcher"), a("dispatcher")
    [told] = boss.get(LIST).json()["escalations"]
    assert boss.post(f"/staff/escalations/{told['id']}").status_code == 303
    assert other.send(f"{LIST}/{told['id']}/acknowledge").status_code == 409
    assert other.get(LIST).json()["escalations"] == []
    assert '<span class="count">1<' not in other.get("/staff").text
    assert number in other.get("/staff/escalations").text  # among those that somebody takes care of
    made, taken = audit.found(store, AuditFilter(subject=number))
    assert (made.action, made.actor, made.details["to"]) == ("case.escalate", "system", "dispatcher")
    assert (taken.action, taken.actor) == ("case.acknowledge", boss.signed.actor.id)


def test_each_missed_target_is_told_once(store: Store, a: Ask) -> None:
    number, boss = late_case(store), a("dispatcher")
    later = wiring.now() + timedelta(days=4)
    for kind, work in (
        ("case_response_due", escalation.escalate_if_not_answered),
        ("case_settlement_due", escalation.escalate_if_not_settled),
        ("case_settlement_due", escalation.escalate_if_not_settled),
    ):
        work(store, tasks.Task(1, kind, later, {"number": number}, 1), later)
    assert [one["target"] for one in boss.get(LIST).json()["escalations"]] == ["response", "settlement"]


def test_other_roles_neither_see_nor_acknowledge_it(store: Store, a: Ask) -> None:
    late_case(store)
    [told] = a("dispatcher").get(LIST).json()["escalations"]
    for role in ("grid_worker", "community_staff", "editor", "auditor"):
        assert a(role).get(LIST).status_code == 403, role
        assert a(role).post(f"/staff/escalations/{told['id']}").status_code == 403, role
    admin = a("admin")
    assert admin.get(LIST).json()["escalations"] == []
    assert admin.send(f"{LIST}/{told['id']}/acknowledge").status_code == 404
    assert a("dispatcher").send(f"{LIST}/9999/acknowledge").status_code == 404


def test_where_no_dispatcher_can_sign_in_it_reaches_the_administrator(store: Store, a: Ask) -> None:
    number, admin, boss = late_case(store), a("admin"), a("dispatcher")
    assert admin.get(LIST).json()["escalations"] == []
    staff_accounts.disable(store, OPERATOR, boss.signed.actor.id, wiring.now())
    [told] = admin.get(LIST).json()["escalations"]
    assert told["number"] == number
    home = admin.get("/staff").text
    assert number in home
    assert "没有能登录的街道调度员" in home
    assert admin.send(f"{LIST}/{told['id']}/acknowledge").status_code == 200


def test_it_goes_with_its_case(store: Store, a: Ask) -> None:
    late_case(store)
    with store.unit() as unit:
        unit.delete(unit.session.query(Case).one())
        unit.commit()
    assert a("dispatcher").get(LIST).json()["escalations"] == []
