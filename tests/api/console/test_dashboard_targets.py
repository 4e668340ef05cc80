"""The figures that the plan sets a target for: who signed up for the council, and how much residents do themselves."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.bookings import bookings, desk, offerings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases, corrections
from bot.services.cases.cases import FROM_OTHERS, ComplaintRequest
from bot.services.figures import figures
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.settings import ROOT
from bot.store.store import Store
from tests.api.console.test_dashboard import plot_of
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api
STAFF = Actor("staff-1", "dispatcher")
LAMP = ComplaintRequest(
    "public_facility", "东风社区", "路灯不亮", False, "王秀英", "13900001234", "talk", "m1", "zh", "web"
)


@pytest.fixture
def now(store: Store) -> datetime:
    offerings.load_demo(store, ROOT / "data" / "policy" / "offerings.csv")
    return wiring.now()


def sign_up(store: Store, now: datetime, message: str, service: str = "council") -> BookingRequest:
    """For the first day that can be had."""
    offering = f"{service}-dongfeng"
    for ahead in range(1, 30):
        day = now.date() + timedelta(days=ahead)
        found = bookings.availability(store, offering, day, at=None, part=None, party=1, now=now).windows
        if found:
            phone = f"139000{message[1:]:0>5}"
            return BookingRequest(offering, day, found[0].starts, 1, "王秀英", phone, None, None, None, message, message, "zh", "web")  # fmt: skip
    raise AssertionError("nothing can be had")


def for_a_caller(store: Store, one: BookingRequest, now: datetime) -> None:
    desk.book_for_caller(
        store, STAFF, offering_id=one.offering_id, day=one.day, starts=one.starts, party=1, name=one.name, phone=one.phone,
        address="", note="", channel="phone", message_id=one.client_message_id, now=now,
    )  # fmt: skip


def test_who_signs_up_for_the_council_alone_is_told_from_those_whom_staff_put_down(store: Store, now: datetime) -> None:
    for message in ("m1", "m2", "m3"):
        bookings.book(store, sign_up(store, now, message), now)
    for_a_caller(store, sign_up(store, now, "m4"), now)
    bookings.book(store, sign_up(store, now, "m5", "planner"), now)
    plot = plot_of(store, "council", now)
    assert (plot.whole, plot.base, plot.reached) == (75.0, 4, True)
    assert plot.target
    assert (plot.target.value, plot.target.section) == (50, "3.1")


def test_what_residents_do_themselves_is_told_from_what_staff_file_for_them(store: Store, now: datetime) -> None:
    bookings.book(store, sign_up(store, now, "m1"), now)
    for_a_caller(store, sign_up(store, now, "m2"), now)
    cases.file_case(store, LAMP, now, targets=Targets())
    cases.file_case(store, replace(LAMP, channel="phone", client_message_id="m3"), now, targets=Targets())
    cases.file_case(store, replace(LAMP, channel=FROM_OTHERS, client_message_id="m4"), now, targets=Targets())
    corrections.file_for_caller(
        store, STAFF, category="noise", place="东风社区", text="夜里太吵", name="", phone="", channel="desk", message_id="m5",
        now=now, targets=Targets(),
    )  # fmt: skip
    plot = plot_of(store, "digital", now)
    assert (plot.whole, plot.base, plot.reached) == (60.0, 5, False)


def test_every_target_of_the_plan_stands_on_the_page_with_its_section(
    client: TestClient, store: Store, now: datetime
) -> None:
    bookings.book(store, sign_up(store, now, "m1"), now)
    shown = StaffClient(client, enter(store, "auditor", now)).get("/staff/dashboard?lang=zh").text
    assert "居民议事会自主报名" in shown
    assert "居民自己办的比例" in shown
    for name in ("council", "digital"):
        target = figures.TARGETS[name]
        assert f"目标{target.value:g}%（方案{target.section}）" in shown, name
