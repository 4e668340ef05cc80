"""The page of wishes that could not be met: needs, what would have helped, projects; and its file."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.proposals import demo as proposals_demo
from bot.services.unmet import demo, unmet
from bot.services.unmet.unmet import UnmetKind, Wish
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[[str], StaffClient]


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    demo.load(store, wiring.now())
    proposals_demo.load(store, wiring.now())
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


def test_the_page_says_what_would_have_served_how_many(a: Ask) -> None:
    english = a("community_staff").get("/staff/unmet?lang=en").text
    assert "3 more places of" in english
    assert "would have served 14 people." in english
    chinese = a("dispatcher").get("/staff/unmet?lang=zh").text
    assert "就能服务14人" in chinese
    assert "示例" in chinese
    assert "四点半课堂延长到六点半" in chinese


def test_the_file_holds_the_same_and_the_audit_knows_of_it(a: Ask, store: Store) -> None:
    exported = a("auditor").get("/staff/unmet?export=csv&lang=zh").text
    assert "就能服务14人" in exported
    assert "unmet.export" in {one.action for one in audit.found(store, AuditFilter())}


def test_a_grid_worker_does_not_see_it(a: Ask) -> None:
    assert a("grid_worker").get("/staff/unmet").status_code == 403


def test_a_subject_that_has_no_name_is_another_one(a: Ask, store: Store) -> None:
    staff = a("editor")
    unmet.count(store, Wish(UnmetKind.UNANSWERED, "no-such-topic", "talk"), wiring.now())
    assert "写一页这方面的答案，就能答上1个问题" in staff.get("/staff/unmet?lang=zh").text
