"""One's own account: first password, another password, second factor, recovery codes."""

from datetime import datetime, timedelta

from bot.errors import LinkExpired, SignInFailed, WrongState
from bot.services.audit import audit
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import passwords, second_factor, sign_in_lockout, staff_sessions
from bot.services.staff.staff_sessions import SessionRules, Signed, token_hash
from bot.store.staff import queries as staff_queries
from bot.store.staff.tables import StaffAccount, StaffRecoveryCode
from bot.store.store import Store, UnitOfWork

REPLACING = timedelta(minutes=10)
"""How long after the password a second factor may be put in the place of another."""


def login_of_link(store: Store, token: str, now: datetime) -> str:
    """Whose password this link sets. Raises LinkExpired."""
    with store.reading() as unit:
        return _invited(unit, token, now).login


def set_first_password(store: Store, token: str, password: str, now: datetime, rules: SessionRules) -> Signed:
    """Use the link up and sign in. Raises LinkExpired or WeakPassword; then the link stays good."""
    with store.reading() as unit:
        account = _invited(unit, token, now)
    passwords.check_strength(password, account.login, account.name)
    hashed = passwords.hash_password(password)
    with store.unit() as unit:
        row = _invited(unit, token, now)
        row.password_hash, row.must_change_password = hashed, False
        staff_queries.delete_invites(unit, row.id)
        audit.write(unit, staff_sessions.actor_of(row), "account.first_password", "account", row.id, now)
        signed = staff_sessions.open_session(unit, row, now, rules)
        unit.commit()
        return signed


def set_password_of(store: Store, account_id: str, password: str, now: datetime, *, temporary: bool) -> None:
    """By the operator at the command line. Raises WeakPassword."""
    with store.reading() as unit:
        account = _own(unit, account_id)
    passwords.check_strength(password, account.login, account.name)
    hashed = passwords.hash_password(password)
    with store.unit() as unit:
        row = _own(unit, account_id)
        row.password_hash, row.must_change_password = hashed, temporary
        staff_queries.delete_invites(unit, row.id)
        staff_queries.delete_sessions(unit, row.id)
        audit.write(unit, OPERATOR, "account.set_password", "account", row.id, now)
        unit.commit()


def change_password(store: Store, signed: Signed, old: str, new: str, now: datetime, rules: SessionRules) -> Signed:
    """All other sessions end. Raises SignInFailed when the old one is wrong, SignInLocked, WeakPassword."""
    _prove(store, signed, old, now)
    passwords.check_strength(new, signed.login, signed.name, old)
    hashed = passwords.hash_password(new)
    with store.unit() as unit:
        row = _own(unit, signed.actor.id)
        row.password_hash, row.must_change_password = hashed, False
        fresh = staff_sessions.renew(unit, signed, row, rules, second_step=row.totp_secret is not None)
        audit.write(unit, signed.actor, "account.change_password", "account", row.id, now)
        unit.commit()
        return fresh


def pending_secret(store: Store, signed: Signed, now: datetime) -> str:
    """The secret that the authenticator app is about to learn, made at the sign-in; the same until it is confirmed.

    Only looks. Raises WrongState where there is a second factor already and this session has not just asked to replace it.
    """
    with store.reading() as unit:
        row = staff_queries.account(unit, signed.actor.id)
        if row is None or row.disabled:
            raise SignInFailed
        _may_set_factor(row, signed, now)
        if row.totp_pending is None:
            raise WrongState
        return row.totp_pending


