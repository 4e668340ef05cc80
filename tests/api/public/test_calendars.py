"""Calendars and files for everybody: another parser reads them, only what is confirmed stands in them, and nobody is named."""

import csv
import io
import warnings
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.language.times import HERE
from bot.services.bookings import bookings, calendars, offerings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.store.store import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

pytestmark = pytest.mark.api

COLUMNS = (
    "id,service,title,title_en,place,place_en,needs_address,weekdays,windows,capacity,max_party,"
    "notice_hours,max_days_ahead,cancel_hours,source,valid_from,is_example"
)
BUS = "bus-a,mobile_bus,服务车,Bus,东风社区,Dongfeng,no,2-4,09:00-11:00;14:00-16:00,5,2,0,14,0,街道,2026-01-01,no"
EXAMPLE = "bus-b,mobile_bus,服务车,Bus,老街社区,Laojie,no,5,09:00-11:00,5,2,0,14,0,示例,2026-01-01,yes"
MEAL = "meal-a,meal,助餐,Meal,新街社区,Xinjie,no,1-7,11:00-12:30;17:00-18:30,5,2,0,14,0,街道,2026-01-01,no"


@pytest.fixture
def offered(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "offerings.csv"
    file.write_text("\n".join((COLUMNS, BUS, EXAMPLE, MEAL)) + "\n")
    offerings.load_demo(store, file)


def events(client: TestClient, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = vobject.readOne(answer.text)
    return list(calendar.contents.get("vevent", []))


def booked(store: Store, talk: str, message: str, starts: datetime) -> bookings.Booking:
    request = BookingRequest(
        offering_id="meal-a", day=starts.date(), starts=starts.time(), party=1, name="王小明", phone="13900001234",
        address=None, beneficiary=None, note=None, conversation_id=talk, client_message_id=message, language="zh",
        channel="web",
    )  # fmt: skip
    return bookings.book(store, request, wiring.now())


@pytest.mark.usefixtures("offered")
def test_the_bus_stops_every_week_where_the_office_has_confirmed_it(client: TestClient) -> None:
    found = events(client, "/calendars/mobile_bus.ics?lang=zh")
    assert {one.location.value for one in found} == {"东风社区"}
    morning = min(found, key=lambda one: one.dtstart.value)
    assert (morning.dtstart.value.hour, morning.dtend.value.hour) == (9, 11)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        days = [at for at, _ in zip(morning.getrruleset(addRDate=True), range(9), strict=False)]
    assert {day.isoweekday() for day in days} == {2, 3, 4}
    assert days[0].date() >= wiring.now().date()
    assert len({one.uid.value for one in found}) == 2


def test_a_calendar_that_is_none_is_not_found(client: TestClient) -> None:
    assert client.get("/calendars/nothing.ics").status_code == 404
    assert client.get("/calendars/mine/talk.0000.ics").status_code == 404
    assert events(client, "/calendars/hall.ics") == [], "hours that are only examples are told to nobody"


@pytest.mark.usefixtures("offered")
def test_ones_own_bookings_stand_behind_an_address_that_nobody_guesses(client: TestClient, store: Store) -> None:
    noon = datetime.combine(wiring.now().date() + timedelta(days=2), datetime.min.time(), HERE).replace(hour=11)
    first, second = booked(store, "talk-a", "m1", noon), booked(store, "talk-a", "m2", noon.replace(hour=17))
    booked(store, "talk-b", "m3", noon + timedelta(days=1))
    bookings.cancel_booking(store, second.number, client_message_id="m4", now=wiring.now())
    path = calendars.path_of(store, "talk-a")
    found = {one.dtstart.value: one for one in events(client, path)}
    assert {at.astimezone(HERE): one.status.value for at, one in found.items()} == {
        noon: "CONFIRMED",
        noon.replace(hour=17): "CANCELLED",
    }
    text = client.get(path).text
    for hidden in (first.number, "王小明", "13900001234", "talk-a"):
        assert hidden not in text
    assert client.get(path.replace("talk-a", "talk-b")).status_code == 404


def test_figures_are_a_file_that_stays_the_same_the_whole_day(client: TestClient, store: Store) -> None:
    yesterday = wiring.now() - timedelta(days=1)

    def file_some(count: int, at: datetime, talk: str) -> None:
        for one in range(count):
            request = ComplaintRequest("noise", "东风社区", "吵", True, None, None, f"{talk}{one}", "m", "zh", "web")
            cases.file_case(store, request, at, targets=Targets())

    def read() -> list[list[str]]:
        answer = client.get("/open-data/cases.csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert len(read()) == 1
    file_some(4, yesterday, "a")
    assert len(read()) == 1, "so few might be known by who filed them"
    file_some(2, yesterday, "b")
    [titles, row] = read()
    assert (titles[:3], row[1:3]) == (["month", "office", "cases"], ["", "6"])
    file_some(3, wiring.now(), "c")
    assert read() == [titles, row]
    assert "number,state,outcome" in client.get("/open-data/proposals.csv").text
