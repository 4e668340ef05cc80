"""A session, stolen or left open, never replaces the second factor: that takes the password, at once."""

from datetime import datetime, timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient

from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import own_account, passwords, staff_accounts, staff_sessions
from bot.services.staff.staff_accounts import Place
from bot.services.staff.staff_sessions import Signed
from bot.store.staff import queries as staff_queries
from bot.store.staff.tables import StaffAccount
from bot.store.store import Store
from tests.security.test_staff_login import Clock, client, clock
from tests.staff import RULES, StaffClient, enter

__all__ = ["client", "clock"]
pytestmark = [pytest.mark.security, pytest.mark.api]

API, PAGE = "/api/v1/staff/second-factor", "/staff/account/second-factor"
PASSWORD = "tall copper lantern 77"
HASHED = passwords.hash_password(PASSWORD)


@pytest.fixture
def signed(store: Store, clock: Clock) -> Signed:
    """Somebody who set up the second factor long ago."""
    signed = enter(store, "dispatcher", clock())
    with store.unit() as unit:
        account(store, signed, unit).password_hash = HASHED
        unit.commit()
    return signed


@pytest.fixture
def staff(client: TestClient, signed: Signed) -> StaffClient:
    return StaffClient(client, signed)


def account(store: Store, signed: Signed, unit: object) -> StaffAccount:
    row = staff_queries.account(unit, signed.actor.id)  # type: ignore[arg-type]
    assert row
    return row


def secret_of(store: Store, signed: Signed) -> str | None:
    with store.reading() as unit:
        return account(store, signed, unit).totp_secret


def code(secret: str, now: datetime) -> dict[str, str]:
    return {"code": pyotp.TOTP(secret).at(now)}


def test_a_session_alone_is_given_no_new_secret(staff: StaffClient) -> None:
    assert staff.get(API).status_code == 409
    assert staff.get(PAGE).status_code == 409
    assert staff.get(f"{PAGE}.svg").status_code == 409


def test_a_session_alone_confirms_nothing(staff: StaffClient, signed: Signed, store: Store, clock: Clock) -> None:
    mine = pyotp.random_base32()
    with store.unit() as unit:  # left behind by a replacement that was never finished, or by an older version
        account(store, signed, unit).totp_pending = mine
        unit.commit()
    before = secret_of(store, signed)
    assert staff.send(API, code(mine, clock())).status_code == 409
    assert staff.post(PAGE, code(mine, clock())).status_code == 409
    assert secret_of(store, signed) == before


@pytest.mark.parametrize("page", [True, False])
def test_with_the_password_it_is_replaced(
    staff: StaffClient, signed: Signed, store: Store, clock: Clock, page: bool
) -> None:
    if page:
        assert staff.post(f"{PAGE}/replace", {"password": PASSWORD}).headers["location"] == PAGE
    else:
        assert staff.send(f"{API}/replace", {"password": "wrong"}).status_code == 401
        assert staff.send(f"{API}/replace", {"password": PASSWORD}).status_code == 200
    secret = staff.get(API).json()["secret"]
    assert staff.get(f"{PAGE}.svg").status_code == 200
    confirmed = staff.post(PAGE, code(secret, clock())) if page else staff.send(API, code(secret, clock()))
    assert confirmed.status_code == 200
    assert secret_of(store, signed) == secret


def test_another_session_of_the_same_person_cannot_finish_it(
    staff: StaffClient, signed: Signed, store: Store, clock: Clock
) -> None:
    with store.unit() as unit:
        row = account(store, signed, unit)
        other = staff_sessions.open_session(unit, row, clock(), RULES, second_step=True)
        unit.commit()
    secret = own_account.replace_second_factor(store, signed, PASSWORD, clock())
    stolen = StaffClient(staff.client, other)
    assert stolen.get(API).status_code == 409
    assert stolen.send(API, code(secret, clock())).status_code == 409


def test_ten_minutes_later_the_password_is_asked_for_again(staff: StaffClient, clock: Clock) -> None:
    secret = staff.send(f"{API}/replace", {"password": PASSWORD}).json()["secret"]
    clock.now += timedelta(minutes=11)
    assert staff.get(API).status_code == 409
    assert staff.send(API, code(secret, clock())).status_code == 409


def test_looking_at_the_first_secret_changes_nothing(client: TestClient, store: Store, clock: Clock) -> None:
    invitation = staff_accounts.invite(store, OPERATOR, login="new", name="新", place=Place("editor"), now=clock())
    signed = own_account.set_first_password(store, invitation.token, PASSWORD, clock(), RULES)

    def row() -> dict[str, object]:
        with store.reading() as unit:
            kept = account(store, signed, unit)
            return {column.key: getattr(kept, column.key) for column in StaffAccount.__table__.columns}

    before, staff = row(), StaffClient(client, signed)
    shown = [staff.get(API).json()["secret"] for _ in range(2)]
    assert staff.get(f"{PAGE}.svg").status_code == 200
    assert shown[0] in staff.get(PAGE).text.replace(" ", "")
    assert row() == before
    assert shown == [before["totp_pending"]] * 2
