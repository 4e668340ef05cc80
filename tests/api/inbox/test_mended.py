"""A merge that was a mistake is taken back, and what is hardly alike is offered for none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.cases import staff_cases
from bot.services.cases.alike import likeness
from bot.services.cases.alike.likeness import Told
from bot.store.store import Store
from tests.api.inbox.test_inbox import complaint
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def test_a_merge_is_taken_back_to_where_the_case_stood(store: Store, a: Ask) -> None:
    boss = a("dispatcher")
    one, two = complaint(store, "楼下烧烤太吵"), complaint(store, "楼下烧烤吵死了")
    staff_cases.dispatch(store, boss.signed.actor, one, department="综合执法队", now=wiring.now())
    assert boss.post(f"/staff/cases/{one}/merge", {"into": two}).status_code == 303
    assert "并错了" in boss.get(f"/staff/cases/{one}").text
    assert a("community_staff").post(f"/staff/cases/{one}/split").status_code == 403
    assert boss.post(f"/staff/cases/{one}/split").status_code == 303
    view = staff_cases.open_case(store, boss.signed.actor, one, wiring.now())
    assert (view.merged_into, view.state, view.department) == (None, "dispatched", "综合执法队")
    assert staff_cases.open_case(store, boss.signed.actor, two, wiring.now()).merged == ()
    assert "wrong_state" in boss.post(f"/staff/cases/{one}/split").headers["set-cookie"]


def test_what_is_hardly_alike_and_of_another_kind_is_no_double() -> None:
    now = wiring.now()
    case = Told("61", "noise", "东风社区三栋", "楼下烧烤摊晚上太吵了", now)
    other = Told("62", "parking", "东风社区三栋", "楼下晚上乱停车", now - timedelta(hours=1))
    same = Told("63", "other", "东风社区三栋", "楼下烧烤摊晚上太吵", now - timedelta(hours=1))
    assert [one.number for one in likeness.suggest(case, [other, same])] == ["63"]
