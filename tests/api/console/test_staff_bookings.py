"""Staff run bookings: the calendar, the list of a day, capacity with the waiting list, and who did not come."""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking, BookingRequest
from bot.services.bookings.offerings import load_demo
from bot.services.conversations import conversations
from bot.store.bookings import queries as booking_queries
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
API = "/api/v1/staff/bookings"
SCRIPT = "<script>alert(1)</script>"
OFFERING = (
    "id,service,title,title_en,place,place_en,needs_address,weekdays,windows,capacity,max_party,notice_hours,"
    "max_days_ahead,cancel_hours,source,valid_from,community\n"
    "meal,meal,助餐（示例）,Meal (example),东风社区（示例）,Dongfeng (example),no,1-7,11:00-12:30,1,4,2,14,2,test,2026-01-01,"
    "东风社区\n"
)


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


@pytest.fixture
def tomorrow(store: Store, tmp_path: Path) -> date:
    """There is one seat at noon of every day."""
    file = tmp_path / "offerings.csv"
    file.write_text(OFFERING)
    load_demo(store, file)
    return wiring.now().date() + timedelta(days=1)


def book(store: Store, day: date, who: str = "王小明", *, phone: str = "13812345678", **more: Any) -> Booking:
    request = BookingRequest(
        offering_id="meal", day=day, starts=time(11), party=1, name=who, phone=phone,
        address="东风社区3栋201", beneficiary=None, note=more.get("note"), conversation_id=f"talk-{who}",
        client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    return bookings.join_waiting_list(store, request, wiring.now())


def test_the_calendar_counts_seats_and_the_waiting_list(store: Store, a: Ask, tomorrow: date) -> None:
    book(store, tomorrow)
    book(store, tomorrow, "李华")
    slots = a("community_staff").get(f"{API}/calendar?since={tomorrow}&days=2").json()["slots"]
    assert [(one["taken"], one["capacity"], one["waiting"]) for one in slots] == [(1, 1, 1), (0, 1, 0)]
    page = a("community_staff").get(f"/staff/bookings?day={tomorrow}").text
    assert "1/1" in page
    assert "候补1" in page


def test_when_one_cancels_the_next_is_offered_the_seat(store: Store, a: Ask, tomorrow: date) -> None:
    first, second, staff = book(store, tomorrow), book(store, tomorrow, "李华"), a("community_staff")
    assert staff.post(f"/staff/bookings/{first.number}/cancel", {"why": ""}).status_code == 422
    assert staff.post(f"/staff/bookings/{first.number}/cancel", {"why": "食堂停电"}).status_code == 303
    assert bookings.get(store, second.number).state == "offered"
    [(_, told)] = conversations.history(store, "talk-王小明")
    assert "食堂停电" in told.replies[0].text
    [(_, offered)] = conversations.history(store, "talk-李华")
    assert offered.replies[0].card == {"kind": "booking", "number": second.number, "state": "offered"}


def test_more_seats_move_the_waiting_list_up_and_residents_can_book_them(store: Store, a: Ask, tomorrow: date) -> None:
    book(store, tomorrow)
    waiting, boss = book(store, tomorrow, "李华"), a("dispatcher")
    body = {"offering": "meal", "capacity": 3, "day": tomorrow.isoformat(), "starts": "11:00"}
    assert boss.send(f"{API}/capacity", body).status_code == 200
    assert bookings.get(store, waiting.number).state == "offered"
    found = bookings.availability(store, "meal", tomorrow, at=time(11), part=None, party=1, now=wiring.now())
    assert [window.left for window in found.windows] == [1]
    assert book(store, tomorrow, "赵敏", phone="13812345679").state == "confirmed"
    fewer = {**body, "capacity": 0}
    assert boss.send(f"{API}/capacity", fewer).status_code == 200
    found = bookings.availability(store, "meal", tomorrow, at=time(11), part=None, party=1, now=wiring.now())
    assert found.outcome == "full"


def test_a_capacity_that_staff_chose_outlives_the_file(store: Store, a: Ask, tomorrow: date, tmp_path: Path) -> None:
    boss = a("dispatcher")
    assert boss.post("/staff/bookings/capacity", {"offering": "meal", "capacity": "5"}).status_code == 303
    one = {"offering": "meal", "capacity": "2", "day": tomorrow.isoformat(), "starts": "11:00"}
    assert boss.post("/staff/bookings/capacity", one).status_code == 303
    load_demo(store, tmp_path / "offerings.csv")
    slots = boss.get(f"{API}/calendar?since={tomorrow}&days=2").json()["slots"]
    assert [(slot["capacity"], slot["own_capacity"]) for slot in slots] == [(2, True), (5, False)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"offering": "meal", "capacity": "-1"}, 422),
        ({"offering": "meal", "capacity": "many"}, 422),
        ({"offering": "nothing", "capacity": "3"}, 404),
        ({"offering": "meal", "capacity": "3", "day": "2020-01-01", "starts": "11:00"}, 422),
        ({"offering": "meal", "capacity": "3", "day": "2999-01-01", "starts": "03:00"}, 422),
        ({"offering": "meal", "capacity": "3", "day": "x", "starts": "11:00"}, 422),
    ],
)
def test_a_capacity_that_cannot_be_is_refused(a: Ask, tomorrow: date, body: dict[str, str], status: int) -> None:
    assert a("dispatcher").post("/staff/bookings/capacity", body).status_code == status


