"""Staff see who may act for whom, masked, and end a mandate with a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Powers, Request
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[[str], StaffClient]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


@pytest.fixture
def number(store: Store) -> str:
    now = wiring.now()
    gives = Request(
        phone="13812345678", helper=SCRIPT, powers=Powers.ALL, ends=now.date() + timedelta(days=30),
        conversation_id="mother", client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    _, code = mandates.give(store, gives, now)
    takes = replace(gives, helper="王小明", helper_phone="13787654321", conversation_id="son", relation="我妈")
    return mandates.take_up(store, takes, code, now).number


def test_nobody_is_named_and_no_script_runs(a: Ask, number: str) -> None:
    staff = a("community_staff")
    shown = staff.get("/staff/mandates").text + staff.get(f"/staff/mandates/{number}").text
    assert "138****5678" in shown
    for hidden in ("13812345678", "13787654321", "王小明", SCRIPT):
        assert hidden not in shown


def test_a_mandate_is_ended_with_a_reason_that_the_audit_keeps(store: Store, a: Ask, number: str) -> None:
    staff = a("dispatcher")
    assert staff.post(f"/staff/mandates/{number}/end", {"reason": " "}).status_code == 422
    assert mandates.get(store, number, wiring.now()).state == "active"
    assert staff.post(f"/staff/mandates/{number}/end", {"reason": "本人来电要求停止"}).status_code == 303
    assert mandates.get(store, number, wiring.now()).state == "ended"
    assert "mandate.ended" in [entry.action for entry in audit.found(store, AuditFilter(subject=number))]


def test_another_number_is_no_way_in(a: Ask, number: str) -> None:
    staff = a("dispatcher")
    assert staff.get("/staff/mandates/50000000").status_code == 404
    assert staff.post("/staff/mandates/50000000/end", {"reason": "本人来电要求停止"}).status_code == 404
    for role in ("grid_worker", "editor", "auditor", "admin"):
        assert a(role).get(f"/staff/mandates/{number}").status_code == 403
