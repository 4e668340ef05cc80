"""A guide is an example until an editor confirms it as it stands; then residents read it without the mark."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from actions.guides import texts
from bot import wiring
from bot.errors import Forbidden
from bot.services.guides import confirmations
from bot.services.kernel.permissions import ROLES, Actor
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api
EDITOR = Actor("editor-1", "editor")
NOTE = "这些步骤是示例"
CASE = "/guides/school_entry?household=local&stage=primary"


@pytest.fixture(autouse=True)
def told_from_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "store", lambda: store)


def test_an_editor_confirms_and_takes_it_back_and_residents_read_it(client: TestClient, store: Store) -> None:
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    guide = wiring.guides().guides["school_entry"]
    assert NOTE in client.get(CASE).text
    assert NOTE in texts.note(guide, "zh")
    assert "示例，还没有人确认" in staff.get("/staff/guides").text
    page = staff.get("/staff/guides/school_entry").text
    for step in guide.steps:
        assert step.do["zh"] in page
        assert step.confirm["zh"] in page
    assert (
        staff.post("/staff/guides/school_entry/confirm", {"source": "公共服务部 11月20日书面答复"}).status_code == 303
    )
    assert "确认过" in staff.get("/staff/guides/school_entry").text
    assert NOTE not in client.get(CASE).text
    assert texts.note(guide, "zh") == ""
    assert staff.post("/staff/guides/school_entry/take-back").status_code == 303
    assert NOTE in client.get(CASE).text


def test_another_wording_is_an_example_again(store: Store) -> None:
    guide = wiring.guides().guides["school_entry"]
    confirmations.confirm(store, EDITOR, guide, "公共服务部", wiring.now())
    assert not confirmations.is_example(store, guide)
    first, *others = guide.steps
    changed = replace(guide, steps=(replace(first, where={"zh": "别处", "en": "elsewhere"}), *others))
    assert confirmations.is_example(store, changed)
    other = next(one for one in wiring.guides().guides.values() if one.id != guide.id)
    assert confirmations.is_example(store, other)


def test_it_needs_to_be_said_who_confirmed_it(client: TestClient, store: Store) -> None:
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    refused = staff.post("/staff/guides/school_entry/confirm", {"source": " "})
    assert refused.status_code == 422
    assert "请写是谁确认的" in refused.text
    assert confirmations.is_example(store, wiring.guides().guides["school_entry"])
    assert staff.get("/staff/guides/nothing").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_who_writes_items_confirms_guides_and_others_do_not(client: TestClient, store: Store, role: str) -> None:
    staff = StaffClient(client, enter(store, role, wiring.now()))
    confirms = staff.post("/staff/guides/school_entry/confirm", {"source": "公共服务部"}).status_code == 303
    assert confirms == (role in ("editor", "dispatcher"))
    assert (staff.get("/staff/guides").status_code == 200) == (role in ("editor", "dispatcher", "community_staff"))
    if not confirms:
        with pytest.raises(Forbidden):
            confirmations.take_back(store, Actor("x", role), wiring.guides().guides["school_entry"], wiring.now())
