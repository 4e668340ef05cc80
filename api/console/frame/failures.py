"""Failures as pages: what the API answers as problem+json, a person below /staff reads as a page, or is led to signing in."""

import json
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.render import address_of, done, page
from api.console.frame.session import COOKIE
from api.http.problems import documented
from bot.errors import BadInput, SignInLocked
from bot.services.staff.staff_sessions import Signed

PROBLEMS = documented(400, 401, 403, 404, 405, 409, 410, 413, 422, 423, 429, 500, 503)
"""What any address of the staff API may answer."""
STEPS = {
    "code-needed": "/staff/code",
    "password-needed": "/staff/account/password",
    "second-factor-needed": "/staff/account/second-factor",
}
"""Where a missing step of signing in is done."""
TITLED = {400, 403, 404, 409, 410, 413, 422, 423, 429, 500, 503}


def add_failure_pages(app: FastAPI) -> None:
    """Call it after all exception handlers are there: it puts a page over each of them, for addresses of pages only."""
    for kind, answer in list(app.exception_handlers.items()):
        app.exception_handlers[kind] = _as_page(answer)


def _as_page(answer: Any) -> Any:
    async def handler(request: Request, error: Exception) -> Response:
        problem: Response = await answer(request, error)
        if request.url.path != "/staff" and not request.url.path.startswith("/staff/"):
            return problem
        code = json.loads(bytes(problem.body))["code"]
        if problem.status_code == 401 and code == "unauthorised":
            wanted = address_of(request)
            asked = {"next": wanted} if wanted != "/staff" else {}
            ended = "login.said.ended" if COOKIE in request.cookies else ""
            return done(f"/staff/login?{urlencode(asked)}" if asked else "/staff/login", ended)
        if code in STEPS:
            return done(STEPS[code])
        return _page(request, problem, error, code)

    return handler


def _page(request: Request, problem: Response, error: Exception, code: str) -> Response:
    say, signed = words.say_in(words.language_of(request)), getattr(request.state, "signed", None)
    status = problem.status_code
    title = say(f"error.{status}.title" if status in TITLED else "error.400.title")
    shown = page(
        request,
        "error.html",
        signed if isinstance(signed, Signed) else None,
        status=status,
        counted=False,
        title=title,
        detail=said_of(error, say, code),
    )
    for name in ("retry-after", "allow"):
        if name in problem.headers:
            shown.headers[name] = problem.headers[name]
    return shown


def said_of(error: Exception, say: words.Say, code: str = "") -> str:
    """What a person reads about the failure."""
    if isinstance(error, SignInLocked):
        return say("error.sign-in-locked", minutes=-(-error.seconds // 60))
    if isinstance(error, BadInput):
        name = f"error.bad-input.{error.field}"
        return say(name if words.has(name) else "error.other")
    name = f"error.{code or getattr(error, 'code', '')}"
    return say(name if words.has(name) else "error.other")