def confirm_second_factor(
    store: Store, signed: Signed, code: str, now: datetime, rules: SessionRules
) -> tuple[Signed, list[str]]:
    """The first code proves that the app knows the secret: from now on it is asked for.

    Returns the session with a new token, and the recovery codes, shown this once. Raises SignInFailed, and WrongState
    like `pending_secret`.
    """
    codes = second_factor.new_recovery_codes()
    hashes = _hashes(codes)
    with store.unit() as unit:
        row = _own(unit, signed.actor.id)
        _may_set_factor(row, signed, now)
        if row.totp_pending is None:
            raise SignInFailed
        step = second_factor.step_of_code(row.totp_pending, second_factor.plain_code(code[:64]), now, after=None)
        if step is None:
            raise SignInFailed
        row.totp_secret, row.totp_pending, row.totp_step = row.totp_pending, None, step
        row.totp_pending_session = row.totp_pending_at = None
        _keep(unit, row.id, hashes)
        fresh = staff_sessions.renew(unit, signed, row, rules, second_step=True)
        audit.write(unit, signed.actor, "account.second_factor", "account", row.id, now)
        unit.commit()
        return fresh, codes


def new_recovery_codes(store: Store, signed: Signed, password: str, now: datetime) -> list[str]:
    """Ten new ones; the old ones are worth nothing any more. Raises SignInFailed or SignInLocked."""
    _prove(store, signed, password, now)
    codes = second_factor.new_recovery_codes()
    hashes = _hashes(codes)
    with store.unit() as unit:
        row = _own(unit, signed.actor.id)
        _keep(unit, row.id, hashes)
        audit.write(unit, signed.actor, "account.recovery_codes", "account", row.id, now)
        unit.commit()
    return codes


def replace_second_factor(store: Store, signed: Signed, password: str, now: datetime) -> str:
    """A new secret to be confirmed; the present one stays good until then. Raises SignInFailed or SignInLocked."""
    _prove(store, signed, password, now)
    with store.unit() as unit:
        row = _own(unit, signed.actor.id)
        row.totp_pending = second_factor.new_secret()
        row.totp_pending_session, row.totp_pending_at = token_hash(signed.token), now
        unit.commit()
        return row.totp_pending


def recovery_codes_left(store: Store, signed: Signed) -> int:
    with store.reading() as unit:
        return staff_queries.unused_recovery_codes(unit, signed.actor.id)


def _prove(store: Store, signed: Signed, password: str, now: datetime) -> None:
    """Wrong tries lock this question, not the login: a stolen session is no way to shut its owner out."""
    with store.unit() as unit:
        sign_in_lockout.charge_inside(unit, signed.login, now)
        hashed = _own(unit, signed.actor.id).password_hash
        unit.commit()
    if not passwords.is_password(hashed, password):
        raise SignInFailed
    with store.unit() as unit:
        sign_in_lockout.forget_inside(unit, signed.login)
        unit.commit()


def _may_set_factor(row: StaffAccount, signed: Signed, now: datetime) -> None:
    """A cookie alone is not the person: whoever holds one could otherwise put their own telephone in the owner's place."""
    if row.totp_secret is None:
        return
    begun = row.totp_pending_at if row.totp_pending_session == token_hash(signed.token) else None
    if row.totp_pending is None or begun is None or now - begun > REPLACING:
        raise WrongState


def _own(unit: UnitOfWork, account_id: str) -> StaffAccount:
    row = staff_queries.lock_account(unit, account_id)
    if row is None or row.disabled:
        raise SignInFailed
    return row


def _invited(unit: UnitOfWork, token: str, now: datetime) -> StaffAccount:
    link = staff_queries.invite(unit, token_hash(token))
    if link is None or link.expires <= now:
        raise LinkExpired
    row = staff_queries.account(unit, link.account_id)
    if row is None or row.disabled:
        raise LinkExpired
    return row


def _hashes(codes: list[str]) -> list[str]:
    return [passwords.hash_code(second_factor.plain_code(code)) for code in codes]


def _keep(unit: UnitOfWork, account_id: str, hashes: list[str]) -> None:
    staff_queries.delete_recovery_codes(unit, account_id)
    for place, hashed in enumerate(hashes):
        unit.add(StaffRecoveryCode(account_id=account_id, place=place, code_hash=hashed))
