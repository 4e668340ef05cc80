"""Accounts of staff: how people get in, and how they do not."""

from datetime import datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.errors import BadInput, LinkExpired, NotUnique, SignInFailed, SignInLocked, WeakPassword, WrongState
from bot.services.audit import audit, audit_check
from bot.services.audit.audit import AuditFilter
from bot.services.kernel.permissions import OPERATOR
from bot.services.residents import retention
from bot.services.residents.retention import Keep
from bot.services.staff import own_account, passwords, second_factor, sign_in_lockout, staff_accounts, staff_sessions
from bot.services.staff.staff_accounts import Invitation, Place
from bot.services.staff.staff_sessions import SessionRules, Signed
from bot.store.kernel import failed_attempt_queries
from bot.store.staff import queries as staff_queries
from bot.store.staff.tables import StaffRecoveryCode
from bot.store.store import Store

pytestmark = pytest.mark.store

RULES = SessionRules()
ONE_STEP = SessionRules(second_factor_required=False)
PASSWORD = "tall copper lantern 77"
OTHER = "quiet river stones 42"


def invited(store: Store, now: datetime, login: str = "zhangwei", role: str = "admin") -> Invitation:
    grid = "东风-03" if role == "grid_worker" else ""
    return staff_accounts.invite(store, OPERATOR, login=login, name="张伟", place=Place(role, "东风", grid), now=now)


def joined(store: Store, now: datetime, login: str = "zhangwei", role: str = "admin") -> Signed:
    return own_account.set_first_password(store, invited(store, now, login, role).token, PASSWORD, now, RULES)


def secured(store: Store, now: datetime, login: str = "zhangwei") -> tuple[str, list[str]]:
    """The secret of the second factor, and the recovery codes."""
    signed = joined(store, now, login)
    secret = own_account.pending_secret(store, signed, now)
    _, codes = own_account.confirm_second_factor(store, signed, pyotp.TOTP(secret).at(now), now, RULES)
    return secret, codes


def test_an_invitation_sets_the_password_once(sqlite_store: Store, now: datetime) -> None:
    invitation = invited(sqlite_store, now)
    assert own_account.login_of_link(sqlite_store, invitation.token, now) == "zhangwei"
    signed = own_account.set_first_password(sqlite_store, invitation.token, PASSWORD, now, RULES)
    assert signed.missing == "second-factor"
    with pytest.raises(LinkExpired):
        own_account.set_first_password(sqlite_store, invitation.token, OTHER, now, RULES)
    assert staff_sessions.sign_in(sqlite_store, "ZhangWei ", PASSWORD, now, RULES).login == "zhangwei"


def test_an_invitation_ends_after_a_day_and_when_a_new_one_is_made(sqlite_store: Store, now: datetime) -> None:
    first = invited(sqlite_store, now)
    with pytest.raises(LinkExpired):
        own_account.login_of_link(sqlite_store, first.token, now + timedelta(hours=24))
    staff_accounts.reset_password(sqlite_store, OPERATOR, first.account_id, now)
    with pytest.raises(LinkExpired):
        own_account.login_of_link(sqlite_store, first.token, now)


def test_a_weak_password_leaves_the_link_good(sqlite_store: Store, now: datetime) -> None:
    invitation = invited(sqlite_store, now)
    with pytest.raises(WeakPassword):
        own_account.set_first_password(sqlite_store, invitation.token, "password1234", now, RULES)
    own_account.set_first_password(sqlite_store, invitation.token, PASSWORD, now, RULES)


@pytest.mark.parametrize(
    "password", ["short", "password1234", "123456789012", "qwertyuiop12", "zhangwei2026", "linyulinyulinyu", "x" * 129]
)
def test_passwords_that_are_guessed_first_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_strength(password, "zhangwei", "张伟")


def test_a_long_password_of_words_or_chinese_is_taken() -> None:
    passwords.check_strength(PASSWORD, "zhangwei", "张伟")
    passwords.check_strength("老槐树下卖豆腐的第三个早晨", "zhangwei", "张伟")


