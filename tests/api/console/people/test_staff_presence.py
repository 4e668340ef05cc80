"""Whoever is on duty stays signed in while a page of theirs is open; whoever has gone is neither on duty nor in a chat."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from bot import wiring
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import Conversation, ScriptedRasa
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

BACKGROUND = {"X-Linyu-Background": "1"}
QUEUE = "/api/v1/staff/queue"
SESSION = "/api/v1/staff/session"


class Clock:
    def __init__(self) -> None:
        self.now = wiring.now()

    def __call__(self) -> datetime:
        return self.now

    def go(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(settings: Settings, store: Store, rasa: ScriptedRasa, clock: Clock) -> Iterator[TestClient]:
    app = create_app(settings, store=store, rasa=rasa, clock=clock)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def staff(office: TestClient, store: Store, clock: Clock) -> StaffClient:
    return StaffClient(office, enter(store, "community_staff", clock(), name="王芳"))


def watch(staff: StaffClient, clock: Clock, path: str, minutes: int, every: int = 1) -> None:
    """The page is open and asks by itself."""
    for _ in range(0, minutes, every):
        clock.go(every)
        assert staff.get(path, headers=BACKGROUND).status_code == 200


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in_who_is_off_duty(staff: StaffClient, clock: Clock) -> None:
    for _ in range(16):
        clock.go(1)
        answer = staff.get("/staff/queue", headers=BACKGROUND)
    assert answer.status_code == 303


def test_who_is_on_duty_stays_signed_in_while_the_queue_is_open(staff: StaffClient, clock: Clock) -> None:
    staff.send(f"{QUEUE}/duty", {"on_duty": True})
    watch(staff, clock, "/staff/queue", 60)
    assert staff.get(QUEUE).json()["people"] == [staff.signed.login]
    staff.send(f"{QUEUE}/duty", {"on_duty": False})
    clock.go(16)
    assert staff.get("/staff/queue", headers=BACKGROUND).status_code == 303


def test_who_has_gone_is_not_on_duty(office: TestClient, staff: StaffClient, store: Store, clock: Clock) -> None:
    other = StaffClient(office, enter(store, "dispatcher", clock()))
    staff.send(f"{QUEUE}/duty", {"on_duty": True})
    assert other.get(QUEUE).json()["people"] == [staff.signed.login]
    for _ in range(16):
        clock.go(1)
        other.get(QUEUE)
    assert (other.get(QUEUE).json()["people"], other.get(QUEUE).json()["on_duty"]) == ([], None)


def test_who_signs_out_is_not_on_duty(office: TestClient, staff: StaffClient, store: Store, clock: Clock) -> None:
    other = StaffClient(office, enter(store, "dispatcher", clock()))
    staff.send(f"{QUEUE}/duty", {"on_duty": True})
    staff.send("/api/v1/staff/logout")
    assert other.get(QUEUE).json()["people"] == []


def test_who_writes_in_a_chat_stays_signed_in_and_the_assistant_stays_silent(
    office: TestClient, staff: StaffClient, clock: Clock, rasa: ScriptedRasa
) -> None:
    resident = Conversation(office)
    at = f"/staff/live/{resident.opened['conversation_id']}"
    assert staff.post(f"{at}/take").status_code == 303
    for _ in range(3):
        watch(staff, clock, at, 8)
        assert staff.post(f"{at}/write", {"text": "请稍等"}).status_code == 303
    assert resident.say("喂?有人吗").json()["replies"] == []
    assert rasa.asked == []


def test_the_assistant_answers_soon_after_the_person_in_a_chat_has_gone(
    office: TestClient, staff: StaffClient, clock: Clock
) -> None:
    resident = Conversation(office)
    staff.post(f"/staff/live/{resident.opened['conversation_id']}/take")
    clock.go(4)
    assert resident.say("喂?有人吗").json()["replies"]


def test_signing_out_hands_a_chat_back_at_once(office: TestClient, staff: StaffClient) -> None:
    resident = Conversation(office)
    staff.post(f"/staff/live/{resident.opened['conversation_id']}/take")
    staff.post("/staff/logout")
    assert resident.say("喂?有人吗").json()["replies"]
    told = office.get(f"{resident.path}/messages", headers=resident.headers).json()
    assert told["person"] == "none"
    assert any("工作人员离开了" in reply["text"] for turn in told["turns"] for reply in turn["replies"])


def test_a_page_can_ask_how_long_the_session_lasts_without_making_it_longer(staff: StaffClient, clock: Clock) -> None:
    assert staff.get(SESSION, headers=BACKGROUND).json()["seconds_left"] == 15 * 60
    clock.go(13)
    assert staff.get(SESSION, headers=BACKGROUND).json()["seconds_left"] == 2 * 60
    assert staff.get(SESSION).json()["seconds_left"] == 15 * 60  # somebody types
    clock.go(13)
    assert staff.get(SESSION, headers=BACKGROUND).json()["seconds_left"] == 2 * 60


def test_the_session_of_a_busy_day_still_ends_after_twelve_hours(staff: StaffClient, clock: Clock) -> None:
    staff.send(f"{QUEUE}/duty", {"on_duty": True})
    watch(staff, clock, SESSION, 12 * 60 - 10, every=10)
    assert staff.get(SESSION, headers=BACKGROUND).json()["seconds_left"] == 10 * 60


def test_a_session_that_has_ended_says_so_and_comes_back_to_the_page_of_the_form(
    staff: StaffClient, clock: Clock
) -> None:
    clock.go(16)
    page = {"Referer": "http://testserver/staff/cases/60000001?x=1"}
    answer = staff.post("/staff/cases/60000001/answer", {"answer": "修好了"}, headers=page)
    assert answer.headers["location"] == "/staff/login?next=%2Fstaff%2Fcases%2F60000001%3Fx%3D1"
    assert "linyu_said=login.said.ended" in answer.headers["set-cookie"]
    assert "很久没有操作" in staff.get("/staff/login?ended=1").text
    elsewhere = {"Referer": "http://elsewhere.example/staff/cases"}
    assert staff.post("/staff/queue/duty", headers=elsewhere).headers["location"] == "/staff/login"


def test_who_never_was_signed_in_is_not_told_that_a_session_ended(office: TestClient) -> None:
    answer = office.get("/staff/cases", follow_redirects=False)
    assert not re.search("linyu_said=[a-z]", answer.headers.get("set-cookie", ""))
