"""The hall's scanner: a number checks its visitor in after a confirmation, in the hall alone, and tells nothing of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import ValidationError

from bot import wiring
from bot.services.bookings import bookings, desk
from bot.services.bookings.bookings import BookingRequest
from bot.services.bookings.offerings import load_demo
from bot.services.kernel.permissions import Actor
from bot.settings import ROOT, Settings
from bot.store.bookings import queries
from bot.store.store import Store
from tests.api.conftest import Conversation

pytestmark = pytest.mark.api
NOON = datetime.combine(date(2026, 11, 25), time(10), wiring.now().tzinfo)
"""A Wednesday, an hour before lunch."""
TODAY = NOON.date()
CLERK = Actor("clerk", "dispatcher")


class Clock:
    now = NOON


@pytest.fixture
def client(
    settings: Settings, make_app: Callable[..., FastAPI], monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    app = make_app(settings)
    object.__setattr__(app.state.parts, "clock", lambda: Clock.now)
    Clock.now = NOON
    with TestClient(app, raise_server_exceptions=False, client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def booked(store: Store) -> Callable[..., str]:
    load_demo(store, ROOT / "data/policy/offerings.csv")

    def make(day: date = TODAY, offering: str = "meal-dongfeng", address: str | None = None) -> str:
        request = BookingRequest(
            offering_id=offering, day=day, starts=time(11), party=1, name="测试甲", phone="13900001234", address=address,
            beneficiary=None, note=None, conversation_id="walk", client_message_id=f"{day} {offering}", language="zh", channel="web",
        )  # fmt: skip
        return bookings.book(store, request, min(NOON, datetime.combine(day, time(8), NOON.tzinfo))).number

    return make


def scan(client: TestClient, number: str, *, there: bool = False, talk: Conversation | None = None, **headers: str):  # type: ignore[no-untyped-def]
    talk = talk or Conversation(client)
    return client.post(f"{talk.path}/arrival", json={"number": number, "there": there}, headers=talk.headers | headers)


def arrived(store: Store, number: str) -> datetime | None:
    with store.reading() as unit:
        row = queries.booking(unit, number)
        assert row
        return row.arrived


def test_it_is_told_first_and_ticked_after_a_confirmation(
    client: TestClient, store: Store, booked: Callable[..., str]
) -> None:
    number = booked()
    told = scan(client, number).json()
    assert (told["outcome"], told["place"], told["day"]) == ("today", "东风社区助餐点（示例）", "11月25号，星期三")
    assert set(told) == {"outcome", "title", "place", "day", "time"}
    assert arrived(store, number) is None
    assert scan(client, number, there=True).json()["outcome"] == "today"
    assert arrived(store, number) == NOON
    stops = [stop for one in desk.sheet(store, CLERK, NOON.date(), "everybody", now=NOON) for stop in one.stops]
    assert [(stop.line.number, stop.arrived) for stop in stops] == [(number, NOON)]
    Clock.now = NOON + timedelta(minutes=5)
    assert scan(client, number, there=True).json()["outcome"] == "already"
    assert arrived(store, number) == NOON


def test_nothing_of_the_person_is_told(client: TestClient, booked: Callable[..., str]) -> None:
    answer = scan(client, booked(), **{"Accept-Language": "en"}).text
    assert "Wednesday 25 November" in answer
    for personal in ("测试甲", "1234", "13900001234"):
        assert personal not in answer


def test_old_later_cancelled_and_home_bookings_get_an_answer_of_their_own(
    client: TestClient, store: Store, booked: Callable[..., str]
) -> None:
    old, later = booked(NOON.date() - timedelta(days=1)), booked(NOON.date() + timedelta(days=1))
    home = booked(offering="meal-home-dongfeng", address="东风社区4栋")
    gone = booked(NOON.date() + timedelta(days=2))
    bookings.cancel_booking(store, gone, client_message_id="c", now=NOON, offer_hours=12)
    for number, outcome in ((old, "over"), (later, "other_day"), (home, "at_home"), (gone, "cancelled")):
        assert scan(client, number, there=True).json()["outcome"] == outcome
        assert arrived(store, number) is None


def test_a_wrong_number_is_no_booking_and_guessing_ends(client: TestClient, booked: Callable[..., str]) -> None:
    number, talk = booked(), Conversation(client)
    for wrong in range(5):
        assert scan(client, f"1999999{wrong}", talk=talk).status_code == 404
    assert scan(client, number, talk=talk).status_code == 423
    assert scan(client, number).json()["outcome"] == "today"  # the next visitor at the same screen
    assert scan(client, "1234").status_code == 422


def test_only_at_the_hall_s_screen_and_with_a_conversation(
    client: TestClient, store: Store, booked: Callable[..., str], make_app: Callable[..., FastAPI], settings: Settings
) -> None:
    number = booked()
    with TestClient(make_app(settings), client=("203.0.113.7", 50000)) as elsewhere:
        assert scan(elsewhere, number, there=True).status_code == 403
    talk = Conversation(client)
    assert client.post(f"{talk.path}/arrival", json={"number": number, "there": True}).status_code == 401
    assert arrived(store, number) is None


def test_the_office_names_its_screens(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, hall_networks="10.1.0.0/16, 192.168.3.7")
    assert settings.is_in_hall("10.1.2.3")
    assert settings.is_in_hall("192.168.3.7")
    assert not settings.is_in_hall("192.168.3.8")
    assert not settings.is_in_hall("unknown")
    assert not Settings(state_dir=tmp_path, hall_networks="").is_in_hall("127.0.0.1")
    with pytest.raises(ValidationError, match="hall_networks"):
        Settings(hall_networks="the hall")
