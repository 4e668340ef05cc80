"""Failures as application/problem+json (RFC 9457) with a stable `code`; `detail` is fit to be shown to a resident."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from api.http.error_description import describe_error
from bot.dialogue.responses import Responses
from bot.errors import AssistantError, SignInLocked

logger = logging.getLogger(__name__)

CODES = {
    400: "bad-request", 401: "unauthorised", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    413: "too-large", 415: "unsupported-media-type", 422: "invalid", 429: "too-many-requests",
}  # fmt: skip


class ProblemOut(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    code: str


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says about these failures."""
    return {code: {"model": ProblemOut, "content": {"application/problem+json": {}}} for code in statuses}


class Problem(Exception):
    """A failure of the HTTP border itself."""

    def __init__(
        self, status: int, code: str, *, say: str = "utter_sorry", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.say, self.headers = status, code, say, headers


def problem(status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    body = {"type": "about:blank", "title": code.replace("-", " "), "status": status, "detail": detail, "code": code}
    return JSONResponse({**body, **more}, status, headers=headers, media_type="application/problem+json")


def language_of(request: HTTPConnection) -> str:
    """The language of the conversation; else what the browser asks for, where the page puts the resident's choice."""
    if known := getattr(request.state, "language", None):
        return str(known)
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"


def add_handlers(app: FastAPI, words: Responses) -> None:
    def say(name: str, request: Request) -> str:
        return words.reply(name, language_of(request)).text

    @app.exception_handler(AssistantError)
    async def expected(request: Request, error: AssistantError) -> JSONResponse:
        headers = {"Retry-After": "2"} if error.status == 503 else None
        if isinstance(error, SignInLocked):
            headers = {"Retry-After": str(error.seconds)}
        return problem(error.status, error.code, say(error.say, request), headers=headers)

    @app.exception_handler(Problem)
    async def border(request: Request, error: Problem) -> JSONResponse:
        return problem(error.status, error.code, say(error.say, request), headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # Where the request is wrong, but never what it held.
        places = [{"where": [str(part) for part in one["loc"]], "what": one["type"]} for one in error.errors()]
        return problem(422, "invalid", say("utter_sorry", request), errors=places)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        code = CODES.get(error.status_code, "error")
        return problem(error.status_code, code, say("utter_sorry", request), headers=dict(error.headers or {}) or None)

    @app.exception_handler(Exception)
    async def bug(request: Request, error: Exception) -> JSONResponse:
        route = getattr(request.scope.get("route"), "path", "-")
        logger.error("unexpected fault at %s: %s", route, describe_error(error))
        return problem(500, "unexpected", say("utter_sorry", request))
