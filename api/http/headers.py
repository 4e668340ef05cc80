"""Security headers on every answer, and our access log: route, status, milliseconds, nothing else."""

import logging
import time
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from api.http.bugs import told
from api.http.metrics import REQUEST_SECONDS, REQUESTS

logger = logging.getLogger("linyu.access")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "font-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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
            record.msg, record.args = "%s: %s", (str(record.msg).strip(), told(record.exc_info[1]))
            record.exc_info = record.exc_text = None
        return record.levelno >= logging.INFO and "WebSocket %s" not in str(record.msg)


def keep_addresses_out_of_logs() -> None:
    """Whatever the log level is: query strings and what is said over a socket are logged by no library either."""
    for name in ("httpx", "httpcore", "websockets", "multipart", "python_multipart"):
        logging.getLogger(name).setLevel(logging.WARNING)
    server = logging.getLogger("uvicorn.error")
    if not any(isinstance(one, WithoutAddresses) for one in server.filters):
        server.addFilter(WithoutAddresses())


Next = Callable[[Request], Awaitable[Response]]


async def add_headers(request: Request, call_next: Next) -> Response:
    try:
        response = await call_next(request)
    except Exception as error:  # a bug: answered here, for outside of us nobody would give it the headers
        response = await request.app.exception_handlers[Exception](request, error)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


async def log_access(request: Request, call_next: Next) -> Response:
    """Never the query string nor the path as asked: both can hold what belongs to a resident."""
    started = time.perf_counter()
    response = await call_next(request)
    route = getattr(request.scope.get("route"), "path", "-")
    seconds = time.perf_counter() - started
    REQUESTS.labels(request.method, route, response.status_code).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    logger.info("%s %s %d %.0f ms", request.method, route, response.status_code, seconds * 1000)
    return response
