"""The privacy page, and a resident's data given out or erased by an administrator, with a reason, in the audit."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.jobs.worker import run_due
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.topics import DueRules, due_handlers
from bot.services.residents import privacy
from bot.store.rotation import values_of_each_key
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

PHONE = "13900001234"
ASKED = {"phone": "139 0000 1234", "reason": "本人到大厅申请"}


@pytest.fixture
def entered(client: TestClient, store: Store) -> Callable[[str], StaffClient]:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


@pytest.fixture(autouse=True)
def _case(store: Store) -> None:
    request = ComplaintRequest(
        category="noise", place="东风社区测试路", text="太吵", anonymous=False, name="测试甲", phone=PHONE,
        conversation_id="c", client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    cases.file_case(store, request, wiring.now(), targets=Targets())


def test_the_page_shows_keys_times_and_the_last_deletion(entered: Callable[[str], StaffClient], store: Store) -> None:
    auditor = entered("auditor")
    shown = auditor.get("/staff/privacy").text
    assert store.keys.names[0] in shown
    assert "LINYU_CASE_DAYS" in shown
    assert "1095天" in shown
    assert "/staff/privacy/resident" not in shown
    told = auditor.get("/api/v1/staff/privacy").json()
    assert told["keys"] == [{"name": store.keys.names[0], "newest": True, "since": None}]
    assert {"kind": "audit", "days": None, "setting": ""} in told["rules"]


def test_the_values_of_each_key_are_counted_by_the_worker_and_not_by_a_request(
    entered: Callable[[str], StaffClient], store: Store
) -> None:
    auditor = entered("auditor")
    for _ in range(3):
        assert auditor.post("/staff/privacy/count").status_code == 303
    assert "加密的数据（项）" not in auditor.get("/staff/privacy").text
    done = run_due(store, "worker", wiring.now, due_handlers(DueRules(wiring.keep(), 12)))
    assert done in (1, 2), "asking again within a minute asks nothing more"
    counted = privacy.overview(store).counted
    assert counted
    assert counted.values == values_of_each_key(store)
    assert f">{counted.values[store.keys.names[0]]}<" in auditor.get("/staff/privacy").text


def test_an_administrator_gives_out_and_erases_with_a_reason(
    entered: Callable[[str], StaffClient], store: Store
) -> None:
    admin = entered("admin")
    given = admin.post("/staff/privacy/resident/export", ASKED)
    assert given.json()["cases"][0]["name"] == "测试甲"
    assert "attachment" in given.headers["content-disposition"]
    assert admin.post("/staff/privacy/resident/erase", {**ASKED, "sure": "yes"}).status_code == 303
    assert admin.send("/api/v1/staff/privacy/resident/export", ASKED).json()["cases"] == []
    entries = list(audit.found(store, AuditFilter(action="resident")))
    assert [(entry.action, entry.reason) for entry in entries] == [
        ("resident.export", ASKED["reason"]), ("resident.erase", ASKED["reason"]), ("resident.export", ASKED["reason"]),
    ]  # fmt: skip
    assert {entry.subject_id for entry in entries} == {entries[0].subject_id}
    assert PHONE not in entries[0].subject_id
    assert entries[1].details["cases"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {**ASKED, "phone": ""},
        {**ASKED, "phone": "电话"},
        {**ASKED, "reason": " "},
        {**ASKED, "reason": "x" * 501},
        ASKED,
    ],
)
def test_without_number_reason_or_tick_nothing_is_erased(
    entered: Callable[[str], StaffClient], store: Store, wrong: dict[str, str]
) -> None:
    assert entered("admin").post("/staff/privacy/resident/erase", wrong).status_code == 422
    assert list(audit.found(store, AuditFilter(action="resident"))) == []


def test_nobody_else_may(entered: Callable[[str], StaffClient]) -> None:
    for role in ("auditor", "dispatcher", "community_staff"):
        assert entered(role).post("/staff/privacy/resident/export", ASKED).status_code == 403
        assert entered(role).send("/api/v1/staff/privacy/resident/erase", ASKED).status_code == 403


def test_what_there_is_is_shown_before_the_red_button(entered: Callable[[str], StaffClient]) -> None:
    admin = entered("admin")
    assert 'class="danger"' not in admin.get("/staff/privacy/resident").text
    shown = admin.post("/staff/privacy/resident/find", ASKED).text
    assert "1件工单" in shown
    assert 'class="danger"' in shown


def test_nothing_is_said_to_be_erased_where_nothing_was_found(
    entered: Callable[[str], StaffClient], store: Store
) -> None:
    admin, nobodys = entered("admin"), {**ASKED, "phone": "13999990000"}
    for path, sent in (("find", nobodys), ("erase", {**nobodys, "sure": "yes"})):
        answer = admin.post(f"/staff/privacy/resident/{path}", sent)
        assert answer.status_code == 422
        assert "没有找到" in answer.text
    assert not [one for one in audit.found(store, AuditFilter(action="resident")) if one.action == "resident.erase"]
