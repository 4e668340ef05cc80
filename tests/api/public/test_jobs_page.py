"""The postings for everybody, as a page and as JSON, without the employers' phones."""

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.jobs import importing
from bot.services.kernel.permissions import OPERATOR
from bot.services.kernel.spreadsheets import to_csv
from bot.store.store import Store

pytestmark = pytest.mark.api

TITLES = ("岗位", "单位", "最低工资", "最高工资", "班次", "包住", "联系电话")
ROWS = [
    ("电焊工", "甲厂", 6000, 8000, "白班", "是", "0714-1234567"),
    ("夜班分拣员", "乙公司", 5500, 6500, "夜班", "否", "0714-7654321"),
    ("修表师傅<b>", "丙店", 4000, 4000, "白班", "否", ""),
]


@pytest.fixture
def offered(store: Store) -> Store:
    importing.import_file(store, OPERATOR, "jobs.csv", to_csv(TITLES, ROWS), wiring.trades(), wiring.now())
    return store


def titles(client: TestClient, query: str = "") -> list[str]:
    return [job["title"] for job in client.get(f"/api/v1/jobs{query}").json()["jobs"]]


def test_postings_are_found_by_a_sentence_by_pay_and_by_lodging(client: TestClient, offered: Store) -> None:
    assert titles(client) == ["修表师傅<b>", "夜班分拣员", "电焊工"]
    assert titles(client, "?q=不要夜班的电焊工") == ["电焊工"]
    assert titles(client, "?q=修表") == ["修表师傅<b>"]
    assert titles(client, "?pay_from=5000") == ["夜班分拣员", "电焊工"]
    assert titles(client, "?lodging=true") == ["电焊工"]
    assert client.get("/api/v1/jobs?page=0").status_code == 422


def test_no_employers_phone_is_shown_anywhere(client: TestClient, offered: Store) -> None:
    for path in ("/jobs", "/api/v1/jobs", "/jobs?lang=en&q=welder"):
        assert "0714" not in client.get(path).text


def test_the_page_shows_postings_in_both_languages_and_escapes_them(client: TestClient, offered: Store) -> None:
    chinese, english = client.get("/jobs?lang=zh").text, client.get("/jobs?lang=en&pay_from=6000").text
    assert "月薪6000到8000元" in chinese
    assert "<b>" not in chinese.replace("<body>", "")
    assert "6000 to 8000 yuan a month" in english
    assert client.get("/jobs?pay_from=many").status_code == 200
