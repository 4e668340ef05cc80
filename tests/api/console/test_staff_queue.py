"""The queue, duty, opening hours, the announcement on all channels, and the off switch."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.handover import office
from bot.services.handover.handover import Handover, request_person
from bot.services.handover.office import Office, OnDuty
from bot.services.kernel.permissions import Actor
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
QUEUE, OFFICE = "/api/v1/staff/queue", "/api/v1/staff/office"
HOURS = "Mon-Fri 08:30-17:30"
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def wait(store: Store, phone: str | None = None, conversation: str = "talk", reason: str = "asked") -> Handover:
    return request_person(
        store, conversation_id=conversation, reason=reason, phone=phone, client_message_id="m", channel="phone",
        language="zh", now=wiring.now() - timedelta(minutes=7),
    )  # fmt: skip


def test_who_waits_is_claimed_once_and_done_by_the_one_who_claimed(store: Store, a: Ask) -> None:
    number, first, second = wait(store, "13812345678").number, a("community_staff"), a("community_staff")
    [one] = first.get(QUEUE).json()["waiting"]
    assert (one["number"], one["waited_seconds"] // 60, one["phone"], one["state"]) == (
        number,
        7,
        "138****5678",
        "open",
    )
    assert first.send(f"{QUEUE}/{number}/claim").status_code == 200
    assert second.send(f"{QUEUE}/{number}/claim").json()["code"] == "wrong-state"
    late = second.post(f"/staff/queue/{number}/claim")
    assert (late.status_code, late.headers["location"]) == (303, "/staff/queue")
    assert "queue.said.wrong_state" in late.headers["set-cookie"]
    assert second.send(f"{QUEUE}/{number}/done", {"outcome": "called_back"}).status_code == 409
    assert second.send(f"{QUEUE}/{number}/release").status_code == 409
    assert first.post(f"/staff/queue/{number}/done", {"outcome": "called_back"}).status_code == 303
    assert first.get(QUEUE).json()["waiting"] == []
    assert [entry.action for entry in audit.found(store, AuditFilter(subject=number))] == ["queue.claim", "queue.done"]


def test_a_dispatcher_puts_back_what_a_colleague_left(store: Store, a: Ask) -> None:
    number, staff = wait(store).number, a("community_staff")
    staff.post(f"/staff/queue/{number}/claim")
    assert a("dispatcher").post(f"/staff/queue/{number}/release").status_code == 303
    assert staff.get(QUEUE).json()["waiting"][0]["state"] == "open"


def test_the_page_shows_waiting_time_and_nothing_personal(store: Store, a: Ask) -> None:
    wait(store, "13812345678")
    page = a("community_staff").get("/staff/queue").text
    assert "已等7分钟" in page
    assert "13812345678" not in page
    assert "138****5678" not in a("admin").get("/staff/queue").text


def test_by_when_we_call_back_stands_in_the_queue_and_is_marked_when_it_is_over(store: Store, a: Ask) -> None:
    def ask(talk: str, minutes_ago: int) -> None:
        then = wiring.now() - timedelta(minutes=minutes_ago)
        request_person(
            store, conversation_id=talk, reason="asked", phone=None, client_message_id="m", channel="web",
            language="zh", now=then, hours="Mon-Sun 00:00-23:59", call_back_minutes=30,
        )  # fmt: skip

    ask("talk-a", 7)
    page = a("community_staff").get("/staff/queue").text
    assert "答应最晚" in page
    assert "已过了答应的时间" not in page
    ask("talk-b", 60)
    assert "已过了答应的时间" in a("community_staff").get("/staff/queue").text


@pytest.mark.parametrize(
    ("there", "moment", "expected"),
    [
        (Office(), TUESDAY, None),
        (Office(HOURS), TUESDAY, TUESDAY + timedelta(minutes=30)),
        (Office(HOURS), TUESDAY.replace(hour=20), datetime(2026, 11, 25, 9, 0, tzinfo=TUESDAY.tzinfo)),
        (
            Office(HOURS),
            datetime(2026, 11, 28, 10, tzinfo=TUESDAY.tzinfo),
            datetime(2026, 11, 30, 9, 0, tzinfo=TUESDAY.tzinfo),
        ),
    ],
    ids=["hours unknown", "now", "tomorrow morning", "after the weekend"],
)
def test_a_call_back_is_promised_within_the_hours(there: Office, moment: datetime, expected: datetime | None) -> None:
    assert office.call_back_by(there, moment, 30) == expected


def test_duty_is_told_to_residents(store: Store, a: Ask, client: TestClient) -> None:
    assert client.get("/api/v1/config").json()["on_duty"] is None
    staff = a("community_staff")
    assert staff.post("/staff/queue/duty", {"there": "yes"}).status_code == 303
    assert client.get("/api/v1/config").json()["on_duty"] is True
    assert wait(store).on_duty is True
    staff.send(f"{QUEUE}/duty", {"on_duty": False})
    assert staff.get(QUEUE).json()["people"] == []


@pytest.mark.parametrize(
    ("there", "moment", "expected"),
    [
        (Office(), TUESDAY, None),
        (Office(people=(OnDuty("w", TUESDAY),), duty_kept=True), TUESDAY, True),
        (Office(HOURS), TUESDAY, True),
        (Office(HOURS), TUESDAY.replace(hour=20), False),
        (Office(HOURS, duty_kept=True), TUESDAY, False),
        (Office(HOURS, people=(OnDuty("w", TUESDAY),), duty_kept=True), TUESDAY.replace(hour=20), False),
        (Office(HOURS, special_days={TUESDAY.date(): ""}), TUESDAY, False),
        (Office(HOURS, special_days={TUESDAY.date(): "14:00-16:00"}), TUESDAY, False),
        (Office(HOURS, special_days={TUESDAY.date(): "09:00-12:00"}), TUESDAY, True),
        (Office(HOURS), datetime(2026, 10, 1, 10, tzinfo=TUESDAY.tzinfo), True),
        (Office(HOURS, closed_on_holidays=True), datetime(2026, 10, 1, 10, tzinfo=TUESDAY.tzinfo), False),
    ],
)
def test_whether_somebody_is_there_is_arithmetic(there: Office, moment: datetime, expected: bool | None) -> None:
    assert office.is_open(there, moment) is expected


def test_a_weekend_day_worked_to_make_up_for_a_holiday_has_the_hours_of_a_monday() -> None:
    sunday = datetime(2026, 11, 29, 10, tzinfo=TUESDAY.tzinfo)
    open_weekdays = Office(HOURS, closed_on_holidays=True)
    assert office.is_open(open_weekdays, sunday, lambda day: True) is True
    assert office.is_open(open_weekdays, sunday, lambda day: False) is False


def test_only_an_admin_sets_hours_and_residents_are_told_them(a: Ask, client: TestClient) -> None:
    assert a("dispatcher").send(f"{OFFICE}/hours", {"hours": HOURS}).status_code == 403
    admin = a("admin")
    assert admin.post("/staff/office/hours", {"hours": "always"}).status_code == 422
    assert admin.post("/staff/office/hours", {"hours": HOURS, "closed_on_holidays": "yes"}).status_code == 303
    assert client.get("/api/v1/config").json()["staff_hours"] == HOURS
    tomorrow = (wiring.now() + timedelta(days=1)).date().isoformat()
    assert admin.send(f"{OFFICE}/day", {"day": tomorrow, "hours": ""}).status_code == 200
    assert admin.send(f"{OFFICE}/day", {"day": tomorrow, "hours": "9 to 5"}).status_code == 422
    assert admin.send(f"{OFFICE}/day", {"day": "2020-01-01", "hours": ""}).status_code == 422
    assert admin.get(OFFICE).json()["special_days"] == {tomorrow: ""}
    assert admin.post("/staff/office/day", {"day": tomorrow, "forget": "yes"}).status_code == 303
    assert admin.get(OFFICE).json()["special_days"] == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("周一至周五 8:30-17:30", "Mon-Fri 08:30-17:30"), ("周一到周五8:30－17:30", "Mon-Fri 08:30-17:30"), ("周一到周五 上午", None),
        ("周一到周五8:30—12:00，14:00-17:30；周六 9:00～12:00", "Mon-Fri 08:30-12:00;Mon-Fri 14:00-17:30;Sat 09:00-12:00"),
        ("星期天 9:00至11:30", "Sun 09:00-11:30"), ("Mon-Fri 8:30 - 17:30", "Mon-Fri 08:30-17:30"),
    ],
)  # fmt: skip
def test_hours_may_be_written_as_people_write_them(a: Ask, client: TestClient, typed: str, kept: str | None) -> None:
    answer = a("admin").post("/staff/office/hours", {"hours": typed})
    assert answer.status_code == (303 if kept else 422)
    assert client.get("/api/v1/config").json()["staff_hours"] == (kept or "")


def test_while_it_is_switched_off_the_greeting_promises_nothing(a: Ask, client: TestClient) -> None:
    boss = a("dispatcher")
    boss.post("/staff/office/announcement", {"zh": "明天停水", "en": ""})
    boss.post("/staff/office/off", {"reason": "机房停电检修"})
    for language, off, promise in (("zh", "暂停服务", "我能回答"), ("en", "switched off", "I can answer")):
        told = [
            one["text"]
            for one in client.post("/api/v1/conversations", json={"channel": "web", "language": language}).json()[
                "replies"
            ]
        ]
        assert off in told[0]
        assert promise not in "".join(told)
    assert told[1:] == ["明天停水"]
    boss.post("/staff/office/on")
    told = [one["text"] for one in client.post("/api/v1/conversations", json={"channel": "web"}).json()["replies"]]
    assert len(told) == 3
    assert "我能回答" in told[0]


def test_who_was_in_danger_stands_first_in_the_queue(store: Store, a: Ask) -> None:
    for at, reason in enumerate(("asked", "emergency", "asked")):
        wait(store, conversation=f"talk-{at}", reason=reason)
    listed = a("community_staff").get(QUEUE).json()["waiting"]
    assert [one["reason"] for one in listed] == ["emergency", "asked", "asked"]


def test_an_announcement_is_shown_and_said_in_the_greeting(a: Ask, client: TestClient) -> None:
    boss = a("dispatcher")
    assert boss.post("/staff/office/announcement", {"zh": "明天\n停水", "en": ""}).status_code == 303
    assert client.get("/api/v1/config").json()["announcement"] == {"zh": "明天 停水"}
    replies = client.post("/api/v1/conversations", json={"language": "zh"}).json()["replies"]
    assert replies[-1]["text"] == "明天 停水"
    assert boss.post("/staff/office/announcement", {"zh": "长" * 201, "en": ""}).status_code == 422
    boss.post("/staff/office/announcement", {"zh": "", "en": ""})
    assert client.get("/api/v1/config").json()["announcement"] == {}


def test_switched_off_it_answers_danger_and_records_the_rest(
    store: Store, a: Ask, conversation: Any, rasa: Any
) -> None:
    boss = a("dispatcher")
    assert boss.post("/staff/office/off", {"reason": ""}).status_code == 422
    assert boss.post("/staff/office/off", {"reason": "答复有误，正在改"}).status_code == 303
    assert "答复有误" in boss.get("/staff/office").text
    turn = conversation.say("助餐怎么收费", "m1").json()
    assert "暂停服务" in turn["replies"][0]["text"]
    assert "答复有误" not in str(turn)
    assert "120" in conversation.say("我胸口痛得厉害", "m2").json()["replies"][0]["text"]
    conversation.say("我的电话是13812345678", "m3")
    [one] = boss.get(QUEUE).json()["waiting"]
    assert (one["reason"], one["phone"]) == ("assistant_off", "138****5678")
    assert rasa.asked == []
    assert boss.post("/staff/office/on").status_code == 303
    assert conversation.say("您好", "m4").json()["goal"] == "greet"
    [entry] = audit.found(store, AuditFilter(action="office.off"))
    assert entry.reason == "答复有误，正在改"


def test_nothing_written_here_becomes_part_of_a_page(store: Store, a: Ask) -> None:
    script, boss = "<script>alert(1)</script>", a("dispatcher")
    wait(store, reason=script)
    boss.post("/staff/office/announcement", {"zh": script, "en": script})
    boss.post("/staff/office/off", {"reason": script})
    for path in ("/staff/queue", "/staff/office", "/staff/office?lang=en"):
        assert script not in boss.get(path).text, path


def test_duty_ends_with_the_day(store: Store, a: Ask) -> None:
    staff = a("community_staff")
    office.set_duty(store, Actor(staff.signed.actor.id, "community_staff"), True, wiring.now())
    later = wiring.now() + office.DUTY_LASTS + timedelta(minutes=1)
    assert office.look(store, "", later).people == ()
    assert office.look(store, "", wiring.now()).people != ()
