"""Who may do what with proposals, points, work, items, mandates, places, the inbox and needs: row by row, so that a change of the table is seen here."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.main import create_app
from bot import wiring
from bot.services.kernel.permissions import PERMISSIONS, ROLES, Actor
from bot.services.mandates import demo as mandates_demo
from bot.services.points import points
from bot.services.points.points import VolunteerRequest
from bot.services.proposals import proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.security.test_permission_matrix import routes
from tests.staff import StaffClient, enter

pytestmark = [pytest.mark.security, pytest.mark.api]
DESK = {"community_staff", "dispatcher"}
ROWS = {
    "proposals.read": DESK,
    "proposals.work": DESK,
    "proposals.decide": {"dispatcher"},
    "proposals.export": DESK,
    "points.read": DESK,
    "points.confirm": DESK,
    "points.stock": {"dispatcher"},
    "points.export": DESK,
    "jobs.read": DESK,
    "jobs.work": DESK,
    "jobs.import": DESK,
    "cases.place": {"dispatcher", "grid_worker"},
    "cases.correct": {"dispatcher"},
    "cases.file": DESK,
    "bookings.file": DESK,
    "inbox.read": DESK | {"grid_worker", "editor"},
    "inbox.work": DESK | {"grid_worker", "editor"},
    "profiles.read": DESK,
    "items.read": DESK | {"editor"},
    "items.write": {"dispatcher", "editor"},
    "mandates.read": DESK,
    "mandates.work": DESK,
    "mandates.export": DESK,
    "unmet.read": set(ROLES) - {"grid_worker"},
    "unmet.export": set(ROLES) - {"grid_worker"},
    "queue.read": DESK | {"admin"},
    "queue.work": DESK,
}
ROUTES = {
    "GET /staff/proposals": "proposals.read",
    "GET /staff/proposals/{number}": "proposals.read",
    "POST /staff/proposals/{number}/publish": "proposals.work",
    "POST /staff/proposals/{number}/withdraw": "proposals.work",
    "POST /staff/proposals/{number}/move": "proposals.work",
    "GET /staff/points": "points.read",
    "GET /staff/points/{number}": "points.read",
    "POST /staff/points/{number}/hours": "points.confirm",
    "POST /staff/points/{number}/honour": "points.confirm",
    "POST /staff/points/hand-out": "points.confirm",
    "POST /staff/points/stock": "points.stock",
    "GET /staff/jobs": "jobs.read",
    "POST /staff/jobs/new": "jobs.import",
    "POST /staff/jobs/import": "jobs.import",
    "POST /staff/jobs/{number}/{state}": "jobs.work",
    "GET /staff/mandates": "mandates.read",
    "GET /staff/mandates/{number}": "mandates.read",
    "POST /staff/mandates/{number}/end": "mandates.work",
    "GET /staff/unmet": "unmet.read",
    "GET /staff/items": "items.read",
    "GET /staff/items/catalogue.csv": "items.read",
    "GET /staff/items/new": "items.write",
    "GET /staff/items/{item_id}": "items.read",
    "POST /staff/items/save": "items.write",
    "POST /staff/items/import": "items.write",
    "GET /staff/inbox": "inbox.read",
    "GET /staff/inbox/events": "inbox.read",
    "POST /staff/inbox/do": "inbox.work",
    "POST /staff/inbox/views": "inbox.work",
    "POST /staff/inbox/views/{view_id}/forget": "inbox.work",
    "POST /staff/search": "inbox.read",
    "GET /staff/review": "conversations.review",
    "POST /staff/review/{turn_id}": "conversations.review",
    "POST /staff/review/{turn_id}/undo": "conversations.review",
    "GET /staff/profiles": "profiles.read",
    "GET /staff/profiles/{number}": "profiles.read",
    "GET /staff/cases/new": "cases.file",
    "POST /staff/cases/new": "cases.file",
}
"""A stage that the street decides is checked once more inside, by `proposals.decide`."""


@pytest.fixture
def app(settings: Settings, store: Store, rasa: ScriptedRasa) -> FastAPI:
    many = {"requests_per_minute": 100_000, "staff_logins_per_minute": 100_000}
    return create_app(settings.model_copy(update=many), store=store, rasa=rasa)  # type: ignore[arg-type]


def test_the_table_holds_these_rows_and_no_further_ones() -> None:
    topics = ("proposals.", "points.", "jobs.", "cases.place", "cases.correct", "cases.file", "bookings.file")
    topics += ("items.", "mandates.", "inbox.", "profiles.", "unmet.", "queue.")
    there = {name: set(roles) for name, roles in PERMISSIONS.items() if name.startswith(topics)}
    assert there == ROWS


def test_every_route_of_these_topics_wants_its_permission(app: FastAPI) -> None:
    pages = ("/staff/proposals", "/staff/points", "/staff/jobs", "/staff/items", "/staff/mandates")
    pages += ("/staff/unmet", "/staff/inbox", "/staff/search", "/staff/review", "/staff/profiles", "/staff/cases/new")
    found = {str(one): one.permission for one in routes(app) if one.path.startswith(pages)}
    assert found == ROUTES


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_exports_and_decides_as_its_row_says(app: FastAPI, store: Store, role: str) -> None:
    now = wiring.now()
    proposal = proposals.submit(store, ProposalRequest("装扶手", None, "talk", "m", "zh", "web"), now).number
    request = VolunteerRequest("王秀英", "13900001234", "送餐", "周末", "talk", "m", "zh", "web")
    volunteer = points.join(store, request, now).number
    mandates_demo.load(store, now)
    with TestClient(app, raise_server_exceptions=False) as client:
        staff = StaffClient(client, enter(store, role, now))
        reads = {
            "proposals.read": f"/staff/proposals/{proposal}",
            "proposals.export": "/staff/proposals?export=csv",
            "points.read": f"/staff/points/{volunteer}",
            "points.export": "/staff/points?export=csv",
            "jobs.read": "/staff/jobs",
            "mandates.read": "/staff/mandates/59000001",
            "mandates.export": "/staff/mandates?export=csv",
            "unmet.read": "/staff/unmet",
            "unmet.export": "/staff/unmet?export=csv",
            "profiles.read": "/staff/profiles",
            "queue.read": "/staff/queue",
            "items.read": "/staff/items/residence_permit",
            "items.write": "/staff/items/new",
        }
        for permission, path in reads.items():
            assert (staff.get(path).status_code == 200) == (role in ROWS[permission]), path
        at, answer = f"/staff/proposals/{proposal}", {"answer": "已经研究过了。", "outcome": "adopted"}
        decided = staff.post(f"{at}/move", {"stage": "answered", **answer})
        assert (decided.status_code == 303) == (role in ROWS["proposals.decide"])
        hours = {"hours": "1", "day": now.date().isoformat(), "activity": "送餐"}
        ended = staff.post("/staff/mandates/59000001/end", {"reason": "本人来电要求"})
        assert (ended.status_code == 303) == (role in ROWS["mandates.work"])
        confirmed = staff.post(f"/staff/points/{volunteer}/hours", hours)
        assert (confirmed.status_code == 303) == (role in ROWS["points.confirm"])


@pytest.mark.parametrize("role", ROLES)
def test_only_who_sends_somebody_or_goes_there_may_see_a_place_in_full(role: str) -> None:
    assert Actor("one", role).may("cases.place") == (role in ROWS["cases.place"])
