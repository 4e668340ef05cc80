"""Staff confirm hours, hand out rewards by code, and keep the stock."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.points import points, rewards
from bot.services.points.points import VolunteerRequest
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
    rewards.load(store, wiring.now())
    request = VolunteerRequest("王小明", "13812345678", f"{SCRIPT}送餐", "周六上午", "talk", "m", "zh", "web")
    return points.join(store, request, wiring.now()).number


def form(**changes: str) -> dict[str, str]:
    return {"hours": "2.5", "day": wiring.now().date().isoformat(), "activity": "清洁家园", **changes}


def test_hours_become_points_once_and_nobody_is_named(store: Store, a: Ask, number: str) -> None:
    staff = a("community_staff")
    shown = staff.get(f"/staff/points/{number}").text + staff.get("/staff/points").text
    for hidden in ("13812345678", "王小明", SCRIPT):
        assert hidden not in shown
    assert staff.post(f"/staff/points/{number}/hours", form()).status_code == 303
    assert staff.post(f"/staff/points/{number}/hours", form()).status_code == 422
    for wrong in ("-3", "0", "99", "nan", "viel"):
        answer = staff.post(f"/staff/points/{number}/hours", form(hours=wrong, activity="巡逻"))
        assert answer.status_code == 422
        assert "一天最多12小时" in answer.text
    assert points.get(store, number).balance == 25


def test_a_reward_is_handed_out_once_by_its_code(store: Store, a: Ask, number: str) -> None:
    staff = a("dispatcher")
    staff.post(f"/staff/points/{number}/hours", form(hours="4"))
    made = points.redeem(
        store, number, "soap", conversation_id="talk", client_message_id="r", now=wiring.now()
    )  # fmt: skip
    assert staff.post("/staff/points/hand-out", {"code": made.code}).status_code == 303
    again = staff.post("/staff/points/hand-out", {"code": made.code})
    assert again.status_code == 422
    assert "已经用过或撤销" in again.text
    assert staff.post("/staff/points/hand-out", {"code": "x"}).status_code == 422


def test_only_the_dispatcher_changes_the_stock(store: Store, a: Ask, number: str) -> None:
    assert a("community_staff").post("/staff/points/stock", {"reward": "soap", "stock": "5"}).status_code == 403
    street = a("dispatcher")
    assert street.post("/staff/points/stock", {"reward": "soap", "stock": "5"}).status_code == 303
    assert street.post("/staff/points/stock", {"reward": "soap", "stock": "-5"}).status_code == 422
    assert next(one.stock for one in points.rewards(store) if one.id == "soap") == 5


def test_the_list_leaves_masked_as_a_file(a: Ask, number: str) -> None:
    exported = a("dispatcher").get("/staff/points?export=csv").text
    assert number in exported
    assert "13812345678" not in exported
    assert a("editor").get("/staff/points").status_code == 403
