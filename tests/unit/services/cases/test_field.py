"""In the field: what is done there is written once, however often it is sent, and only by whose grid and task it is."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from bot.errors import BadInput, BadPhoto, Forbidden, NotFound, WrongState
from bot.services.cases import cases, field, staff_cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.cases.field import Report
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.store.cases.queries import CaseFilter
from bot.store.store import Store
from tests.records import photos_of
from tests.staff import enter

pytestmark = pytest.mark.store
SEEN = Report("public_facility", "金山路口", "井盖松了", "(30.09512, 114.97431)")


def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def worker(store: Store, now: datetime) -> Actor:
    return enter(store, "grid_worker", now, grid="东风-03", community="东风社区").actor


@pytest.fixture
def task(store: Store, now: datetime, worker: Actor, complaint: Callable[..., ComplaintRequest]) -> str:
    number = cases.file_case(store, complaint(), now, targets=Targets()).number
    staff_cases.dispatch(store, Actor("d", "dispatcher"), number, worker=worker.id, now=now)
    return number


def states(store: Store, number: str) -> str:
    with store.reading() as unit:
        return cases.locked(unit, number).state


def report(
    store: Store, actor: Actor, now: datetime, mark: str = "m1", told: Report = SEEN, photo: bytes | None = None
) -> str:
    return field.report(store, actor, told, mark=mark, photo=photo, now=now, targets=Targets())


def test_a_report_is_filed_once_with_its_place_position_and_picture(store: Store, now: datetime, worker: Actor) -> None:
    number = report(store, worker, now, photo=picture())
    assert report(store, worker, now, photo=picture()) == number
    assert report(store, worker, now, mark="m2") != number
    lines = staff_cases.list_cases(store, Actor("d", "dispatcher"), CaseFilter(), now)
    assert {line.number for line in lines if line.channel == "field"} == {number, lines[0].number}
    [line] = [one for one in lines if one.number == number]
    assert (line.place, line.grid, line.community) == ("金山路口 (30.09512, 114.97431)", "东风-03", "东风社区")
    assert len(photos_of(store, number)) == 1


def test_a_task_goes_from_arriving_to_done_and_the_resident_reads_the_words(
    store: Store, now: datetime, worker: Actor, task: str
) -> None:
    [mine] = field.tasks_of(store, worker)
    assert (mine.number, mine.arrived) == (task, False)
    for _ in range(2):
        field.do(store, worker, task, "arrived", mark="a", now=now)
    assert [one.arrived for one in field.tasks_of(store, worker)] == [True]
    for _ in range(2):
        field.do(store, worker, task, "photo", mark="p", photo=picture(), now=now)
    assert len(photos_of(store, task)) == 1
    for _ in range(2):
        field.do(store, worker, task, "done", mark="d", words="灯换好了", now=now)
    assert field.tasks_of(store, worker) == []
    case = cases.find_case(store, task, "1234", asker="a", now=now)
    assert (case.state, case.answer) == ("answered", "灯换好了")
    actions = [event.action for event in case.history]
    assert actions.count("arrived") == actions.count("answered") == 1


def test_done_alone_is_arriving_too(store: Store, now: datetime, worker: Actor, task: str) -> None:
    field.do(store, worker, task, "done", mark="d", words="灯换好了", now=now)
    assert states(store, task) == "answered"


def test_nothing_is_done_for_another_grid_or_another_role(
    store: Store, now: datetime, worker: Actor, task: str
) -> None:
    other = enter(store, "grid_worker", now, grid="老街-01").actor
    assert field.tasks_of(store, other) == []
    with pytest.raises(NotFound):
        field.do(store, other, task, "arrived", mark="a", now=now)
    with pytest.raises(Forbidden):
        report(store, Actor("e", "editor"), now)
    assert states(store, task) == "dispatched"


def test_what_cannot_be_is_refused_and_may_be_sent_again_mended(
    store: Store, now: datetime, worker: Actor, task: str
) -> None:
    for told in (Report("noise", "", "吵"), Report("noise", "金山路", " "), Report("no such", "金山路", "吵")):
        with pytest.raises(BadInput):
            report(store, worker, now, told=told)
    with pytest.raises(BadPhoto):
        report(store, worker, now, photo=b"no picture")
    with pytest.raises(BadInput):
        field.do(store, worker, task, "done", mark="d", words="", now=now)
    field.do(store, worker, task, "done", mark="d", words="灯换好了", now=now)
    with pytest.raises(WrongState):
        field.do(store, worker, task, "arrived", mark="late", now=now)
    assert report(store, worker, now)