def test_a_day_without_the_window_is_said_and_what_was_typed_stays(a: Ask, tomorrow: date) -> None:
    typed = {"offering": "meal", "capacity": "37", "day": "2020-01-01", "starts": "11:00"}
    refused = a("dispatcher").post("/staff/bookings/capacity", typed)
    assert refused.status_code == 422
    assert "这一天没有这个时段" in refused.text
    assert '<details class="no-print" open>' in refused.text
    assert 'value="37"' in refused.text
    assert 'value="2020-01-01"' in refused.text


def test_after_a_change_of_seats_the_filter_stays(a: Ask, tomorrow: date) -> None:
    boss = a("dispatcher")
    where = {"Referer": "http://testserver/staff/bookings?offering=meal&day=2026-12-01"}
    changed = boss.post("/staff/bookings/capacity", {"offering": "meal", "capacity": "5"}, headers=where)
    assert changed.headers["location"] == "/staff/bookings?offering=meal&day=2026-12-01"


def test_fewer_seats_than_are_booked_is_pointed_out(store: Store, a: Ask, tomorrow: date) -> None:
    book(store, tomorrow)
    boss = a("dispatcher")
    for one in ({}, {"day": tomorrow.isoformat(), "starts": "11:00"}):
        changed = boss.post("/staff/bookings/capacity", {"offering": "meal", "capacity": "0", **one})
        assert "bookings.said.capacity_below" in changed.headers["set-cookie"]
        more = boss.post("/staff/bookings/capacity", {"offering": "meal", "capacity": "9", **one})
        assert "capacity_below" not in more.headers["set-cookie"]


def test_a_no_show_is_noted_after_the_beginning_only(store: Store, a: Ask, tomorrow: date) -> None:
    booking, staff = book(store, tomorrow), a("community_staff")
    assert staff.send(f"{API}/{booking.number}/no-show").status_code == 409
    with store.unit() as unit:
        row = booking_queries.booking(unit, booking.number)
        assert row
        row.session.day = wiring.now().date() - timedelta(days=1)
        unit.commit()
    assert staff.post(f"/staff/bookings/{booking.number}/mark", {"state": "no_show"}).status_code == 303
    assert staff.get(f"{API}/{booking.number}").json()["state"] == "no_show"
    assert staff.post(f"/staff/bookings/{booking.number}/mark", {"state": "done"}).status_code == 303
    assert [entry.action for entry in audit.found(store, AuditFilter(action="booking.mark"))] == ["booking.mark"] * 2


def test_the_list_of_a_day_is_masked_until_a_reason_is_given(store: Store, a: Ask, tomorrow: date) -> None:
    book(store, tomorrow, note=f"{SCRIPT}轮椅")
    staff = a("community_staff")
    for path in (f"/staff/bookings/day?day={tomorrow}", f"/staff/bookings/day?day={tomorrow}&export=csv"):
        body = staff.get(path).text
        assert not [
            word for word in ("王小明", "13812345678", "3栋201", SCRIPT) if word in body and "export" not in path
        ]
        assert not [word for word in ("王小明", "13812345678", "3栋201") if word in body], path
    form = {"day": tomorrow.isoformat(), "reason": ""}
    assert staff.post("/staff/bookings/day", form).status_code == 422
    full = staff.post("/staff/bookings/day", {**form, "reason": "打印签到表"}).text
    assert [word for word in ("王小明", "13812345678", "3栋201") if word not in full] == []
    assert SCRIPT not in full
    assert len(list(audit.found(store, AuditFilter(action="personal.reveal")))) == 1


