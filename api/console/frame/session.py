"""Who is asking, and may they? Every staff route has exactly one of the rules below among its dependencies.

`needs(permission)`  signed in fully, with a role that holds the permission
`half_signed(...)`   signed in, but a step of signing in may be missing
`public`             anyone; a POST must come from our own page

A test walks through all routes and fails where none of them stands.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyCookie

from api.http.problems import Problem
from api.parts import Parts, WithParts
from bot.errors import Forbidden
from bot.services.kernel.permissions import PERMISSIONS
from bot.services.staff import staff_sessions
from bot.services.staff.staff_sessions import SessionRules, Signed

COOKIE = "linyu_staff"
CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"
BACKGROUND = "x-linyu-background"
"""A page that asks by itself sends this header, so that its asking does not keep the session alive."""
SAFE = {"GET", "HEAD", "OPTIONS"}

Check = Callable[..., Awaitable[Signed]]
CookieInDocs = Annotated[str | None, Depends(APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="staff session"))]


def needs(permission: str) -> Check:
    """A dependency that yields who is signed in, and lets in only roles that hold the permission."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)

    async def check(request: Request, parts: WithParts, _cookie: CookieInDocs) -> Signed:
        signed = await _signed_in(request, parts)
        if signed.missing is not None:
            raise Problem(403, f"{signed.missing}-needed")
        await _check_csrf(request, signed)
        signed.actor.must(permission)
        return signed

    check.rule = permission  # type: ignore[attr-defined]
    return check


def half_signed(*may_be_missing: str) -> Check:
    """A dependency for the steps of signing in themselves."""

    async def check(request: Request, parts: WithParts, _cookie: CookieInDocs) -> Signed:
        signed = await _signed_in(request, parts)
        if signed.missing not in (None, *may_be_missing):
            raise Problem(403, f"{signed.missing}-needed")
        await _check_csrf(request, signed)
        return signed

    check.rule = "signing in"  # type: ignore[attr-defined]
    return check


async def public(request: Request) -> None:
    if request.method not in SAFE:
        _check_origin(request)


public.rule = "public"  # type: ignore[attr-defined]

Public = Depends(public)


async def limit_sign_ins(request: Request, parts: WithParts) -> None:
    await parts.limits.sign_in(request)


def rules_of(parts: Parts) -> SessionRules:
    chosen = parts.settings
    return SessionRules(timedelta(minutes=chosen.staff_idle_minutes), chosen.staff_second_factor == "required")


def remember(response: Response, request: Request, parts: Parts, signed: Signed) -> None:
    """Give the browser the token. Scripts cannot read it; no other site can make the browser send it."""
    secure = parts.limits.is_https(request)
    response.set_cookie(COOKIE, signed.token, path="/", httponly=True, samesite="strict", secure=secure)


def forget(response: Response, request: Request, parts: Parts) -> None:
    secure = parts.limits.is_https(request)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=secure)


def drop_old(request: Request, parts: Parts) -> None:
    """Whatever token the browser brought to the login ends there."""
    if old := request.cookies.get(COOKIE):
        staff_sessions.drop(parts.store, old)


async def _signed_in(request: Request, parts: Parts) -> Signed:
    token, touch = request.cookies.get(COOKIE, ""), BACKGROUND not in request.headers
    if token:
        found = await asyncio.to_thread(
            staff_sessions.find, parts.store, token, parts.clock(), rules_of(parts), touch=touch
        )
        if found is not None:
            request.state.signed = found  # the error pages show the right menu
            return found
    raise Problem(401, "unauthorised")


async def _check_csrf(request: Request, signed: Signed) -> None:
    if request.method in SAFE:
        return
    _check_origin(request)
    given = request.headers.get(CSRF_HEADER, "")
    kind = request.headers.get("content-type", "")
    if not given and kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        form = await request.form()
        request.state.typed = {name: one for name, one in form.items() if isinstance(one, str) and name != CSRF_FIELD}
        field = form.get(CSRF_FIELD)
        given = field if isinstance(field, str) else ""
    if not hmac.compare_digest(given.encode(), signed.csrf.encode()):
        raise Forbidden


def _check_origin(request: Request) -> None:
    """Every browser of today tells where a form was sent from; whoever is no browser sends neither header."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise Forbidden
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden
