"""Signing in, cookies, forged forms, other people's records, hostile words: what must not be possible on staff pages."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient

from api.console.frame.render import safe_next
from api.main import create_app
from bot import wiring
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import own_account, staff_accounts, staff_sessions
from bot.services.staff.staff_accounts import Place
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.staff import RULES, StaffClient, enter

pytestmark = [pytest.mark.security, pytest.mark.api]

PASSWORD = "tall copper lantern 77"
LOGIN = "/api/v1/staff/login"


class Clock:
    def __init__(self) -> None:
        self.now = wiring.now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(settings: Settings, store: Store, rasa: ScriptedRasa, clock: Clock) -> Iterator[TestClient]:
    """The application with a clock of our own."""
    app = create_app(settings, store=store, rasa=rasa, clock=clock)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def secret(store: Store, clock: Clock) -> str:
    invitation = staff_accounts.invite(store, OPERATOR, login="boss", name="王", place=Place("admin"), now=clock())
    signed = own_account.set_first_password(store, invitation.token, PASSWORD, clock(), RULES)
    secret = own_account.pending_secret(store, signed, clock())
    own_account.confirm_second_factor(
        store, signed, pyotp.TOTP(secret).at(clock() - timedelta(minutes=1)), clock() - timedelta(minutes=1), RULES
    )
    return secret


def sign_in(client: TestClient, password: str = PASSWORD, login: str = "boss", **more: Any) -> Any:
    return client.post(LOGIN, json={"login": login, "password": password}, **more)


def test_password_and_code_open_the_console(client: TestClient, secret: str, clock: Clock) -> None:
    first = sign_in(client)
    assert first.json()["missing"] == "code"
    assert first.json()["permissions"] == []
    assert client.get("/api/v1/staff/people").status_code == 403
    body, headers = {"code": pyotp.TOTP(secret).at(clock())}, {"X-CSRF-Token": first.json()["csrf"]}
    second = client.post(f"{LOGIN}/code", json=body, headers=headers)
    assert second.json()["missing"] is None
    assert client.get("/api/v1/staff/people").status_code == 200
    assert client.get("/staff").status_code == 200


def test_the_cookie_is_hidden_from_scripts_and_other_sites(client: TestClient, secret: str) -> None:
    flags = sign_in(client).headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=strict" in flags
    assert "path=/" in flags
    assert "domain" not in flags
    assert "expires" not in flags
    assert "secure" not in flags


def test_over_https_the_cookie_is_secure(settings: Settings, store: Store, rasa: ScriptedRasa, secret: str) -> None:
    trusting = settings.model_copy(update={"trusted_proxies": "testclient"})
    client = TestClient(create_app(trusting, store=store, rasa=rasa))  # type: ignore[arg-type]
    assert "secure" in sign_in(client, headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"].lower()
    client = TestClient(create_app(settings, store=store, rasa=rasa))  # type: ignore[arg-type]
    forged = sign_in(client, headers={"X-Forwarded-Proto": "https"})
    assert "secure" not in forged.headers["set-cookie"].lower()


def test_a_planted_session_is_worth_nothing(client: TestClient, secret: str) -> None:
    client.cookies.set("linyu_staff", "planted-by-somebody")
    answer = sign_in(client)
    assert "planted" not in answer.headers["set-cookie"]
    assert client.get("/api/v1/staff/me", headers={"Cookie": "linyu_staff=planted-by-somebody"}).status_code == 401


def test_every_step_gives_a_new_token_and_ends_the_old(client: TestClient, secret: str, clock: Clock) -> None:
    first = sign_in(client)
    old = first.cookies["linyu_staff"]
    headers = {"X-CSRF-Token": first.json()["csrf"]}
    second = client.post(f"{LOGIN}/code", json={"code": pyotp.TOTP(secret).at(clock())}, headers=headers)
    assert second.cookies["linyu_staff"] != old
    client.cookies.clear()
    assert client.get("/api/v1/staff/me", headers={"Cookie": f"linyu_staff={old}"}).status_code == 401


def test_signing_in_again_ends_the_session_that_the_browser_had(client: TestClient, secret: str) -> None:
    old = sign_in(client).cookies["linyu_staff"]
    sign_in(client)
    client.cookies.clear()
    assert client.get("/api/v1/staff/me", headers={"Cookie": f"linyu_staff={old}"}).status_code == 401


def test_wrong_login_and_wrong_password_look_the_same(client: TestClient, secret: str) -> None:
    nobody, wrong = sign_in(client, login="nobody"), sign_in(client, "wrong")
    assert nobody.status_code == wrong.status_code == 401
    assert nobody.json() == wrong.json()


@pytest.mark.parametrize("login", ["boss", "nobody"])
def test_guessing_is_locked_out(client: TestClient, secret: str, clock: Clock, login: str) -> None:
    assert [sign_in(client, f"guess {n}", login).status_code for n in range(6)] == [401] * 5 + [423]
    locked = sign_in(client, PASSWORD, login)
    assert locked.status_code == 423
    assert int(locked.headers["retry-after"]) > 800
    clock.now += timedelta(minutes=16)
    assert sign_in(client, PASSWORD, login).status_code == (200 if login == "boss" else 401)


def test_guessing_many_logins_from_one_place_is_slowed_down(
    settings: Settings, store: Store, rasa: ScriptedRasa
) -> None:
    slow = settings.model_copy(update={"staff_logins_per_minute": 3})
    with TestClient(create_app(slow, store=store, rasa=rasa)) as client:  # type: ignore[arg-type]
        codes = [sign_in(client, login=f"login-{n}").status_code for n in range(4)]
        page = client.post("/staff/login", data={"login": "x", "password": "x"})
    assert codes == [401, 401, 401, 429]
    assert page.status_code == 429


def test_an_idle_session_ends(client: TestClient, store: Store, clock: Clock) -> None:
    staff = StaffClient(client, enter(store, "admin", clock()))
    clock.now += timedelta(minutes=14)
    assert staff.get("/api/v1/staff/me").status_code == 200
    clock.now += timedelta(minutes=14)
    assert staff.get("/api/v1/staff/me", headers={"X-Linyu-Background": "1"}).status_code == 200
    clock.now += timedelta(minutes=2)
    assert staff.get("/api/v1/staff/me").status_code == 401


def test_signing_out_ends_the_session_on_our_side(client: TestClient, store: Store, clock: Clock) -> None:
    staff = StaffClient(client, enter(store, "admin", clock()))
    assert staff.post("/staff/logout").status_code == 303
    assert staff.get("/api/v1/staff/me").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(
    client: TestClient, store: Store, secret: str, headers: dict[str, str]
) -> None:
    staff = StaffClient(client, enter(store, "admin", wiring.now()))
    form = {"login": "new-one", "name": "新", "role": "editor"}
    assert staff.post("/staff/people/invite", form, headers=headers).status_code == 403
    assert client.post("/staff/login", data={"login": "boss", "password": PASSWORD}, headers=headers).status_code == 403
    assert sign_in(client, headers=headers).status_code == 403


def test_a_csrf_token_of_another_session_is_refused(client: TestClient, store: Store) -> None:
    one, two = enter(store, "admin", wiring.now()), enter(store, "admin", wiring.now())
    answer = StaffClient(client, one).send("/api/v1/staff/logout", headers={"X-CSRF-Token": two.csrf})
    assert answer.status_code == 403
    field = StaffClient(client, one).post("/staff/logout", {"csrf": two.csrf})
    assert field.status_code == 403


@pytest.mark.parametrize(
    "path",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/staff\\..\\..", "/staffroom", "javascript:alert(1)",
     "/staff/\n/evil", "", "/", "/staff/../../evil\\"],
)  # fmt: skip
def test_signing_in_never_leads_elsewhere(path: str) -> None:
    assert safe_next(path) == "/staff"


def test_signing_in_leads_back_to_the_page_that_was_wanted(client: TestClient, secret: str, clock: Clock) -> None:
    asked = client.get("/staff/people?sort=-name", follow_redirects=False)
    assert asked.headers["location"] == "/staff/login?next=%2Fstaff%2Fpeople%3Fsort%3D-name"
    form = {"login": "boss", "password": PASSWORD, "next": "/staff/people?sort=-name"}
    first = client.post("/staff/login", data=form, follow_redirects=False)
    assert first.headers["location"].startswith("/staff/code?next=")
    page = client.get(first.headers["location"])
    csrf = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert csrf
    code = {"code": pyotp.TOTP(secret).at(clock()), "csrf": csrf[1], "next": "/staff/people?sort=-name"}
    assert (
        client.post("/staff/code", data=code, follow_redirects=False).headers["location"] == "/staff/people?sort=-name"
    )


def test_a_hostile_name_stays_words(client: TestClient, store: Store) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    staff = StaffClient(client, enter(store, "admin", wiring.now(), name=hostile))
    for path in ("/staff", "/staff/people", f"/staff/people/{staff.signed.actor.id}", "/staff/audit"):
        shown = staff.get(path).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;" in shown


def test_a_formula_in_a_name_is_quoted_in_the_csv(client: TestClient, store: Store) -> None:
    staff = StaffClient(client, enter(store, "admin", wiring.now(), name='=HYPERLINK("http://x")'))
    assert "'=HYPERLINK" in staff.get("/staff/people?export=csv").text


@pytest.mark.parametrize(
    "query",
    [
        "?sort=password_hash",
        "?page=-1",
        "?page=99999999",
        "?size=0",
        "?export=exe",
        "?lang=xx",
        "?look=%3Cb%3E",
        "?sort=%22%3E%3Cb%3E",
    ],
)
def test_odd_queries_change_nothing(client: TestClient, store: Store, query: str) -> None:
    answer = StaffClient(client, enter(store, "admin", wiring.now())).get(f"/staff/people{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_pages_carry_the_headers_that_protect_them(client: TestClient, store: Store) -> None:
    staff = StaffClient(client, enter(store, "admin", wiring.now()))
    for path in ("/staff", "/staff/people", "/staff/nowhere", "/staff/people?export=xlsx"):
        headers = staff.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"


def test_a_one_time_link_is_good_once_and_leaves_no_trace_in_the_log(
    client: TestClient,
    store: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "linyu.access")
    staff = StaffClient(client, enter(store, "admin", wiring.now()))
    form = {"login": "lihua", "name": "李华", "role": "editor"}
    link = re.search(r"/staff/welcome/[\w-]+", staff.post("/staff/people/invite", form).text)
    assert link
    set_it = {"password": PASSWORD, "again": PASSWORD}
    assert client.post(link[0], data=set_it, follow_redirects=False).headers["location"].endswith("second-factor")
    assert client.post(link[0], data=set_it, follow_redirects=False).status_code == 410
    ours = [record.getMessage() for record in caplog.records if record.name == "linyu.access"]
    assert any("/staff/welcome/{token}" in line for line in ours)
    assert not any(link[0] in line for line in ours)


def test_an_unknown_account_and_one_that_may_not_be_seen_look_the_same(client: TestClient, store: Store) -> None:
    admin = StaffClient(client, enter(store, "admin", wiring.now()))
    assert admin.get("/api/v1/staff/people/none").status_code == 404
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    known = editor.get(f"/api/v1/staff/people/{admin.signed.actor.id}")
    assert known.status_code == editor.get("/api/v1/staff/people/none").status_code == 403


def test_sessions_of_a_moved_account_end(client: TestClient, store: Store) -> None:
    admin = StaffClient(client, enter(store, "admin", wiring.now()))
    other = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    moved = admin.send(f"/api/v1/staff/people/{other.signed.actor.id}/move", {"role": "auditor"})
    assert moved.json()["role"] == "auditor"
    assert other.get("/api/v1/staff/me").status_code == 401


def test_tokens_and_passwords_lie_hashed(settings: Settings, store: Store, secret: str) -> None:
    with store.reading() as unit:
        account = staff_sessions.staff_queries.account_of_login(unit, "boss")
        assert account
        signed = enter(store, "admin", wiring.now())
    files = b"".join(path.read_bytes() for path in settings.state_dir.rglob("*") if path.is_file())
    for hidden in (PASSWORD, signed.token, secret, "王"):
        assert hidden.encode() not in files