def test_the_list_of_a_day_says_where_and_is_in_order_of_place_and_time(
    store: Store, a: Ask, tomorrow: date, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    head, row = OFFERING.strip().split("\n")
    hall = row.replace("meal,meal", "hall,meal").replace("东风社区（示例）", "新街社区（示例）")
    file.write_text("\n".join((head, row.replace("11:00-12:30,1", "11:00-12:30;17:00-18:30,5"), hall)) + "\n")
    load_demo(store, file)
    for who, offering, starts in (("甲", "hall", 11), ("乙", "meal", 17), ("丙", "meal", 11)):
        request = BookingRequest(
            offering_id=offering, day=tomorrow, starts=time(starts), party=1, name=f"{who}小明", phone="13812345678",
            address=None, beneficiary=None, note=None, conversation_id=who, client_message_id="m", language="zh",
            channel="web",
        )  # fmt: skip
        bookings.join_waiting_list(store, request, wiring.now())
    staff, ways = a("community_staff"), {"day": tomorrow.isoformat(), "reason": "打印签到表"}
    lines = staff.get(f"/staff/bookings/day?day={tomorrow}&export=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[1:4:2] for line in lines[1:]] == [
        ["东风社区（示例）", "11:00–12:30"], ["东风社区（示例）", "17:00–18:30"], ["新街社区（示例）", "11:00–12:30"],
    ]  # fmt: skip
    full = staff.post("/staff/bookings/day", ways).text
    assert full.index("丙小明") < full.index("乙小明") < full.index("甲小明")
    number = lines[3].split(",")[0]
    assert "新街社区（示例）" in staff.get(f"/staff/bookings/{number}").text
    assert staff.get(f"{API}/{number}").json()["place"] == "新街社区（示例）"


def test_who_may_not_see_bookings_sees_none(store: Store, a: Ask, tomorrow: date) -> None:
    booking, worker = book(store, tomorrow), a("grid_worker", grid="东风-03")
    assert worker.get(f"/staff/bookings/{booking.number}").status_code == 403
    assert worker.post("/staff/bookings/day", {"day": str(tomorrow), "reason": "打印签到表"}).status_code == 403
    assert a("community_staff").send(f"{API}/capacity", {"offering": "meal", "capacity": 9}).status_code == 403
    assert a("community_staff").get(f"{API}/00000000").status_code == 404


@pytest.mark.parametrize("community", ["东风", "东风社区", ""])
def test_staff_of_its_community_see_a_booking(store: Store, a: Ask, tomorrow: date, community: str) -> None:
    number, staff = book(store, tomorrow).number, a("community_staff", community=community)
    assert staff.get(f"{API}/{number}").status_code == 200
    assert [one["number"] for one in staff.get(f"{API}?day={tomorrow}").json()["bookings"]] == [number]


def test_staff_of_another_community_see_nothing_of_a_booking_and_change_nothing(
    store: Store, a: Ask, tomorrow: date
) -> None:
    number, staff = book(store, tomorrow).number, a("community_staff", community="老街社区")
    assert staff.get(f"{API}/calendar?since={tomorrow}&days=2").json()["slots"] == []
    assert staff.get(f"{API}?day={tomorrow}").json()["bookings"] == []
    assert "助餐" not in staff.get(f"/staff/bookings?day={tomorrow}").text
    assert number not in staff.get(f"/staff/bookings/day?day={tomorrow}").text
    assert number not in staff.get(f"/staff/bookings/day?day={tomorrow}&export=csv").text
    assert "王小明" not in staff.post("/staff/bookings/day", {"day": str(tomorrow), "reason": "打电话"}).text
    reason = {"reason": "核对地址"}
    answers = [
        staff.get(f"{API}/{number}"),
        staff.get(f"/staff/bookings/{number}"),
        staff.send(f"/api/v1/staff/reveal/booking/{number}", reason),
        staff.post(f"/staff/reveal/booking/{number}", reason),
        staff.send(f"{API}/{number}/cancel", reason),
        staff.send(f"{API}/{number}/no-show"),
        staff.post(f"/staff/bookings/{number}/cancel", {"why": "没有理由"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert bookings.get(store, number).state == "confirmed"
    assert not [*audit.found(store, AuditFilter(action="personal.reveal"))]
