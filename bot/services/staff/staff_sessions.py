"""Signing in and out. A session is a random token in the browser; we keep its hash only.

The token changes with every step that gives more rights, so a token planted beforehand is worth nothing.
"""

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import SignInFailed
from bot.services.audit import audit
from bot.services.kernel.permissions import Actor
from bot.services.staff import passwords, second_factor, sign_in_lockout
from bot.store.handover import queries as handover_queries
from bot.store.staff import queries as staff_queries
from bot.store.staff.tables import StaffAccount, StaffSession
from bot.store.store import Store, UnitOfWork

ABSOLUTE = timedelta(hours=12)
"""After this long everyone signs in anew, however busy they are."""
TOUCH = timedelta(seconds=30)
"""How exact `last_seen` is."""

Missing = Literal["code", "password", "second-factor"]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SessionRules:
    idle: timedelta = timedelta(minutes=15)
    second_factor_required: bool = True


@dataclass(frozen=True)
class Signed:
    """Who is signed in."""

    actor: Actor
    login: str
    name: str
    token: str
    missing: Missing | None
    """What must happen before the console opens: give the code, change the password, set up a second factor."""
    has_second_factor: bool
    began: datetime
    """When the login was."""
    seen: datetime
    """When something was done last."""

    @property
    def csrf(self) -> str:
        """Only our own pages can know it: the token itself is not readable for scripts."""
        return hmac.new(self.token.encode(), b"linyu csrf", hashlib.sha256).hexdigest()


def sign_in(
    store: Store, login: str, password: str, now: datetime, rules: SessionRules, *, address: str = ""
) -> Signed:
    """A fresh session; see `missing`. `address` is where it comes from. Raises SignInFailed or SignInLocked."""
    login = login.strip().lower()[:64]
    locked = _charge(store, login, address, now)
    with store.reading() as unit:
        account = staff_queries.account_of_login(unit, login)
    if not passwords.is_password(account.password_hash if account else None, password) or not _may_enter(account):
        _refuse(store, account, locked, now)
    assert account
    assert account.password_hash
    rehashed = passwords.hash_password(password) if passwords.needs_rehash(account.password_hash) else None
    with store.unit() as unit:
        kept = staff_queries.lock_account(unit, account.id)
        if kept is None or not _may_enter(kept) or kept.password_hash != account.password_hash:
            raise SignInFailed
        kept.password_hash = rehashed or kept.password_hash
        if kept.totp_secret is None:  # else the count goes on until the code is right
            _enter(unit, kept, address, now)
        signed = open_session(unit, kept, now, rules)
        unit.commit()
        return signed


def second_step(
    store: Store, signed: Signed, code: str, now: datetime, rules: SessionRules, *, address: str = ""
) -> Signed:
    """The session with a new token. Raises SignInFailed or SignInLocked; a code is good once."""
    locked = _charge(store, signed.login, address, now)
    with store.unit() as unit:
        account = staff_queries.lock_account(unit, signed.actor.id)
        found = staff_queries.session(unit, token_hash(signed.token))
        right = account is not None and found is not None and _may_enter(account) and _is_code(unit, account, code, now)
        if right:
            assert account
            assert found
            _enter(unit, account, address, now)
            fresh = _rotate(unit, account, found[0], rules, second_step=True)
            unit.commit()
            return fresh
    _refuse(store, account, locked, now)
    raise SignInFailed


def find(store: Store, token: str, now: datetime, rules: SessionRules, *, touch: bool = True) -> Signed | None:
    """None: no such session, or its time is up. `touch` counts as doing something.

    A page that only asks by itself keeps those signed in whom residents count on: they watch it and wait.
    """
    hashed = token_hash(token)
    with store.reading() as unit:
        found = staff_queries.session(unit, hashed)
    if found is None:
        return None
    session, account = found
    if not _may_enter(account) or now - session.last_seen > rules.idle or now - session.created > ABSOLUTE:
        with store.unit() as unit:
            staff_queries.delete_session(unit, hashed)
            unit.commit()
        return None
    if now - session.last_seen > TOUCH and (touch or _is_needed(store, account.id, now)):
        with store.unit() as unit:
            staff_queries.touch_session(unit, hashed, now)
            unit.commit()
        session.last_seen = now
    return _signed(account, session, token, rules)


def seconds_left(signed: Signed, now: datetime, rules: SessionRules) -> int:
    """Until they are signed out, if nothing more is done."""
    ends = min(signed.seen + rules.idle, signed.began + ABSOLUTE)
    return max(0, round((ends - now).total_seconds()))


def sign_out(store: Store, signed: Signed, now: datetime) -> None:
    with store.unit() as unit:
        staff_queries.delete_session(unit, token_hash(signed.token))
        audit.write(unit, signed.actor, "session.sign_out", "account", signed.actor.id, now)
        unit.commit()


