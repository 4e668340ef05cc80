"""Every staff route × every role, from the route table: a new route without a rule fails here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.main import create_app
from bot import wiring
from bot.services.kernel.permissions import PERMISSIONS, ROLES
from bot.services.staff import staff_sessions
from bot.settings import Settings
from bot.store.staff import queries as staff_queries
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.staff import RULES, StaffClient, enter

pytestmark = [pytest.mark.security, pytest.mark.api]

STAFF = ("/staff", "/api/v1/staff")
OTHERS = {"public", "signing in"}
"""Rules that are no permission."""


@dataclass(frozen=True)
class Found:
    method: str
    path: str
    rules: tuple[str, ...]

    @property
    def address(self) -> str:
        """With something in place of every parameter: what it is does not matter, permission comes first."""
        return re.sub(r"\{[^}]*\}", "none", self.path)

    @property
    def permission(self) -> str | None:
        [rule] = self.rules
        return None if rule in OTHERS else rule

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes(app: FastAPI) -> Iterator[Found]:
    """All HTTP and WebSocket routes below the staff addresses."""
    for context in iter_route_contexts(app.routes):
        path = getattr(context, "path", None) or ""
        if path in STAFF or path.startswith(tuple(f"{one}/" for one in STAFF)):
            dependant = getattr(context, "dependant", None)
            rules = tuple(rules_of(dependant)) if dependant else ()
            for method in sorted(getattr(context, "methods", None) or {"WEBSOCKET"}):
                yield Found(method, path, rules)


def rules_of(dependant: Dependant) -> Iterator[str]:
    rule = getattr(dependant.call, "rule", None)
    if rule is not None:
        yield str(rule)
    for one in dependant.dependencies:
        yield from rules_of(one)


@pytest.fixture
def app(settings: Settings, store: Store, rasa: ScriptedRasa) -> FastAPI:
    many = {"requests_per_minute": 100_000, "staff_logins_per_minute": 100_000}
    return create_app(settings.model_copy(update=many), store=store, rasa=rasa)  # type: ignore[arg-type]


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_every_staff_route_has_exactly_one_rule(app: FastAPI) -> None:
    found = list(routes(app))
    assert len(found) > 30
    assert [str(one) for one in found if len(one.rules) != 1 or one.rules[0] not in {*PERMISSIONS, *OTHERS}] == []


def test_every_permission_is_held_by_somebody_and_names_only_roles() -> None:
    assert [name for name, roles in PERMISSIONS.items() if not roles or not roles <= set(ROLES)] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_may_and_nothing_else(
    app: FastAPI,
    client: TestClient,
    store: Store,
    role: str,
) -> None:
    wrong = []
    for route in routes(app):
        if route.method == "WEBSOCKET" or route.rules == ("public",):
            continue
        # A fresh session each time: some routes end it.
        staff = StaffClient(client, enter(store, role, wiring.now()))
        headers = {"X-CSRF-Token": staff.signed.csrf}
        answer = staff.request(route.method, route.address, headers=headers)
        to_login = answer.headers.get("location", "").startswith("/staff/login") and "logout" not in route.path
        to_login = to_login and "everywhere" not in route.path
        refused = answer.status_code in (401, 403) or to_login
        may = route.permission is None or role in PERMISSIONS[route.permission]
        if refused == may or answer.status_code >= 500:
            wrong.append(f"{route}: {answer.status_code} although {role} {'may' if may else 'may not'}")
    assert wrong == []


def test_nobody_enters_without_signing_in(app: FastAPI, client: TestClient) -> None:
    wrong = []
    for route in routes(app):
        if route.method == "WEBSOCKET" or route.rules == ("public",):
            continue
        answer = client.request(route.method, route.address, follow_redirects=False)
        led_to_login = answer.status_code == 303 and answer.headers["location"].startswith("/staff/login")
        if not (answer.status_code == 401 if route.path.startswith("/api/") else led_to_login):
            wrong.append(f"{route}: {answer.status_code}")
    assert wrong == []


def test_half_a_sign_in_opens_nothing(app: FastAPI, client: TestClient, store: Store) -> None:
    whole = enter(store, "admin", wiring.now())
    with store.unit() as unit:
        account = staff_queries.account(unit, whole.actor.id)
        assert account
        half = staff_sessions.open_session(unit, account, wiring.now(), RULES)
        unit.commit()
    assert half.missing == "code"
    staff, wrong = StaffClient(client, half), []
    for route in routes(app):
        if route.method == "WEBSOCKET" or route.permission is None:
            continue
        answer = staff.request(route.method, route.address, headers={"X-CSRF-Token": half.csrf})
        to_code = answer.status_code == 303 and answer.headers["location"] == "/staff/code"
        if not (answer.status_code == 403 if route.path.startswith("/api/") else to_code):
            wrong.append(f"{route}: {answer.status_code}")
    assert wrong == []


def test_every_change_wants_the_csrf_token(app: FastAPI, client: TestClient, store: Store) -> None:
    signed, wrong = enter(store, "admin", wiring.now()), []
    for route in routes(app):
        if route.method in ("GET", "HEAD", "WEBSOCKET") or route.rules == ("public",):
            continue
        for headers in ({}, {"X-CSRF-Token": "0" * 64}):
            answer = StaffClient(client, signed).request(route.method, route.address, headers=headers)
            if answer.status_code != 403:
                wrong.append(f"{route}: {answer.status_code}")
    assert wrong == []
