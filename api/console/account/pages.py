"""Pages of one's own account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import forget, half_signed, needs, remember, rules_of
from api.parts import WithParts
from bot.errors import SignInFailed, SignInLocked, WeakPassword
from bot.services.staff import own_account, second_factor, staff_sessions
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/account", include_in_schema=False)

Own = Annotated[Signed, Depends(needs("own.account"))]
AtPassword = Annotated[Signed, Depends(half_signed("password"))]
AtFactor = Annotated[Signed, Depends(half_signed("second-factor"))]
Word = Annotated[str, Form()]


@router.get("")
def account_page(request: Request, parts: WithParts, signed: Own) -> Response:
    return _account(request, parts, signed, "")


@router.get("/password")
def password_page(request: Request, signed: AtPassword) -> Response:
    return page(request, "account/password.html", signed, wrong="")


@router.post("/password")
def change_password(
    request: Request, parts: WithParts, signed: AtPassword, old: Word, password: Word, again: Word
) -> Response:
    say, wrong, status = words.say_in(words.language_of(request)), "", 422
    if password != again:
        wrong = say("error.passwords-differ")
    else:
        try:
            fresh = own_account.change_password(parts.store, signed, old, password, parts.clock(), rules_of(parts))
        except (SignInFailed, SignInLocked, WeakPassword) as error:
            wrong, status = said_of(error, say), 422 if isinstance(error, SignInFailed) else error.status
        else:
            response = done("/staff/account", "account.said.password")
            remember(response, request, parts, fresh)
            return response
    return page(request, "account/password.html", signed, status=status, wrong=wrong)


@router.get("/second-factor")
def factor_page(request: Request, parts: WithParts, signed: AtFactor) -> Response:
    return _factor(request, parts, signed, "")


@router.get("/second-factor.svg")
def factor_picture(parts: WithParts, signed: AtFactor) -> Response:
    secret = own_account.pending_secret(parts.store, signed, parts.clock())
    picture = second_factor.qr_picture(second_factor.address(secret, signed.login))
    return Response(picture, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@router.post("/second-factor")
def confirm_factor(request: Request, parts: WithParts, signed: AtFactor, code: Word) -> Response:
    try:
        fresh, codes = own_account.confirm_second_factor(parts.store, signed, code, parts.clock(), rules_of(parts))
    except SignInFailed as error:
        return _factor(request, parts, signed, said_of(error, words.say_in(words.language_of(request))))
    response = page(request, "account/codes.html", fresh, codes=codes)
    remember(response, request, parts, fresh)
    return response


@router.post("/second-factor/replace")
def replace_factor(request: Request, parts: WithParts, signed: Own, password: Word) -> Response:
    try:
        own_account.replace_second_factor(parts.store, signed, password, parts.clock())
    except (SignInFailed, SignInLocked) as error:
        return _account(request, parts, signed, said_of(error, words.say_in(words.language_of(request))))
    return done("/staff/account/second-factor")


@router.post("/recovery-codes")
def recovery_codes(request: Request, parts: WithParts, signed: Own, password: Word) -> Response:
    try:
        codes = own_account.new_recovery_codes(parts.store, signed, password, parts.clock())
    except (SignInFailed, SignInLocked) as error:
        return _account(request, parts, signed, said_of(error, words.say_in(words.language_of(request))))
    return page(request, "account/codes.html", signed, codes=codes)


@router.post("/sign-out-everywhere")
def sign_out_everywhere(request: Request, parts: WithParts, signed: Own) -> Response:
    staff_sessions.sign_out_everywhere(parts.store, signed, parts.clock())
    response = done("/staff/login", "login.said.out")
    forget(response, request, parts)
    return response


def _account(request: Request, parts: WithParts, signed: Signed, wrong: str) -> Response:
    left = own_account.recovery_codes_left(parts.store, signed)
    return page(request, "account/account.html", signed, status=422 if wrong else 200, codes_left=left, wrong=wrong)


def _factor(request: Request, parts: WithParts, signed: Signed, wrong: str) -> Response:
    secret = own_account.pending_secret(parts.store, signed, parts.clock())
    status = 422 if wrong else 200
    return page(request, "account/second_factor.html", signed, status=status, secret=secret, wrong=wrong)