def test_hashes_are_argon2id_with_the_low_memory_parameters_of_rfc_9106(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher.from_parameters(passwords.PARAMETERS))
    hashed = passwords.hash_password(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.is_password(hashed, PASSWORD)
    assert not passwords.is_password(hashed, OTHER)
    assert not passwords.is_password(None, "nobody has this password")
    assert not passwords.needs_rehash(hashed)


def test_an_old_hash_is_made_anew_at_the_next_login(sqlite_store: Store, now: datetime) -> None:
    account_id = joined(sqlite_store, now).actor.id
    with sqlite_store.unit() as unit:
        row = staff_queries.account(unit, account_id)
        assert row
        row.password_hash = passwords.hash_code(PASSWORD)  # with weaker parameters
        unit.commit()
    staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    with sqlite_store.reading() as unit:
        row = staff_queries.account(unit, account_id)
        assert row
        assert row.password_hash
        assert not passwords.needs_rehash(row.password_hash)


@pytest.mark.parametrize("login", ["zhangwei", "nobody"])
def test_five_wrong_tries_lock_whether_the_login_exists_or_not(store: Store, now: datetime, login: str) -> None:
    joined(store, now)
    for _ in range(5):
        with pytest.raises(SignInFailed):
            staff_sessions.sign_in(store, login, "wrong", now, RULES)
    with pytest.raises(SignInLocked) as locked:
        staff_sessions.sign_in(store, login, PASSWORD, now, RULES)
    assert 14 * 60 < locked.value.seconds <= 15 * 60 + 1


def test_the_lock_ends_and_grows(sqlite_store: Store, now: datetime) -> None:
    joined(sqlite_store, now)
    for minutes in (15, 30, 60):
        for _ in range(5):
            with pytest.raises(SignInFailed):
                staff_sessions.sign_in(sqlite_store, "zhangwei", "wrong", now, RULES)
        now += timedelta(minutes=minutes - 1)
        with pytest.raises(SignInLocked):
            staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
        now += timedelta(minutes=1)
    assert staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)


def guess(store: Store, address: str, now: datetime, login: str = "zhangwei") -> bool:
    """One wrong try from there; False when it was not looked at."""
    try:
        staff_sessions.sign_in(store, login, "wrong", now, RULES, address=address)
    except SignInFailed:
        return True
    except SignInLocked:
        return False
    raise AssertionError("a wrong password was taken")


def test_a_stranger_who_guesses_locks_out_nobody_but_themselves(store: Store, now: datetime) -> None:
    joined(store, now)
    assert [guess(store, "203.0.113.9", now) for _ in range(6)] == [True] * 5 + [False]
    with pytest.raises(SignInLocked):
        staff_sessions.sign_in(store, "zhangwei", PASSWORD, now, RULES, address="203.0.113.9")
    assert staff_sessions.sign_in(store, "zhangwei", PASSWORD, now, RULES, address="192.0.2.1")


def test_guessing_from_many_addresses_ends_and_those_who_usually_sign_in_do_not_notice(
    sqlite_store: Store, now: datetime
) -> None:
    codes = secured(sqlite_store, now)[1]
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES, address="192.0.2.1")
    staff_sessions.second_step(sqlite_store, half, codes[0], now, RULES, address="192.0.2.1")
    looked_at = [guess(sqlite_store, f"203.0.113.{number}", now) for number in range(60)]
    assert looked_at == [True] * 50 + [False] * 10
    with pytest.raises(SignInLocked):
        staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES, address="198.51.100.1")
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES, address="192.0.2.1")
    staff_sessions.second_step(sqlite_store, half, codes[1], now, RULES, address="192.0.2.1")
    assert not guess(sqlite_store, "203.0.113.99", now), "their coming in gives strangers no further tries"


def test_the_first_step_alone_makes_no_address_known(sqlite_store: Store, now: datetime) -> None:
    secured(sqlite_store, now)
    for _ in range(4):
        staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES, address="203.0.113.9")
    for number in range(46):
        assert guess(sqlite_store, f"198.51.100.{number}", now)
    with pytest.raises(SignInLocked):
        staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES, address="203.0.113.9")


def test_many_sign_ins_from_new_addresses_lock_nobody(sqlite_store: Store, now: datetime) -> None:
    staff_sessions.sign_out(sqlite_store, joined(sqlite_store, now), now)
    for number in range(60):
        assert staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES, address=f"192.0.2.{number}")


def test_wrong_passwords_inside_a_session_do_not_lock_the_login(sqlite_store: Store, now: datetime) -> None:
    signed = joined(sqlite_store, now)
    for _ in range(5):
        with pytest.raises(SignInFailed):
            own_account.change_password(sqlite_store, signed, "wrong", OTHER, now, RULES)
    with pytest.raises(SignInLocked):
        own_account.change_password(sqlite_store, signed, PASSWORD, OTHER, now, RULES)
    assert staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)


def test_logins_that_nobody_has_leave_nothing_in_the_audit(sqlite_store: Store, now: datetime) -> None:
    joined(sqlite_store, now)
    before = len([*audit.found(sqlite_store, AuditFilter())])
    for number in range(12):
        assert guess(sqlite_store, "203.0.113.9", now, f"nobody-{number % 2}") == (number < 10)
    assert len([*audit.found(sqlite_store, AuditFilter())]) == before
    assert not audit_check.verify(sqlite_store).problems


