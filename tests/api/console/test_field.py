"""The grid worker's page over HTTP: tasks, deeds with a picture, words heard; and who may."""

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.store.store import Store
from tests.staff import EVERY_ROLE, StaffClient, enter

pytestmark = pytest.mark.api
MAY = {"grid_worker", "community_staff", "dispatcher"}


def a(client: TestClient, store: Store, role: str) -> StaffClient:
    return StaffClient(client, enter(store, role, wiring.now()))


def deed(staff: StaffClient, **fields: str) -> int:
    headers = {"X-CSRF-Token": staff.signed.csrf}
    return int(staff.request("POST", "/api/v1/staff/field/deeds", data=fields, headers=headers).status_code)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_only_those_who_work_on_cases_open_it(client: TestClient, store: Store, role: str) -> None:
    staff, wanted = a(client, store, role), 200 if role in MAY else 403
    assert staff.get("/staff/field").status_code == wanted
    assert staff.get("/api/v1/staff/field/tasks").status_code == wanted


def test_the_page_holds_nothing_of_anybody_and_may_ask_for_the_position(client: TestClient, store: Store) -> None:
    staff = a(client, store, "grid_worker")
    answer = staff.get("/staff/field?lang=zh")
    assert staff.signed.csrf not in answer.text
    assert staff.signed.name not in answer.text
    assert "geolocation=(self)" in answer.headers["permissions-policy"]
    assert "geolocation=()" in client.get("/kiosk").headers["permissions-policy"]


def test_a_deed_is_taken_once_and_needs_a_session(client: TestClient, store: Store) -> None:
    staff = a(client, store, "grid_worker")
    told = {"mark": "m-1", "deed": "report", "category": "noise", "place": "金山路", "words": "有人半夜施工"}
    assert deed(staff, **told) == deed(staff, **told) == 200
    cases = a(client, store, "dispatcher").get("/api/v1/staff/cases").json()
    assert cases["total"] == 1
    assert deed(staff, **(told | {"mark": "m-2", "place": ""})) == 422
    assert deed(staff, mark="m-3", deed="arrived", number="61234567") == 404
    assert deed(staff, mark="m-4", deed="arrived") == 422
    assert client.post("/api/v1/staff/field/deeds", data=told).status_code == 401
