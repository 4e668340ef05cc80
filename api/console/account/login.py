"""Pages of signing in and out."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import STEPS, said_of
from api.console.frame.render import SAID_COOKIE, done, page, safe_next, shown
from api.console.frame.session import Public, drop_old, forget, half_signed, limit_sign_ins, remember, rules_of
from api.parts import Parts, WithParts
from bot.errors import SignInFailed, SignInLocked, WeakPassword
from bot.services.staff import own_account, staff_sessions
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff", include_in_schema=False)

Half = Annotated[Signed, Depends(half_signed("code", "password", "second-factor"))]
AtCode = Annotated[Signed, Depends(half_signed("code"))]
Next = Annotated[str, Form()]


@router.get("/login", dependencies=[Public])
def login_page(request: Request, next: str = "", ended: str = "") -> Response:
    """`ended`: a page found out by itself that the session is over."""
    said = "login.said.ended" if ended else request.cookies.get(SAID_COOKIE, "")
    return page(request, "account/login.html", said=shown(said), next=safe_next(next), login="", wrong="")


@router.post("/login", dependencies=[Public, Depends(limit_sign_ins)])
def login(
    request: Request,
    parts: WithParts,
    login: Annotated[str, Form()],
    password: Annotated[str, Form()],
    next: Next = "",
) -> Response:
    try:
        signed = staff_sessions.sign_in(
            parts.store, login, password, parts.clock(), rules_of(parts), address=parts.limits.address(request)
        )
    except (SignInFailed, SignInLocked) as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
        return page(
            request, "account/login.html", status=error.status, next=safe_next(next), login=login[:64], wrong=wrong
        )
    drop_old(request, parts)
    return _on(request, parts, signed, next)


@router.get("/code")
def code_page(request: Request, signed: AtCode, next: str = "") -> Response:
    if signed.missing is None:
        return done(safe_next(next))
    return page(request, "account/code.html", signed, next=safe_next(next), wrong="")


@router.post("/code", dependencies=[Depends(limit_sign_ins)])
def code(request: Request, parts: WithParts, signed: AtCode, code: Annotated[str, Form()], next: Next = "") -> Response:
    if signed.missing is None:
        return done(safe_next(next))
    try:
        fresh = staff_sessions.second_step(
            parts.store, signed, code, parts.clock(), rules_of(parts), address=parts.limits.address(request)
        )
    except (SignInFailed, SignInLocked) as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
        return page(request, "account/code.html", signed, status=error.status, next=safe_next(next), wrong=wrong)
    return _on(request, parts, fresh, next)


@router.post("/logout")
def logout(request: Request, parts: WithParts, signed: Half) -> Response:
    staff_sessions.sign_out(parts.store, signed, parts.clock())
    response = done("/staff/login", "login.said.out")
    forget(response, request, parts)
    return response


@router.get("/welcome/{token}", dependencies=[Public])
def welcome_page(request: Request, parts: WithParts, token: str) -> Response:
    login = own_account.login_of_link(parts.store, token, parts.clock())
    return page(request, "account/welcome.html", login=login, wrong="")


@router.post("/welcome/{token}", dependencies=[Public, Depends(limit_sign_ins)])
def welcome(
    request: Request,
    parts: WithParts,
    token: str,
    password: Annotated[str, Form()],
    again: Annotated[str, Form()],
) -> Response:
    say = words.say_in(words.language_of(request))
    login = own_account.login_of_link(parts.store, token, parts.clock())
    wrong = "" if password == again else say("error.passwords-differ")
    if not wrong:
        try:
            signed = own_account.set_first_password(parts.store, token, password, parts.clock(), rules_of(parts))
        except WeakPassword as error:
            wrong = said_of(error, say)
        else:
            drop_old(request, parts)
            return _on(request, parts, signed, "")
    return page(request, "account/welcome.html", status=422, login=login, wrong=wrong)


def _on(request: Request, parts: Parts, signed: Signed, wanted: str) -> Response:
    """To the next missing step, else to the page that was wanted."""
    wanted = safe_next(wanted)
    path = STEPS[f"{signed.missing}-needed"] if signed.missing else wanted
    if signed.missing == "code" and wanted != "/staff":
        path += "?" + urlencode({"next": wanted})
    response = done(path)
    remember(response, request, parts, signed)
    return response
