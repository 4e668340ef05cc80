"""Applications are seen masked and moved on; postings are previewed, then taken in whole or not at all."""

from collections.abc import Callable, Sequence

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.jobs import applications, importing, jobs
from bot.services.jobs.applications import Application, ApplicationRequest
from bot.services.jobs.wish import Wish
from bot.services.kernel.permissions import OPERATOR
from bot.services.kernel.spreadsheets import to_csv
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
TITLES = ("岗位", "单位", "最低工资", "班次", "联系电话")
GOOD = ("电焊工", "甲厂", 6000, "白班", "0714-1234567")
WRONG = ("保洁员", "乙公司", "很多", "白班", "")


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def table(*rows: Sequence[str | int]) -> dict[str, tuple[str, bytes]]:
    return {"file": ("jobs.csv", to_csv(TITLES, rows))}


def applied(store: Store) -> Application:
    importing.import_file(store, OPERATOR, "jobs.csv", to_csv(TITLES, [GOOD]), wiring.trades(), wiring.now())
    posting = jobs.search(store, Wish(), wiring.now().date()).postings[0]
    request = ApplicationRequest(posting.id, "王小明", "13900001234", "talk", "m", "zh", "web")
    return applications.apply(store, request, wiring.now())


def test_an_application_is_seen_masked_and_moved_on(store: Store, a: Ask) -> None:
    number, staff = applied(store).number, a("community_staff")
    seen = staff.get("/staff/jobs").text
    assert number in seen
    assert "139****1234" in seen
    assert "13900001234" not in seen
    assert "0714-1234567" in seen, "staff have to reach the employer"
    assert staff.post(f"/staff/jobs/{number}/passed_on").status_code == 303
    assert "已转给单位" in staff.get("/staff/jobs").text
    again = staff.post(f"/staff/jobs/{number}/passed_on")
    assert (again.status_code, "已经是这个状态" in again.text) == (422, True)
    assert staff.post(f"/staff/jobs/{number}/closed").status_code == 303
    assert number not in staff.get("/staff/jobs").text
    assert staff.post(f"/staff/jobs/{number}/whatever").status_code == 422


def test_others_see_nothing_of_it(store: Store, a: Ask) -> None:
    number = applied(store).number
    for role in ("auditor", "grid_worker", "editor"):
        assert a(role).get("/staff/jobs").status_code == 403
        assert a(role).post(f"/staff/jobs/{number}/closed").status_code == 403


def test_a_file_is_previewed_and_taken_in_whole_or_not_at_all(store: Store, a: Ask) -> None:
    staff, today = a("dispatcher"), wiring.now().date()
    preview = staff.post("/staff/jobs/import", {"deed": "check"}, files=table(GOOD))
    assert preview.status_code == 200
    assert jobs.count_open(store, today) == 0
    refused = staff.post("/staff/jobs/import", {"deed": "import"}, files=table(GOOD, WRONG))
    assert refused.status_code == 422
    assert "第3行，最低工资：不是数字" in refused.text
    assert jobs.count_open(store, today) == 0
    assert staff.post("/staff/jobs/import", {"deed": "import"}, files=table(GOOD)).status_code == 303
    assert jobs.count_open(store, today) == 1
    unreadable = staff.post("/staff/jobs/import", {"deed": "import"}, files={"file": ("jobs.xlsx", b"no table")})
    assert unreadable.status_code == 422


def test_one_posting_by_form_is_checked_like_a_row(store: Store, a: Ask) -> None:
    staff = a("community_staff")
    form = {"title": "花店店员", "employer": "示例花店", "pay_from": "3000", "shift": "day", "lodging": "no"}
    wrong = staff.post("/staff/jobs/new", {**form, "pay_from": "很多", "details": "打13812345678"})
    assert wrong.status_code == 422
    assert "花店店员" in wrong.text, "what was typed comes back"
    assert jobs.count_open(store, wiring.now().date()) == 0
    assert staff.post("/staff/jobs/new", form).status_code == 303
    assert staff.post("/staff/jobs/new", form).status_code == 303, "the same again renews it"
    [posting] = jobs.search(store, Wish(), wiring.now().date()).postings
    assert (posting.title, posting.pay_from, posting.shift, posting.lodging) == ("花店店员", 3000, "day", False)
    assert a("editor").post("/staff/jobs/new", form).status_code == 403
