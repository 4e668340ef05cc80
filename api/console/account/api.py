"""The staff API: signing in, and one's own account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import (
    ChangePassword,
    Code,
    DoneOut,
    FactorOut,
    FirstPassword,
    MeOut,
    Password,
    SecretOut,
    SessionOut,
    SignIn,
)
from api.console.frame.session import Public, drop_old, forget, half_signed, limit_sign_ins, needs, remember, rules_of
from api.parts import Parts, WithParts
from bot.services.kernel import topics
from bot.services.kernel.permissions import PERMISSIONS
from bot.services.staff import own_account, second_factor, staff_sessions
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff", responses=PROBLEMS, tags=["staff"])

Half = Annotated[Signed, Depends(half_signed("code", "password", "second-factor"))]
AtCode = Annotated[Signed, Depends(half_signed("code"))]
AtPassword = Annotated[Signed, Depends(half_signed("password"))]
AtFactor = Annotated[Signed, Depends(half_signed("second-factor"))]
Own = Annotated[Signed, Depends(needs("own.account"))]
Limited = Depends(limit_sign_ins)


@router.post("/login", dependencies=[Public, Limited])
def login(body: SignIn, request: Request, response: Response, parts: WithParts) -> MeOut:
    """The session is in the cookie `linyu_staff`; `missing` names the step that comes next."""
    signed = staff_sessions.sign_in(
        parts.store, body.login, body.password, parts.clock(), rules_of(parts), address=parts.limits.address(request)
    )
    drop_old(request, parts)
    return _me(request, response, parts, signed)


@router.post("/login/code", dependencies=[Limited])
def code(body: Code, request: Request, response: Response, parts: WithParts, signed: AtCode) -> MeOut:
    """The second step: a code of the authenticator app, or a recovery code."""
    if signed.missing is None:
        return _me(request, response, parts, signed)
    fresh = staff_sessions.second_step(
        parts.store, signed, body.code, parts.clock(), rules_of(parts), address=parts.limits.address(request)
    )
    return _me(request, response, parts, fresh)


@router.post("/login/first", dependencies=[Public, Limited])
def first_password(body: FirstPassword, request: Request, response: Response, parts: WithParts) -> MeOut:
    """Use up a one-time link: set the first password and sign in."""
    signed = own_account.set_first_password(parts.store, body.token, body.password, parts.clock(), rules_of(parts))
    drop_old(request, parts)
    return _me(request, response, parts, signed)


@router.post("/logout")
def logout(request: Request, response: Response, parts: WithParts, signed: Half) -> DoneOut:
    staff_sessions.sign_out(parts.store, signed, parts.clock())
    forget(response, request, parts)
    return DoneOut()


@router.post("/logout/everywhere")
def logout_everywhere(request: Request, response: Response, parts: WithParts, signed: Own) -> DoneOut:
    staff_sessions.sign_out_everywhere(parts.store, signed, parts.clock())
    forget(response, request, parts)
    return DoneOut()


@router.get("/me")
def me(signed: Half) -> MeOut:
    return _shown(signed)


@router.get("/session")
def session(parts: WithParts, signed: Own) -> SessionOut:
    """What every open page asks for. With the header X-Linyu-Background it does not count as doing something."""
    return SessionOut(
        seconds_left=staff_sessions.seconds_left(signed, parts.clock(), rules_of(parts)),
        waiting=topics.piles(parts.store, signed.actor),
    )


@router.post("/password")
def change_password(
    body: ChangePassword, request: Request, response: Response, parts: WithParts, signed: AtPassword
) -> MeOut:
    """All other sessions end."""
    fresh = own_account.change_password(parts.store, signed, body.old, body.new, parts.clock(), rules_of(parts))
    return _me(request, response, parts, fresh)


@router.get("/second-factor")
def secret(parts: WithParts, signed: AtFactor) -> SecretOut:
    """What the authenticator app must learn; the same until it is confirmed.

    409 where there is a second factor already: whoever wants another one asks for it with the password.
    """
    pending = own_account.pending_secret(parts.store, signed, parts.clock())
    return SecretOut(secret=pending, address=second_factor.address(pending, signed.login))


@router.post("/second-factor/replace", dependencies=[Limited])
def replace(body: Password, parts: WithParts, signed: Own) -> SecretOut:
    """A new secret for another authenticator app, to be confirmed within ten minutes; the present one stays good until then."""
    pending = own_account.replace_second_factor(parts.store, signed, body.password, parts.clock())
    return SecretOut(secret=pending, address=second_factor.address(pending, signed.login))


@router.post("/second-factor")
def confirm(body: Code, request: Request, response: Response, parts: WithParts, signed: AtFactor) -> FactorOut:
    """The recovery codes are given this once."""
    fresh, codes = own_account.confirm_second_factor(parts.store, signed, body.code, parts.clock(), rules_of(parts))
    return FactorOut(me=_me(request, response, parts, fresh), recovery_codes=codes)


def _me(request: Request, response: Response, parts: Parts, signed: Signed) -> MeOut:
    remember(response, request, parts, signed)
    return _shown(signed)


def _shown(signed: Signed) -> MeOut:
    actor = signed.actor
    return MeOut.model_validate(
        {
            "account_id": actor.id,
            "login": signed.login,
            "name": signed.name,
            "role": actor.role,
            "community": actor.community,
            "grid": actor.grid,
            "missing": signed.missing,
            "csrf": signed.csrf,
            "permissions": sorted(name for name in PERMISSIONS if actor.may(name)) if signed.missing is None else [],
        }
    )
