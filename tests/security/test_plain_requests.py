"""Odd requests get a clear refusal, and every answer carries the security headers."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.headers import HEADERS
from api.http.limits import JSON_BYTES
from bot import wiring
from bot.services.audit import audit
from bot.services.kernel import spreadsheets
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import Conversation, ears, make_app, voice
from tests.staff import StaffClient, enter

__all__ = ["ears", "make_app", "voice"]
pytestmark = [pytest.mark.security, pytest.mark.api]

LOGIN = "/api/v1/staff/login"


@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("GET", "/api/v1/conversations/%00/messages", None),
        ("GET", "/staff/login?next=%00", None),
        ("POST", LOGIN, b'{"login":"a\\u0000","password":"b"}'),
    ],
)
def test_a_nul_is_refused_once(client: TestClient, method: str, address: str, body: bytes | None) -> None:
    answer = client.request(method, address, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


def test_a_nul_in_a_form_or_cut_in_two_is_refused_too(client: TestClient) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/staff/login", content=b"login=a%00&password=b", headers=kind).status_code == 400

    def pieces() -> Iterator[bytes]:
        yield b'{"login":"a\\u0'
        yield b'000","password":"b"}'

    answer = client.post(LOGIN, content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_headers_without_end_are_refused(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Long": "x" * 200_000}).status_code == 431
    assert client.get("/healthz", headers={f"X-{n}": "x" for n in range(200)}).status_code == 431


def test_a_body_without_a_length_is_told_that_it_is_too_large(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(JSON_BYTES // 1024 + 2):
            yield b"x" * 1024

    conversation = Conversation(client)
    headers = {**conversation.headers, "Content-Type": "application/json"}
    answer = client.post(f"{conversation.path}/messages", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize("address", ["/staff/audit", "/api/v1/staff/audit"])
def test_a_fault_of_ours_carries_the_security_headers(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    staff = StaffClient(client, enter(store, "auditor", wiring.now()))
    monkeypatch.delattr(audit, "page_of")
    answer = staff.get(address)
    assert answer.status_code == 500
    assert set(map(str.lower, HEADERS)) <= set(answer.headers)
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/staff//", "/metrics/", "/staff/login/"])
def test_nobody_is_led_to_the_host_that_the_request_names(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
    assert "evil.example" not in answer.headers.get("location", "")


def test_only_the_names_in_the_settings_are_served(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    named = settings.model_copy(update={"allowed_hosts": "linyu.example"})
    with TestClient(make_app(named)) as client:
        codes = [
            client.get("/healthz", headers={"Host": host}).status_code for host in ("linyu.example", "evil.example")
        ]
        refused = client.get("/healthz", headers={"Host": "evil.example"})
    assert codes == [200, 400]
    assert refused.headers["x-frame-options"] == "DENY"


def test_metrics_answer_to_the_name_of_this_machine_only(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    with TestClient(make_app(settings), client=("127.0.0.1", 50000)) as client:
        codes = [
            client.get("/metrics", headers={"Host": host}).status_code
            for host in ("127.0.0.1:8000", "localhost", "[::1]:8000", "evil.example", "evil.example:8000")
        ]
    assert codes == [200, 200, 200, 404, 404]


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("auditor", "/staff/audit?until=9999-12-31"),
        ("auditor", "/staff/audit?since=0001-01-01"),
        ("auditor", "/api/v1/staff/audit?since=0001-01-01"),
        ("dispatcher", "/staff/cases?since=0001-01-01"),
        ("dispatcher", "/api/v1/staff/cases?since=0001-01-01"),
        ("dispatcher", "/api/v1/staff/cases?until=9999-12-31"),
        ("dispatcher", "/staff/bookings?day=0001-01-01"),
        ("dispatcher", "/staff/conversations?since=0001-01-01"),
        ("editor", "/staff/knowledge/app_fee/versions/99999999999999999999"),
        ("editor", "/staff/knowledge/app_fee/edit?version=99999999999999999999"),
    ],
)
def test_impossible_days_and_numbers_are_no_fault(client: TestClient, store: Store, role: str, address: str) -> None:
    assert StaffClient(client, enter(store, role, wiring.now())).get(address).status_code < 500


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_spreadsheet_computes_nothing_that_somebody_wrote(start: str) -> None:
    assert spreadsheets.to_csv(["a"], [[f"{start}cmd"]]).decode("utf-8-sig").replace('"', "").splitlines()[1][0] == "'"
