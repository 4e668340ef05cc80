"""Classes of children: the guardian enrols, the class knows the child and who picks it up, by the day or for weeks, and waits its turn."""

from datetime import date, datetime, time

import pytest

from bot.language.times import HERE
from bot.services.bookings import bookings, staff_bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.kernel.permissions import Actor
from bot.store.bookings.queries import booking
from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store
NOW = datetime(2026, 11, 23, 8, tzinfo=HERE)
CLASS, CHILD = "after-school-xinjie", "小明，七岁，奶奶来接"
STAFF = Actor("community-1", "community_staff", community="新街社区")


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


def fill(store: Store, day: date) -> str:
    """Every seat of that afternoon; the number of one booking."""
    numbers = [
        bookings.book(
            store,
            BookingRequest(
                offering_id=CLASS, day=day, starts=time(16, 30), party=2, name="别家", phone=f"1390000{at:04}", address=None,
                beneficiary=None, note=None, conversation_id=f"t{at}", client_message_id="m", language="zh", channel="web",
            ),
            NOW,
        ).number
        for at in range(10)
    ]  # fmt: skip
    return numbers[0]


def enrol(walk: Walk, *when: str) -> None:
    walk.say("给孩子报新街的四点半课堂", "book_service", service="after_school")
    assert walk.slots["requested_slot"] == "description"
    walk.say(CHILD, act="content")
    for words in when:
        walk.say(words)
    walk.say("陈桂芳")
    walk.say("13900100100")


def test_the_child_is_asked_for_and_stands_with_the_guardian_in_the_office_s_list(walk: Walk, office: Store) -> None:
    enrol(walk, "下周一下午四点半")
    assert CHILD in str(walk.values["utter_confirm_booking"])
    walk.say("确认", "affirm")
    [made] = bookings.of_conversation(office, "walk")
    with office.reading() as unit:
        row = booking(unit, made.number)
        assert row
        assert (row.name, row.phone, row.note) == ("陈桂芳", "13900100100", CHILD)
    [line] = staff_bookings.day_list(office, STAFF, date(2026, 11, 30))
    assert CHILD not in str(line.note)  # masked, until somebody says why


def test_who_waits_for_a_full_class_keeps_the_child_and_moves_up(walk: Walk, office: Store) -> None:
    other = fill(office, date(2026, 11, 24))
    walk.say("给孩子报新街的四点半课堂", "book_service", service="after_school")
    walk.say(CHILD, act="content")
    walk.say("明天下午四点半")
    walk.say("排队等候", act="wait")
    for words in ("陈桂芳", "13900100100"):
        walk.say(words)
    walk.say("确认", "affirm")
    [made] = bookings.of_conversation(office, "walk")
    assert (made.state, made.position) == ("waiting", 1)
    bookings.cancel_booking(office, other, client_message_id="c", now=NOW, offer_hours=12)
    [made] = bookings.of_conversation(office, "walk")
    assert made.state == "offered"
    with office.reading() as unit:
        row = booking(unit, made.number)
        assert row
        assert row.note == CHILD


def test_for_a_term_every_monday_is_booked(walk: Walk, office: Store) -> None:
    walk.say("给孩子报新街的四点半课堂，每周一", "book_service", service="after_school")
    assert walk.slots["requested_slot"] == "repeat"
    walk.say("两个星期")
    assert walk.slots["requested_slot"] == "description"
    walk.say(CHILD, act="content")
    walk.say("陈桂芳")
    walk.say("13900100100")
    walk.say("确认", "affirm")
    made = bookings.of_conversation(office, "walk")
    assert [one.day for one in made] == [date(2026, 11, 30), date(2026, 12, 7)]