def test_counts_go_after_a_day_and_known_addresses_after_three_months(sqlite_store: Store, now: datetime) -> None:
    joined(sqlite_store, now)
    with sqlite_store.unit() as unit:
        sign_in_lockout.enter(unit, "zhangwei", "192.0.2.1", now)
        unit.commit()
    guess(sqlite_store, "203.0.113.9", now)

    def kept(days: int) -> int:
        retention.delete_expired(sqlite_store, Keep(transcript_days=180), now + timedelta(days=days))
        with sqlite_store.reading() as unit:
            return len(failed_attempt_queries.places_of(unit, "zhangwei"))

    assert [kept(days) for days in (0, 2, 89, 91)] == [3, 1, 1, 0]


def test_an_admin_unlocks(sqlite_store: Store, now: datetime) -> None:
    account_id = joined(sqlite_store, now).actor.id
    for _ in range(5):
        with pytest.raises(SignInFailed):
            staff_sessions.sign_in(sqlite_store, "zhangwei", "wrong", now, RULES)
    assert staff_accounts.account(sqlite_store, account_id, now).state == "locked"
    staff_accounts.unlock(sqlite_store, OPERATOR, account_id, now)
    assert staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)


def test_the_second_step_wants_a_fresh_code_once(sqlite_store: Store, now: datetime) -> None:
    secret, _ = secured(sqlite_store, now)
    later = now + timedelta(minutes=2)
    code = pyotp.TOTP(secret).at(later)
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, later, RULES)
    assert half.missing == "code"
    whole = staff_sessions.second_step(sqlite_store, half, code, later, RULES)
    assert whole.missing is None
    assert whole.token != half.token
    assert staff_sessions.find(sqlite_store, half.token, later, RULES) is None
    again = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, later, RULES)
    with pytest.raises(SignInFailed):
        staff_sessions.second_step(sqlite_store, again, code, later, RULES)


def test_wrong_codes_lock_too_even_between_right_passwords(sqlite_store: Store, now: datetime) -> None:
    secured(sqlite_store, now)
    later = now + timedelta(minutes=2)
    for _ in range(2):
        half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, later, RULES)
        with pytest.raises(SignInFailed):
            staff_sessions.second_step(sqlite_store, half, "000000", later, RULES)
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, later, RULES)
    with pytest.raises(SignInLocked):
        staff_sessions.second_step(sqlite_store, half, "000000", later, RULES)


def test_a_recovery_code_works_once(sqlite_store: Store, now: datetime) -> None:
    _, codes = secured(sqlite_store, now)
    assert len(set(codes)) == 10
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    whole = staff_sessions.second_step(sqlite_store, half, codes[3].lower().replace("-", " "), now, RULES)
    assert own_account.recovery_codes_left(sqlite_store, whole) == 9
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    with pytest.raises(SignInFailed):
        staff_sessions.second_step(sqlite_store, half, codes[3], now, RULES)
    with sqlite_store.reading() as unit:
        kept = unit.session.get(StaffRecoveryCode, (whole.actor.id, 4))
        assert kept
        assert second_factor.plain_code(codes[4]) not in kept.code_hash


def test_resetting_the_second_factor_ends_sessions_and_recovery_codes(sqlite_store: Store, now: datetime) -> None:
    _, codes = secured(sqlite_store, now)
    half = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    whole = staff_sessions.second_step(sqlite_store, half, codes[0], now, RULES)
    staff_accounts.reset_second_factor(sqlite_store, OPERATOR, whole.actor.id, now)
    assert staff_sessions.find(sqlite_store, whole.token, now, RULES) is None
    fresh = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    assert fresh.missing == "second-factor"
    assert own_account.recovery_codes_left(sqlite_store, fresh) == 0


def test_a_session_ends_when_idle_and_after_twelve_hours(sqlite_store: Store, now: datetime) -> None:
    signed = joined(sqlite_store, now)
    assert staff_sessions.find(sqlite_store, signed.token, now + timedelta(minutes=15), RULES)
    assert staff_sessions.find(sqlite_store, signed.token, now + timedelta(minutes=30), RULES)
    assert staff_sessions.find(sqlite_store, signed.token, now + timedelta(minutes=46), RULES) is None
    busy = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    for minutes in range(10, 12 * 60 + 1, 10):
        assert staff_sessions.find(sqlite_store, busy.token, now + timedelta(minutes=minutes), RULES)
    assert staff_sessions.find(sqlite_store, busy.token, now + timedelta(hours=12, minutes=1), RULES) is None


def test_a_page_that_asks_by_itself_does_not_keep_the_session(sqlite_store: Store, now: datetime) -> None:
    signed = joined(sqlite_store, now)
    for minutes in range(1, 16):
        moment = now + timedelta(minutes=minutes)
        assert staff_sessions.find(sqlite_store, signed.token, moment, RULES, touch=False)
    assert staff_sessions.find(sqlite_store, signed.token, now + timedelta(minutes=16), RULES, touch=False) is None