def sign_out_everywhere(store: Store, signed: Signed, now: datetime) -> None:
    """This session ends too."""
    with store.unit() as unit:
        staff_queries.delete_sessions(unit, signed.actor.id)
        audit.write(unit, signed.actor, "session.sign_out_everywhere", "account", signed.actor.id, now)
        unit.commit()


def drop(store: Store, token: str) -> None:
    """A token that the browser still had when it signed in anew."""
    with store.unit() as unit:
        staff_queries.delete_session(unit, token_hash(token))
        unit.commit()


def open_session(
    unit: UnitOfWork, account: StaffAccount, now: datetime, rules: SessionRules, *, second_step: bool = False
) -> Signed:
    return _open(unit, account, now, now, rules, second_step=second_step)


def renew(unit: UnitOfWork, signed: Signed, account: StaffAccount, rules: SessionRules, *, second_step: bool) -> Signed:
    """After rights have changed: all other sessions of the account end, and this one gets a new token."""
    found = staff_queries.session(unit, token_hash(signed.token))
    if found is None:
        raise SignInFailed
    fresh = _rotate(unit, account, found[0], rules, second_step=second_step)
    staff_queries.delete_sessions_but(unit, account.id, token_hash(fresh.token))
    return fresh


def actor_of(account: StaffAccount) -> Actor:
    return Actor(account.id, account.role, account.grid, account.community)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _rotate(
    unit: UnitOfWork, account: StaffAccount, old: StaffSession, rules: SessionRules, *, second_step: bool
) -> Signed:
    unit.delete(old)
    return _open(unit, account, old.created, old.last_seen, rules, second_step=second_step)


def _open(
    unit: UnitOfWork,
    account: StaffAccount,
    created: datetime,
    seen: datetime,
    rules: SessionRules,
    *,
    second_step: bool,
) -> Signed:
    if account.totp_secret is None:  # made by this step, so that the page which shows it changes nothing
        account.totp_pending = account.totp_pending or second_factor.new_secret()
    token = secrets.token_urlsafe(32)
    row = StaffSession(
        token_hash=token_hash(token), account_id=account.id, second_step=second_step, created=created, last_seen=seen
    )
    unit.add(row)
    unit.flush()
    return _signed(account, row, token, rules)


def _signed(account: StaffAccount, session: StaffSession, token: str, rules: SessionRules) -> Signed:
    missing: Missing | None = None
    if account.totp_secret is not None and not session.second_step:
        missing = "code"
    elif account.must_change_password:
        missing = "password"
    elif account.totp_secret is None and rules.second_factor_required:
        missing = "second-factor"
    return Signed(
        actor_of(account),
        account.login,
        account.name,
        token,
        missing,
        has_second_factor=account.totp_secret is not None,
        began=session.created,
        seen=session.last_seen,
    )


def _is_needed(store: Store, account_id: str, now: datetime) -> bool:
    with store.reading() as unit:
        return handover_queries.is_needed(unit, account_id, now - ABSOLUTE)


def _may_enter(account: StaffAccount | None) -> bool:
    return account is not None and not account.disabled and account.password_hash is not None


def _charge(store: Store, login: str, address: str, now: datetime) -> bool:
    """Count the try as wrong before looking, so that many tries at once do not slip through. True: it locked."""
    with store.unit() as unit:
        locked = sign_in_lockout.charge(unit, login, address, now)
        unit.commit()
    return locked


def _refuse(store: Store, account: StaffAccount | None, locked: bool, now: datetime) -> None:
    """The audit keeps tries with logins that exist; those of strangers are endless, and are only logged."""
    actor = actor_of(account) if account else Actor("unknown", "none")
    with store.unit() as unit:
        action = "session.locked" if locked else "session.refused"
        audit.write(unit, actor, action, "account", actor.id, now)
        if account:
            unit.commit()  # else it is undone: done all the same, so that both take as long
    if account is None:
        log.warning("%s: no such login", action)
    raise SignInFailed


def _enter(unit: UnitOfWork, account: StaffAccount, address: str, now: datetime) -> None:
    sign_in_lockout.enter(unit, account.login, address, now)
    account.last_login = now
    audit.write(unit, actor_of(account), "session.sign_in", "account", account.id, now)


def _is_code(unit: UnitOfWork, account: StaffAccount, typed: str, now: datetime) -> bool:
    code = second_factor.plain_code(typed[:64])
    if len(code) == 6:
        step = second_factor.step_of_code(account.totp_secret or "", code, now, after=account.totp_step)
        account.totp_step = step or account.totp_step
        return step is not None
    if not code[:1].isdigit():
        return False
    row = staff_queries.recovery_code(unit, account.id, int(code[0]))
    if row is None or row.used is not None or not passwords.is_password(row.code_hash, code):
        return False
    row.used = now
    audit.write(
        unit, actor_of(account), "session.recovery_code", "account", account.id, now, details={"place": row.place}
    )
    return True
