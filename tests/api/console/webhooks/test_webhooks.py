"""An admin adds receivers, sees what did not reach them and sends it again; the secret is shown once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.kernel.permissions import Actor
from bot.services.webhooks import deliveries, receivers
from bot.services.webhooks.deliveries import Outcome, Verdict
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
ADMIN = Actor("admin-1", "admin")
NEW = {"name": "城市平台", "url": "https://city.example/events?key=hidden", "kinds": "case"}


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


def test_a_receiver_is_added_and_its_secret_shown_once(store: Store, a: Ask) -> None:
    admin = a("admin")
    shown = admin.post("/staff/webhooks/new", NEW)
    assert shown.status_code == 200
    [secret] = re.findall(r'value="(whsec_[^"]+)"', shown.text)
    page = admin.get("/staff/webhooks").text
    assert "城市平台" in page
    assert "city.example" in page
    assert "key=hidden" not in page, "an address may hold a key"
    assert secret not in page
    again = admin.post("/staff/webhooks/1/secret").text
    assert secret not in again
    assert "whsec_" in again


def test_what_is_wrong_is_said(a: Ask) -> None:
    answer = a("admin").post("/staff/webhooks/new", {**NEW, "url": "http://city.example/"})
    assert answer.status_code == 422
    assert "https" in answer.text


def test_dead_letters_are_seen_sent_again_and_dropped(store: Store, a: Ask) -> None:
    admin, now = a("admin"), wiring.now()
    admin.post("/staff/webhooks/new", NEW)
    for _ in range(2):
        assert admin.post("/staff/webhooks/1/test").status_code == 303
    for _ in range(len(deliveries.WAITS) + 1):
        now += timedelta(hours=25)
        deliveries.deliver(store, 1, lambda parcel, moment: Outcome(Verdict.REFUSED, "500"), lambda moment=now: moment)
    page = a("auditor").get("/staff/webhooks").text
    letters = re.findall(r'id="l(\d+)"', page)
    assert len(letters) == 2
    assert "/again" not in page, "an auditor reads"
    assert 'data-pile="webhooks"' in admin.get("/staff").text
    assert admin.post(f"/staff/webhooks/letters/{letters[0]}/drop").status_code == 303
    assert admin.post("/staff/webhooks/letters/again").status_code == 303
    [seen] = receivers.listed(store, ADMIN)
    assert (seen.waiting, seen.dead) == (1, 0)
    assert admin.post("/staff/webhooks/letters/again").status_code == 404


def test_a_receiver_is_switched_allowed_and_removed(store: Store, a: Ask) -> None:
    admin = a("admin")
    admin.post("/staff/webhooks/new", NEW)
    for deed, expected in (
        ("off", (False, False)),
        ("on", (True, False)),
        ("allow", (True, True)),
        ("forbid", (True, False)),
    ):
        assert admin.post(f"/staff/webhooks/1/{deed}").status_code == 303
        [seen] = receivers.listed(store, ADMIN)
        assert (seen.active, seen.personal) == expected
    assert admin.post("/staff/webhooks/1/remove").status_code == 303
    assert receivers.listed(store, ADMIN) == []
    assert admin.post("/staff/webhooks/1/remove").status_code == 404
