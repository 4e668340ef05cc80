"""Security headers on every answer, and our access log: route, status, milliseconds, nothing else."""

import logging
import time

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.error_description import describe_error
from api.http.metrics import REQUEST_SECONDS, REQUESTS

logger = logging.getLogger("linyu.access")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "font-src 'self'; manifest-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


class WithoutAddresses(logging.Filter):
    """uvicorn tells of every WebSocket with its query string, where the ticket is; and when asked for details, of all
    that is said over it. What breaks it tells with the whole error; type and place are left of that.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = "%s: %s", (str(record.msg).strip(), describe_error(record.exc_info[1]))
            record.exc_info = record.exc_text = None
        return record.levelno >= logging.INFO and "WebSocket %s" not in str(record.msg)


def keep_addresses_out_of_logs() -> None:
    """Whatever the log level is: query strings and what is said over a socket are logged by no library either."""
    for name in ("httpx", "httpcore", "websockets", "multipart", "python_multipart"):
        logging.getLogger(name).setLevel(logging.WARNING)
    server = logging.getLogger("uvicorn.error")
    if not any(isinstance(one, WithoutAddresses) for one in server.filters):
        server.addFilter(WithoutAddresses())


class SecurityHeaders:
    """ASGI middleware: every answer carries our headers, that to a bug too, for outside of us nobody would give it them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                may_be_framed = "frame-ancestors 'none'" not in headers.get(
                    "Content-Security-Policy", "frame-ancestors 'none'"
                )
                for name, value in HEADERS.items():
                    if not (may_be_framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if begun:
                raise
            response = await scope["app"].exception_handlers[Exception](Request(scope), error)
            await response(scope, receive, send_with_headers)


class AccessLog:
    """ASGI middleware. Never the query string nor the path as asked: both can hold what belongs to a resident."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()

        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                _log_access(scope, message["status"], time.perf_counter() - started)
            await send(message)

        await self.app(scope, receive, send_and_log)


def _log_access(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    REQUESTS.labels(scope["method"], route, status).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    logger.info("%s %s %d %.0f ms", scope["method"], route, status, seconds * 1000)
