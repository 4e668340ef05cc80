"""Personal data in front of staff: masked, and in full only with a reason that the audit keeps."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.errors import Forbidden, NotFound, ReasonMissing
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel import disclosure
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.disclosure import HIDDEN, Subject
from bot.services.kernel.permissions import Actor
from bot.store.store import Store

pytestmark = pytest.mark.store

DISPATCHER, AUDITOR, EDITOR = Actor("d", "dispatcher"), Actor("a", "auditor"), Actor("e", "editor")


@pytest.fixture
def number(sqlite_store: Store, complaint: Callable[..., ComplaintRequest], now: datetime) -> str:
    return cases.file_case(sqlite_store, complaint(), now, targets=Targets(1, 3, working_days=False)).number


def reveal(store: Store, actor: Actor, number: str, reason: str, now: datetime) -> dict[str, str]:
    with store.unit() as unit:
        values = disclosure.reveal(unit, actor, Subject("case", number), reason, now)
        unit.commit()
    return values


@pytest.mark.parametrize(
    ("show", "value", "masked"),
    [
        (disclosure.phone, "138-1122-9074", "138****9074"),
        (disclosure.phone, "8765432", "****32"),
        (disclosure.name, "欧阳静好", "欧***"),
        (disclosure.name, "王", "王*"),
        (disclosure.name, "John Smith", "J***"),
        (disclosure.address, "东风社区六栋4071", "东风社区****"),
        (disclosure.address, "六栋4071", "****"),
        (disclosure.words, "我叫王小明，电话13811229074", None),
        (disclosure.phone, None, ""),
    ],
)
def test_lists_show_masked_values(show: Callable[..., str], value: str | None, masked: str | None) -> None:
    shown = show(DISPATCHER, value)
    assert masked is None or shown == masked
    assert "13811229074" not in shown
    assert "王小明" not in shown


@pytest.mark.parametrize("actor", [AUDITOR, EDITOR])
@pytest.mark.parametrize("show", [disclosure.phone, disclosure.name, disclosure.address, disclosure.words])
def test_roles_without_personal_data_see_nothing_of_it(show: Callable[..., str], actor: Actor) -> None:
    assert show(actor, "东风社区王小明13811229074") == HIDDEN


def test_a_reason_opens_the_values_and_the_audit_keeps_it(sqlite_store: Store, number: str, now: datetime) -> None:
    values = reveal(sqlite_store, DISPATCHER, number, "回电核实地点", now)
    assert values == {"name": "测试甲", "phone": "13900001234", "place": "东风社区测试路", "text": "路灯不亮"}
    [entry] = audit.found(sqlite_store, AuditFilter())
    assert (entry.action, entry.actor, entry.subject_id) == ("personal.reveal", "d", number)
    assert entry.reason == "回电核实地点"
    assert entry.details == {"fields": ["name", "phone", "place", "text"]}


@pytest.mark.parametrize("reason", ["", "   ", "abc", "长" * 501])
def test_without_a_reason_nothing_is_shown(sqlite_store: Store, number: str, now: datetime, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        reveal(sqlite_store, DISPATCHER, number, reason, now)
    assert list(audit.found(sqlite_store, AuditFilter())) == []


def test_auditor_and_editor_cannot_open_personal_data(sqlite_store: Store, number: str, now: datetime) -> None:
    for actor in (AUDITOR, EDITOR):
        with pytest.raises(Forbidden):
            reveal(sqlite_store, actor, number, "想看一看", now)


def test_what_is_not_there_is_not_found(sqlite_store: Store, now: datetime) -> None:
    with pytest.raises(NotFound):
        reveal(sqlite_store, DISPATCHER, "none", "回电核实", now)
    with sqlite_store.unit() as unit, pytest.raises(NotFound):
        disclosure.reveal(unit, DISPATCHER, Subject("secret", "none"), "回电核实", now)


def test_a_grid_worker_sees_the_own_grid_only() -> None:
    class Record:
        def __init__(self, grid: Any) -> None:
            self.grid = grid

    worker = Actor("g", "grid_worker", grid="东风-03")
    assert disclosure.in_scope(worker, Record("东风-03"))
    assert not disclosure.in_scope(worker, Record("东风-04"))
    assert not disclosure.in_scope(worker, Record(None))
    assert not disclosure.in_scope(Actor("g", "grid_worker"), Record(None))
    assert disclosure.in_scope(DISPATCHER, Record(None))


@pytest.mark.parametrize("category", ["staff_conduct", "noise"])
def test_a_complaint_about_staff_is_for_the_dispatcher_alone(category: str) -> None:
    class Complaint:
        grid, community = "东风-03", "东风社区"

        def __init__(self, category: str) -> None:
            self.category = category

    others = [Actor("g", "grid_worker", grid="东风-03"), Actor("c", "community_staff", community="东风社区")]
    assert disclosure.in_scope(DISPATCHER, Complaint(category))
    assert all(disclosure.in_scope(actor, Complaint(category)) is (category == "noise") for actor in others)
