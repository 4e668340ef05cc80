"""Honorary residents are named only with their consent, in the words they agreed to, and gone when they wish."""

from datetime import datetime, timedelta

import pytest

from bot.errors import BadInput, Forbidden, NotFound
from bot.services.kernel.permissions import Actor
from bot.services.points import honours, points, staff_points
from bot.services.points.honours import Honoured
from bot.services.points.points import VolunteerRequest
from bot.services.residents import residents
from bot.store.points import queries
from bot.store.store import Store

pytestmark = pytest.mark.store
STAFF = Actor("community-1", "community_staff")
PHONE = "13900001234"


def volunteer(store: Store, now: datetime, name: str = "王秀英", phone: str = PHONE) -> str:
    request = VolunteerRequest(name, phone, "送餐", "周末", f"talk-{name}", "m", "zh", "web")
    return points.join(store, request, now).number


def honour(store: Store, number: str, name: str, now: datetime, *, agreed: bool = True) -> None:
    honours.name_in_public(store, STAFF, number, name, agreed=agreed, now=now)


def test_they_are_listed_by_their_hours(store: Store, now: datetime) -> None:
    few, many = volunteer(store, now), volunteer(store, now, "李明", "13900005678")
    volunteer(store, now, "无名", "13900009999")
    for number, hours in ((few, 1.5), (many, 4)):
        staff_points.confirm_hours(
            store, STAFF, number, hours=hours, day=now.date(), activity="送餐", now=now
        )  # fmt: skip
    honour(store, few, "王阿姨", now)
    honour(store, many, "李师傅", now)
    assert honours.listed(store) == [Honoured("李师傅", 4), Honoured("王阿姨", 1.5)]
    honour(store, many, "", now, agreed=False)
    assert honours.listed(store) == [Honoured("王阿姨", 1.5)]
    assert honours.name_of(store, many) == ""


@pytest.mark.parametrize("name", ["王", "王" * 21, "打13812345678"])
def test_a_name_that_cannot_be_public_is_refused(store: Store, now: datetime, name: str) -> None:
    number = volunteer(store, now)
    with pytest.raises(BadInput):
        honour(store, number, name, now)
    with pytest.raises(BadInput):
        honour(store, number, "王阿姨", now, agreed=False)
    assert honours.listed(store) == []


def test_only_who_confirms_hours_may_name_somebody_and_only_a_volunteer(store: Store, now: datetime) -> None:
    number = volunteer(store, now)
    with pytest.raises(Forbidden):
        honours.name_in_public(store, Actor("e", "editor"), number, "王阿姨", agreed=True, now=now)
    with pytest.raises(NotFound):
        honour(store, "49999999", "王阿姨", now)


def test_the_name_goes_with_an_erasure_and_when_its_time_is_over(store: Store, now: datetime) -> None:
    number, other = volunteer(store, now), volunteer(store, now, "李明", "13900005678")
    honour(store, number, "王阿姨", now)
    honour(store, other, "李师傅", now)
    residents.erase_resident(store, PHONE, now)
    assert [one.name for one in honours.listed(store)] == ["李师傅"]
    with pytest.raises(NotFound):
        honour(store, number, "王阿姨", now)
    with store.unit() as unit:
        queries.empty_one(unit, now + timedelta(days=1), now)
        unit.commit()
    assert honours.listed(store) == []
