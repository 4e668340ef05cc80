"""How many clicks and keys the commonest jobs take from the first page on: docs/staff.md says so, and here it is counted."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.services.bookings import desk, offerings
from bot.services.cases import staff_cases
from bot.services.conversations import conversations
from bot.services.handover.handover import request_person
from bot.services.kernel.permissions import Actor
from bot.settings import ROOT
from bot.store.bookings import queries as booking_queries
from bot.store.learning.tables import TurnLabel
from bot.store.store import Store
from tests.browser.console.desk import Desk, complaint, turn
from tests.staff import enter

pytestmark = pytest.mark.browser

BOSS = Actor("boss", "dispatcher")
ROW = re.compile(r"^\| (?P<job>[^|]+) \| (?P<before>\d+)[^|]* \| (?P<now>\d+) \|", re.MULTILINE)


def told(job: str) -> int:
    """As the document says."""
    text = (ROOT / "docs" / "staff.md").read_text("utf-8")
    return {found["job"]: int(found["now"]) for found in ROW.finditer(text)}[job]


def booked(store: Store, count: int) -> list[str]:
    """For today; their window began at midnight."""
    offerings.load_demo(store, ROOT / "data" / "policy" / "offerings.csv")
    now, numbers = wiring.now(), []
    tomorrow = (now + timedelta(days=1)).date()
    for n in range(count):
        numbers.append(desk.book_for_caller(
            store, BOSS, offering_id="meal-dongfeng", day=tomorrow,
            starts=next(one.windows[0].starts for one in offerings.find_offerings(store) if one.id == "meal-dongfeng"),
            party=1, name="王秀英", phone=f"1390000{n:04}", address="", note="", channel="phone", message_id=str(n),
            now=now,
        ))  # fmt: skip
    with store.unit() as unit:
        row = booking_queries.booking(unit, numbers[0])
        assert row
        row.session.day, row.session.starts = now.date(), now.time().replace(hour=0, minute=0, second=0, microsecond=0)
        unit.commit()
    return numbers


@pytest.fixture
def at(browser: Browser, console: str, store: Store) -> Desk:
    return Desk(browser, console, token=enter(store, "dispatcher", wiring.now()).token)


def test_dispatch_a_new_case(at: Desk, store: Store) -> None:
    number = complaint(store, "楼下烧烤太吵")
    with at:
        at.open("/staff")
        at.choose("inbox")
        at.press("j")
        expect(at.page.locator("[data-pane]")).to_contain_text(number)
        at.press("d")
        expect(at.page.locator("[data-undo]")).to_be_visible()
        assert staff_cases.open_case(store, BOSS, number, wiring.now()).state == "dispatched"
        assert at.counted == told("Dispatch a new case")


def test_answer_a_case_as_its_grid_worker_on_a_phone(browser: Browser, console: str, store: Store) -> None:
    number, worker = complaint(store, "楼下烧烤太吵"), enter(store, "grid_worker", wiring.now(), grid="东风-01")
    staff_cases.dispatch(store, BOSS, number, worker=worker.actor.id, now=wiring.now())
    staff_cases.advance(store, BOSS, number, "handling", "", wiring.now())
    with Desk(browser, console, 375, worker.token) as at:
        at.open("/staff")
        at.click(".tiles a[href='/staff/inbox']")
        at.click("[data-item]")
        at.page.locator('textarea[name="answer"]').fill("已经请他们搬走了。")
        at.click('form[action$="/answer"] button')
        expect(at.page.locator(".said")).to_be_visible()
        assert staff_cases.open_case(store, BOSS, number, wiring.now()).state == "answered"
        assert at.counted == told("Answer a case on a phone")


def test_find_a_booking_by_its_number(at: Desk, store: Store) -> None:
    [number] = booked(store, 1)
    with at:
        at.open("/staff")
        at.click("#find")
        at.write(number)
        at.press("Enter")
        expect(at.page.locator("h1")).to_contain_text(number)
        assert at.counted == told("Find a booking by its number")


def test_note_five_who_did_not_come(at: Desk, store: Store) -> None:
    numbers = booked(store, 5)
    with at:
        at.open("/staff")
        at.choose("bookings")
        at.click("a[href^='/staff/bookings/sheet']")
        for number in numbers:
            at.click(f"#b{number} form[action$='/mark'] button")
            expect(at.page.locator(f"#b{number} .badge")).to_be_visible()
        assert at.counted == told("Note five who did not come")


def test_take_over_a_chat_and_answer(at: Desk, store: Store) -> None:
    now = wiring.now()
    talk = conversations.open_conversation(store, channel="web", language="zh", now=now).id
    request_person(
        store,
        conversation_id=talk,
        reason="asked",
        phone=None,
        client_message_id="m",
        channel="web",
        language="zh",
        now=now,
    )
    with at:
        at.open("/staff")
        at.choose("inbox")
        at.press("j")
        expect(at.page.locator("[data-pane] form[action$='/take']")).to_be_visible()
        at.press("t")
        expect(at.page.locator("#text")).to_be_focused()
        at.write("您好，我来帮您。")
        at.press("Control+Enter")
        expect(at.page.locator(".log .person").last).to_contain_text("我来帮您")
        assert at.counted == told("Take over a chat and answer")


def test_label_a_turn_that_was_misunderstood(at: Desk, store: Store) -> None:
    said = turn(store, "屋里老人要人送餐", "out_of_scope", 0.1)
    with at:
        at.open("/staff")
        at.choose("review")
        at.press("4")
        expect(at.page.locator(".empty")).to_be_visible()
        with store.reading() as unit:
            assert unit.session.get(TurnLabel, said)
        assert at.counted == told("Label a misunderstood turn")


def test_merge_two_cases_that_tell_of_the_same(at: Desk, store: Store) -> None:
    first, second = complaint(store, "楼下烧烤太吵了"), complaint(store, "楼下烧烤太吵")
    with at:
        at.open("/staff")
        at.choose("inbox")
        at.press("j")
        at.click("[data-pane] form[action$='/merge'] button")
        expect(at.page.locator("[data-pane]")).to_contain_text("并入")
        assert {first, second} & {
            staff_cases.open_case(store, BOSS, one, wiring.now()).merged_into for one in (first, second)
        }
        assert at.counted == told("Merge a duplicate")
