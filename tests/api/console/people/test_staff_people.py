"""The staff API of people and audit, and the pages' files."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.kernel import spreadsheets
from bot.services.kernel.permissions import OPERATOR
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Enter = Callable[[str], StaffClient]


@pytest.fixture
def entered(client: TestClient, store: Store) -> Enter:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


def test_someone_is_invited_and_signs_in_by_the_api_alone(client: TestClient, entered: Enter) -> None:
    admin = entered("admin")
    body = {"login": "lihua", "name": "李华", "role": "grid_worker", "community": "东风", "grid": "东风-03"}
    invitation = admin.send("/api/v1/staff/people", body)
    assert invitation.status_code == 201
    first = {"token": invitation.json()["token"], "password": "tall copper lantern 77"}
    me = client.post("/api/v1/staff/login/first", json=first).json()
    assert (me["role"], me["grid"], me["missing"]) == ("grid_worker", "东风-03", "second-factor")
    assert client.get("/api/v1/staff/second-factor").json()["address"].startswith("otpauth://totp/Linyu:lihua")
    headers = {"X-CSRF-Token": me["csrf"]}
    refused = client.post("/api/v1/staff/second-factor", json={"code": "000000"}, headers=headers)
    assert refused.status_code == 401
    assert refused.json()["code"] == "sign-in-failed"


def test_failures_are_problems_with_a_stable_code(entered: Enter) -> None:
    admin = entered("admin")
    body = {"login": "lihua", "name": "李华", "role": "editor"}
    assert admin.send("/api/v1/staff/people", body).status_code == 201
    again = admin.send("/api/v1/staff/people", body)
    assert (again.status_code, again.json()["code"]) == (409, "not-unique")
    wrong = admin.send("/api/v1/staff/people", body | {"login": "李华"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad-input")
    own = admin.send(f"/api/v1/staff/people/{admin.signed.actor.id}/disable")
    assert (own.status_code, own.json()["code"]) == (409, "wrong-state")
    assert "x" * 200 not in admin.send("/api/v1/staff/people", {"login": "x" * 200}).text


def test_the_list_is_sorted_paged_and_taken_away(client: TestClient, store: Store, entered: Enter) -> None:
    admin = entered("admin")
    for number in range(30):
        enter(store, "editor", wiring.now(), name=f"编辑{number:02}")
    first = admin.get("/staff/people?sort=name&size=25").text
    assert 'aria-sort="ascending"' in first
    assert "共31条" in first
    assert first.count('<tr role="row">') == 26
    second = admin.get("/staff/people?sort=name&size=25&page=2").text
    assert second.count('<tr role="row">') == 7
    book = openpyxl.load_workbook(io.BytesIO(admin.get("/staff/people?export=xlsx&sort=-name").content))
    rows = list(book.worksheets[0].values)
    assert len(rows) == 32
    assert rows[0][:3] == ("账号", "姓名", "角色")
    table = admin.get("/staff/people?export=csv").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 32
    assert "导出人员" in admin.get("/staff/audit").text


def test_the_auditor_reads_and_checks_the_audit_but_no_people(entered: Enter, store: Store) -> None:
    auditor = entered("auditor")
    with store.unit() as unit:  # no account was ever made without an entry
        audit.write(unit, OPERATOR, "account.invite", "account", auditor.signed.actor.id, wiring.now())
        unit.commit()
    assert auditor.get("/api/v1/staff/people").status_code == 403
    assert auditor.send("/api/v1/staff/audit/verify").json() == {"checked": 1, "whole": True, "problems": []}
    found = auditor.get("/api/v1/staff/audit?action=audit").json()
    assert found["total"] == 1
    assert found["entries"][0]["action"] == "audit.verify"
    page = auditor.post("/staff/audit/verify")
    assert "完整" in page.text


def test_personal_data_is_shown_only_to_whoever_may_and_says_why(entered: Enter) -> None:
    dispatcher = entered("dispatcher")
    assert dispatcher.send("/api/v1/staff/reveal/case/none", {"reason": "回电核实"}).status_code == 404
    assert dispatcher.send("/api/v1/staff/reveal/case/none", {"reason": ""}).json()["code"] == "reason-missing"
    assert dispatcher.post("/staff/reveal/case/none", {"reason": "x"}).status_code == 422
    assert entered("auditor").send("/api/v1/staff/reveal/case/none", {"reason": "回电核实"}).status_code == 403


def test_pages_speak_the_language_that_was_chosen(entered: Enter) -> None:
    admin = entered("admin")
    english = admin.get("/staff/people?lang=en")
    assert 'lang="en"' in english.text
    assert "<h1>People</h1>" in english.text
    assert "linyu_language=en" in english.headers["set-cookie"]
    assert "<h1>人员</h1>" in admin.get("/staff/people").text


def test_a_formula_stays_words_in_a_spreadsheet() -> None:
    made = spreadsheets.to_xlsx(["=1+1"], [["=cmd()", 3, True, None, "\x00odd"]])
    row = next(openpyxl.load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(min_row=2))
    assert row[0].data_type == "s"
    assert (row[0].value, row[1].value) == ("=cmd()", 3)
    assert spreadsheets.to_csv(["a"], [["@x"], ["-1"]]).decode("utf-8-sig").split() == ["a", "'@x", "'-1"]