def test_changing_the_password_ends_all_other_sessions(sqlite_store: Store, now: datetime) -> None:
    here = joined(sqlite_store, now)
    elsewhere = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, RULES)
    fresh = own_account.change_password(sqlite_store, here, PASSWORD, OTHER, now, RULES)
    assert fresh.token != here.token
    assert staff_sessions.find(sqlite_store, elsewhere.token, now, RULES) is None
    assert staff_sessions.find(sqlite_store, here.token, now, RULES) is None
    assert staff_sessions.find(sqlite_store, fresh.token, now, RULES)
    with pytest.raises(SignInFailed):
        own_account.change_password(sqlite_store, fresh, PASSWORD, OTHER, now, RULES)


def test_a_temporary_password_must_be_changed_first(sqlite_store: Store, now: datetime) -> None:
    account_id = invited(sqlite_store, now).account_id
    own_account.set_password_of(sqlite_store, account_id, PASSWORD, now, temporary=True)
    signed = staff_sessions.sign_in(sqlite_store, "zhangwei", PASSWORD, now, ONE_STEP)
    assert signed.missing == "password"
    assert own_account.change_password(sqlite_store, signed, PASSWORD, OTHER, now, ONE_STEP).missing is None


def test_a_disabled_account_is_out_at_once_and_stays_out(sqlite_store: Store, now: datetime) -> None:
    joined(sqlite_store, now, "boss")
    signed = joined(sqlite_store, now, "lihua", "editor")
    staff_accounts.disable(sqlite_store, OPERATOR, signed.actor.id, now)
    assert staff_sessions.find(sqlite_store, signed.token, now, RULES) is None
    with pytest.raises(SignInFailed):
        staff_sessions.sign_in(sqlite_store, "lihua", PASSWORD, now, RULES)
    staff_accounts.enable(sqlite_store, OPERATOR, signed.actor.id, now)
    assert staff_sessions.sign_in(sqlite_store, "lihua", PASSWORD, now, RULES)


def test_one_admin_always_stays(store: Store, now: datetime) -> None:
    boss = joined(store, now, "boss")
    with pytest.raises(WrongState):
        staff_accounts.disable(store, OPERATOR, boss.actor.id, now)
    with pytest.raises(WrongState):
        staff_accounts.move(store, OPERATOR, boss.actor.id, Place("editor"), now)
    second = joined(store, now, "second")
    with pytest.raises(WrongState):
        staff_accounts.disable(store, second.actor, second.actor.id, now)
    staff_accounts.disable(store, second.actor, boss.actor.id, now)


def test_another_role_takes_effect_at_once(sqlite_store: Store, now: datetime) -> None:
    joined(sqlite_store, now, "boss")
    signed = joined(sqlite_store, now, "lihua", "dispatcher")
    staff_accounts.move(sqlite_store, OPERATOR, signed.actor.id, Place("grid_worker", "东风", "东风-07"), now)
    assert staff_sessions.find(sqlite_store, signed.token, now, RULES) is None
    actor = staff_sessions.sign_in(sqlite_store, "lihua", PASSWORD, now, RULES).actor
    assert (actor.role, actor.grid) == ("grid_worker", "东风-07")


def test_what_cannot_be_an_account_is_refused(sqlite_store: Store, now: datetime) -> None:
    def invite(login: str = "a-b", name: str = "张", place: Place | None = None) -> Invitation:
        place = place or Place("editor")
        return staff_accounts.invite(sqlite_store, OPERATOR, login=login, name=name, place=place, now=now)

    for wrong, field in (
        ({"login": "张伟"}, "login"),
        ({"login": "a"}, "login"),
        ({"name": " "}, "name"),
        ({"place": Place("king")}, "role"),
        ({"place": Place("grid_worker")}, "grid"),
    ):
        with pytest.raises(BadInput) as error:
            invite(**wrong)  # type: ignore[arg-type]
        assert error.value.field == field
    invite()
    with pytest.raises(NotUnique):
        invite("A-B")


def test_every_step_is_in_the_audit(sqlite_store: Store, now: datetime) -> None:
    secured(sqlite_store, now)
    with pytest.raises(SignInFailed):
        staff_sessions.sign_in(sqlite_store, "zhangwei", "wrong", now, RULES)
    actions = [entry.action for entry in audit.found(sqlite_store, AuditFilter())]
    assert actions == ["account.invite", "account.first_password", "account.second_factor", "session.refused"]
    assert "wrong" not in str([*audit.found(sqlite_store, AuditFilter())])
