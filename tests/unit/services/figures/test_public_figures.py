"""Everybody may read how offices keep their times; no count is so small that it would tell of somebody."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.services.cases.cases import ComplaintRequest, file_case
from bot.services.figures import public_figures
from bot.services.figures.public_figures import Office
from bot.services.kernel.deadlines import Targets
from bot.store.cases import queries as case_queries
from bot.store.store import Store

pytestmark = pytest.mark.store
TARGETS = Targets(1, 3, False)

File = Callable[..., ComplaintRequest]


def given(store: Store, complaint: File, office: str, count: int, at: datetime, **changes: object) -> None:
    """So many cases that this office was given."""
    for each in range(count):
        who = f"{office}-{each}-{at:%m%d}"
        request = complaint(conversation_id=who, client_message_id=who, phone=f"1390000{each:04}", **changes)
        number = file_case(store, request, at, targets=TARGETS).number
        with store.unit() as unit:
            row = case_queries.lock_case(unit, number)
            assert row is not None
            row.department = office or None
            unit.commit()


def test_an_office_is_told_by_month_and_small_ones_together(store: Store, now: datetime, complaint: File) -> None:
    before = now - timedelta(days=10)
    given(store, complaint, "市政所", 6, before)
    given(store, complaint, "城管", 3, before)
    given(store, complaint, "", 2, before)
    [month] = public_figures.months(store, now, TARGETS)
    assert month.name == f"{before:%Y-%m}"
    assert month.offices == (Office("市政所", 6, 0, 0), Office("", 5, 0, 0))
    assert not month.hidden


def test_what_is_few_even_together_is_hidden(store: Store, now: datetime, complaint: File) -> None:
    given(store, complaint, "市政所", 5, now - timedelta(days=10))
    given(store, complaint, "城管", 4, now - timedelta(days=10))
    [month] = public_figures.months(store, now, TARGETS)
    assert [one.name for one in month.offices] == ["市政所"]
    assert month.hidden


def test_a_share_of_those_whose_time_runs_is_not_told(store: Store, now: datetime, complaint: File) -> None:
    given(store, complaint, "市政所", 6, now - timedelta(hours=1))
    [month] = public_figures.months(store, now, TARGETS)
    assert month.offices == (Office("市政所", 6, None, None),)


def test_complaints_about_staff_and_old_ones_are_not_counted(store: Store, now: datetime, complaint: File) -> None:
    given(store, complaint, "市政所", 6, now - timedelta(days=1), category="staff_conduct")
    given(store, complaint, "城管", 6, now - timedelta(days=300))
    assert public_figures.months(store, now, TARGETS) == []
