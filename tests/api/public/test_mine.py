"""My matters over HTTP: seen and changed by whose they are, from this device or another; clear answers to wrong codes."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.bookings import bookings, offerings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.settings import ROOT
from bot.store.store import Store
from tests.api.conftest import Conversation

pytestmark = pytest.mark.api
PHONE = "13900001234"
ZH = {"Accept-Language": "zh-CN"}


@pytest.fixture
def talk(client: TestClient, store: Store) -> Conversation:
    """A conversation that has booked a meal and filed a case."""
    talk = Conversation(client)
    now, talk_id = wiring.now(), talk.opened["conversation_id"]
    offerings.load_demo(store, ROOT / "data" / "policy" / "offerings.csv")
    day = now.date() + timedelta(days=1 if now.weekday() < 4 else 7 - now.weekday())
    free = bookings.availability(store, "meal-dongfeng", day, at=None, part=None, party=1, now=now)
    window = free.windows[0]
    request = BookingRequest(
        "meal-dongfeng", day, window.starts, 1, "测试甲", PHONE, "测试路一号", None, None, talk_id, "m1", "zh", "web"
    )
    bookings.book(store, request, now)
    complaint = ComplaintRequest("noise", "东风社区", "夜里吵", False, "测试甲", PHONE, talk_id, "m2", "zh", "web")
    cases.file_case(store, complaint, now, targets=Targets())
    return talk


def visit(client: TestClient, talk: Conversation) -> dict[str, str]:
    opened = client.post(f"{talk.path}/visit", headers=talk.headers)
    assert opened.status_code == 201
    return {"Authorization": f"Bearer {opened.json()['token']}", **ZH}


def listed(client: TestClient, headers: dict[str, str]) -> dict[str, Any]:
    answer = client.get("/api/v1/mine", headers=headers)
    assert answer.status_code == 200
    return {one["kind"]: one for one in answer.json()["matters"]}


def act(client: TestClient, headers: dict[str, str], number: str, what: str, words: str = "") -> Any:
    body = {"number": number, "act": what, "words": words, "client_message_id": f"{what}-1"}
    return client.post("/api/v1/mine/act", json=body, headers=headers)


def test_the_device_that_told_them_sees_them_and_another_one_with_a_code(
    client: TestClient, talk: Conversation
) -> None:
    assert set(listed(client, visit(client, talk))) == {"booking", "case"}
    code = client.post(f"{talk.path}/code", headers=talk.headers).json()["code"]
    opened = client.post("/api/v1/mine/open", json={"phone": "139 0000 1234", "code": code})
    assert opened.status_code == 201
    assert set(listed(client, {"Authorization": f"Bearer {opened.json()['token']}"})) == {"booking", "case"}


def test_nothing_is_shown_to_another_conversation_or_without_a_visit(client: TestClient, talk: Conversation) -> None:
    other = Conversation(client)
    assert listed(client, visit(client, other)) == {}
    booking = listed(client, visit(client, talk))["booking"]["number"]
    assert act(client, visit(client, other), booking, "cancel").status_code == 404
    for headers in ({}, {"Authorization": "Bearer nothing"}):
        assert client.get("/api/v1/mine", headers=headers).status_code == 401
    assert client.post(f"{talk.path}/visit", headers=other.headers).status_code == 404


def test_wrong_codes_are_told_so_and_then_locked(client: TestClient, talk: Conversation) -> None:
    for _ in range(5):
        wrong = client.post("/api/v1/mine/open", json={"phone": PHONE, "code": "000000"}, headers=ZH)
        assert (wrong.status_code, wrong.json()["code"]) == (404, "wrong-own-code")
        assert "验证码不对" in wrong.json()["detail"]
    locked = client.post("/api/v1/mine/open", json={"phone": PHONE, "code": "000000"}, headers=ZH)
    assert locked.status_code == 423
    assert "一小时" in locked.json()["detail"]
    strange = client.post("/api/v1/mine/open", json={"phone": "x", "code": "1"})
    assert strange.status_code == 422


def test_a_case_is_chased_and_added_to_and_a_booking_cancelled(client: TestClient, talk: Conversation) -> None:
    headers = visit(client, talk)
    found = listed(client, headers)
    chased = act(client, headers, found["case"]["number"], "chase").json()
    assert chased["steps"][-1]["words"] == "您催了一次"
    for _ in range(2):  # the same wish again adds nothing
        added = act(client, headers, found["case"]["number"], "add", "昨晚又吵到两点").json()
    assert {"name": "text", "words": "夜里吵。昨晚又吵到两点"} in added["facts"]
    assert act(client, headers, found["case"]["number"], "add", "").status_code == 422
    assert act(client, headers, found["case"]["number"], "cancel").status_code == 422
    cancelled = act(client, headers, found["booking"]["number"], "cancel").json()
    assert (cancelled["state_words"], cancelled["is_open"], cancelled["may"]) == ("已取消", False, [])


def test_a_booking_comes_as_a_calendar_file(client: TestClient, talk: Conversation) -> None:
    headers = visit(client, talk)
    found = listed(client, headers)
    file = client.post("/api/v1/mine/calendar", json={"number": found["booking"]["number"]}, headers=headers)
    assert file.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in file.text
    none = client.post("/api/v1/mine/calendar", json={"number": found["case"]["number"]}, headers=headers)
    assert none.status_code == 409


def test_a_closed_visit_opens_nothing(client: TestClient, talk: Conversation) -> None:
    headers = visit(client, talk)
    assert client.delete("/api/v1/mine", headers=headers).status_code == 204
    assert client.get("/api/v1/mine", headers=headers).status_code == 401


def test_asking_to_be_called_tells_nothing_of_a_phone(client: TestClient, talk: Conversation) -> None:
    answers = [client.post("/api/v1/mine/call", json={"phone": phone}) for phone in (PHONE, "13700000000")]
    assert answers[0].json() == answers[1].json() == {"calls": False}
    assert "我的事" in client.get("/mine?lang=zh").text
