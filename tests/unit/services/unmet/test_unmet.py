"""A wish that cannot be met is counted once for a conversation, without its person, beside what there is."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot.errors import Forbidden
from bot.services.bookings import offerings
from bot.services.kernel.permissions import Actor
from bot.services.unmet import demo, unmet
from bot.services.unmet.unmet import UnmetKind, Wish
from bot.settings import ROOT
from bot.store.store import Store
from bot.store.unmet.tables import UnmetWish

pytestmark = pytest.mark.store
STAFF = Actor("staff-1", "community_staff")
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


def full(conversation: str, people: int, day: date) -> Wish:
    return Wish(UnmetKind.FULL, "bathing", conversation, "老街社区", people, day)


def test_a_wish_said_again_in_one_conversation_is_counted_once(store: Store, now: datetime) -> None:
    for _ in range(3):
        unmet.count(store, full("one", 2, FRIDAY), now)
    [need] = unmet.needs(store, STAFF, now)
    assert (need.people, need.places) == (2, 2)


def test_the_places_missing_are_those_of_the_day_that_was_wanted_most(store: Store, now: datetime) -> None:
    for conversation, people, day in (("a", 1, FRIDAY), ("b", 2, FRIDAY), ("c", 2, SATURDAY)):
        unmet.count(store, full(conversation, people, day), now)
    [need] = unmet.needs(store, STAFF, now)
    assert (need.people, need.places, need.community) == (5, 3, "老街社区")


def test_what_a_resident_calls_their_place_is_not_kept(store: Store, now: datetime) -> None:
    unmet.count(store, Wish(UnmetKind.NO_PLACE, "meal", "talk-7", "住张三家隔壁的名都花园小区"), now)
    with store.reading() as unit:
        [row] = unit.session.scalars(select(UnmetWish))
        kept = " ".join(str(value) for value in vars(row).values())
    assert "名都" not in kept
    assert "talk-7" not in kept
    assert row.community == ""


def test_needs_stand_beside_the_places_that_there_are(store: Store, now: datetime) -> None:
    offerings.load_demo(store, ROOT / "data/policy/offerings.csv")
    there = [one for one in offerings.find_offerings(store, "meal") if one.community]
    unmet.count(store, Wish(UnmetKind.FULL, "meal", "a", there[0].community, 1, FRIDAY), now)
    unmet.count(store, Wish(UnmetKind.NO_SERVICE, "planner", "a"), now)
    offered = {need.about: need.offered for need in unmet.needs(store, STAFF, now)}
    assert offered["meal"] > 0
    assert offered["planner"] == 0


def test_months_that_are_long_gone_are_not_shown(store: Store, now: datetime) -> None:
    unmet.count(store, full("a", 1, FRIDAY), now.replace(year=now.year - 2))
    assert unmet.needs(store, STAFF, now) == []


def test_who_has_no_business_with_figures_does_not_see_them(store: Store, now: datetime) -> None:
    with pytest.raises(Forbidden):
        unmet.needs(store, Actor("grid-1", "grid_worker"), now)


def test_examples_are_loaded_once_and_marked(store: Store, now: datetime) -> None:
    demo.load(store, now)
    first = unmet.needs(store, STAFF, now)
    demo.load(store, now)
    assert unmet.needs(store, STAFF, now) == first
    assert all(need.example for need in first)
    assert ("bathing", 14, 3) in {(need.about, need.people, need.places) for need in first}
