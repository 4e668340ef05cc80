"""Accounts of staff, seen from the admin's side: invite, reset, disable, change role."""

import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import BadInput, NotFound, NotUnique, WrongState
from bot.services.audit import audit
from bot.services.kernel.permissions import ROLES, Actor
from bot.services.staff import sign_in_lockout
from bot.services.staff.staff_sessions import token_hash
from bot.store.staff import queries as staff_queries
from bot.store.staff.tables import StaffAccount, StaffInvite
from bot.store.store import Store, UnitOfWork

INVITE_GOOD_FOR = timedelta(hours=24)
LONGEST_NAME = 60
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")

State = Literal["active", "invited", "locked", "disabled"]


@dataclass(frozen=True)
class AccountView:
    id: str
    login: str
    name: str
    role: str
    community: str | None
    grid: str | None
    state: State
    second_factor: bool
    created: datetime
    last_login: datetime | None


@dataclass(frozen=True)
class Invitation:
    account_id: str
    login: str
    token: str
    """Shown once; we keep its hash only."""
    expires: datetime


@dataclass(frozen=True)
class Place:
    """What an account may do, and where."""

    role: str
    community: str = ""
    grid: str = ""


def list_accounts(store: Store, now: datetime) -> list[AccountView]:
    with store.reading() as unit:
        return [_view(unit, row, now) for row in staff_queries.accounts(unit)]


def account(store: Store, account_id: str, now: datetime) -> AccountView:
    """Raises NotFound."""
    with store.reading() as unit:
        row = staff_queries.account(unit, account_id)
        if row is None:
            raise NotFound
        return _view(unit, row, now)


def account_of_login(store: Store, login: str, now: datetime) -> AccountView:
    """Raises NotFound."""
    with store.reading() as unit:
        row = staff_queries.account_of_login(unit, login.strip().lower())
        if row is None:
            raise NotFound
        return _view(unit, row, now)


def invite(store: Store, actor: Actor, *, login: str, name: str, place: Place, now: datetime) -> Invitation:
    """A new account without a password, and the link that sets one. Raises BadInput or NotUnique."""
    login, name = login.strip().lower(), name.strip()
    if not LOGIN.fullmatch(login):
        raise BadInput("login")
    if not name or len(name) > LONGEST_NAME:
        raise BadInput("name")
    place = _checked(place)
    with store.unit() as unit:
        if staff_queries.account_of_login(unit, login) is not None:
            raise NotUnique
        row = StaffAccount(
            id=uuid.uuid4().hex,
            login=login,
            name=name,
            role=place.role,
            community=place.community or None,
            grid=place.grid or None,
            must_change_password=False,
            disabled=False,
            created=now,
        )
        unit.add(row)
        unit.flush()
        audit.write(unit, actor, "account.invite", "account", row.id, now, details=_details(place))
        invitation = _new_link(unit, row, now)
        unit.commit()
        return invitation


def reset_password(store: Store, actor: Actor, account_id: str, now: datetime) -> Invitation:
    """The old password and all sessions end at once; the new link sets another. Unlocks the login, too."""
    with store.unit() as unit:
        row = _locked(unit, account_id)
        row.password_hash = None
        staff_queries.delete_sessions(unit, row.id)
        sign_in_lockout.unlock(unit, row.login)
        audit.write(unit, actor, "account.reset_password", "account", row.id, now)
        invitation = _new_link(unit, row, now)
        unit.commit()
        return invitation


def reset_second_factor(store: Store, actor: Actor, account_id: str, now: datetime) -> None:
    """Sets the second factor up anew at the next login; the recovery codes are worth nothing any more."""
    with store.unit() as unit:
        row = _locked(unit, account_id)
        row.totp_secret = row.totp_pending = row.totp_step = row.totp_pending_session = row.totp_pending_at = None
        staff_queries.delete_recovery_codes(unit, row.id)
        staff_queries.delete_sessions(unit, row.id)
        audit.write(unit, actor, "account.reset_second_factor", "account", row.id, now)
        unit.commit()


def disable(store: Store, actor: Actor, account_id: str, now: datetime) -> None:
    """Ends all sessions. Raises WrongState for oneself and for the last admin."""
    with store.unit() as unit:
        row = _locked(unit, account_id)
        _keep_an_admin(unit, actor, row)
        row.disabled = True
        staff_queries.delete_sessions(unit, row.id)
        staff_queries.delete_invites(unit, row.id)
        audit.write(unit, actor, "account.disable", "account", row.id, now)
        unit.commit()


def enable(store: Store, actor: Actor, account_id: str, now: datetime) -> None:
    with store.unit() as unit:
        row = _locked(unit, account_id)
        row.disabled = False
        audit.write(unit, actor, "account.enable", "account", row.id, now)
        unit.commit()


def unlock(store: Store, actor: Actor, account_id: str, now: datetime) -> None:
    with store.unit() as unit:
        row = _locked(unit, account_id)
        sign_in_lockout.unlock(unit, row.login)
        audit.write(unit, actor, "account.unlock", "account", row.id, now)
        unit.commit()


def move(store: Store, actor: Actor, account_id: str, place: Place, now: datetime) -> None:
    """Another role, community or grid; sessions end, since rights have changed. Raises BadInput or WrongState."""
    place = _checked(place)
    with store.unit() as unit:
        row = _locked(unit, account_id)
        if row.role == "admin" and place.role != "admin":
            _keep_an_admin(unit, actor, row)
        before = _details(Place(row.role, row.community or "", row.grid or ""))
        row.role, row.community, row.grid = place.role, place.community or None, place.grid or None
        staff_queries.delete_sessions(unit, row.id)
        audit.write(
            unit, actor, "account.move", "account", row.id, now, details={"from": before, "to": _details(place)}
        )
        unit.commit()


def _locked(unit: UnitOfWork, account_id: str) -> StaffAccount:
    row = staff_queries.lock_account(unit, account_id)
    if row is None:
        raise NotFound
    return row


def _checked(place: Place) -> Place:
    place = Place(place.role, place.community.strip(), place.grid.strip())
    if place.role not in ROLES:
        raise BadInput("role")
    if len(place.community) > LONGEST_NAME:
        raise BadInput("community")
    if len(place.grid) > LONGEST_NAME or (place.role == "grid_worker" and not place.grid):
        raise BadInput("grid")
    return place


def _keep_an_admin(unit: UnitOfWork, actor: Actor, row: StaffAccount) -> None:
    if row.id == actor.id or (row.role == "admin" and not staff_queries.other_admins(unit, row.id)):
        raise WrongState


def _new_link(unit: UnitOfWork, row: StaffAccount, now: datetime) -> Invitation:
    """Only the newest link is good."""
    staff_queries.delete_invites(unit, row.id)
    token, expires = secrets.token_urlsafe(32), now + INVITE_GOOD_FOR
    unit.add(StaffInvite(token_hash=token_hash(token), account_id=row.id, expires=expires))
    return Invitation(row.id, row.login, token, expires)


def _details(place: Place) -> dict[str, str]:
    return {"role": place.role, "community": place.community, "grid": place.grid}


def _view(unit: UnitOfWork, row: StaffAccount, now: datetime) -> AccountView:
    state: State = "active"
    if row.disabled:
        state = "disabled"
    elif row.password_hash is None:
        state = "invited"
    elif sign_in_lockout.is_locked(unit, row.login, now):
        state = "locked"
    return AccountView(
        row.id, row.login, row.name, row.role, row.community, row.grid, state,
        row.totp_secret is not None, row.created, row.last_login,
    )  # fmt: skip
