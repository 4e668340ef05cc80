"""The web application as a process of its own: `python -m api.server`, which is uvicorn with our settings."""

from typing import Any

import uvicorn

from api.http.protocol import PatientHttp
from api.main import create_app
from bot import wiring

OPTIONS: dict[str, Any] = {
    "http": PatientHttp,
    "access_log": False,  # we write our own, without what was asked
    "server_header": False,
    "proxy_headers": False,  # main.py adds it, with the proxies of our settings
    "timeout_keep_alive": 5,
    "ws_max_size": 1024 * 1024,  # a larger frame is never collected
    "ws_per_message_deflate": False,  # sound is not worth compressing
}
"""uvicorn's."""
FAREWELL_SECONDS = 3
"""For open requests, when we are stopped."""


def main() -> None:
    settings = wiring.settings()
    uvicorn.run(
        create_app, factory=True, host=settings.host, port=settings.port, **OPTIONS,
        timeout_graceful_shutdown=FAREWELL_SECONDS,
    )  # fmt: skip


if __name__ == "__main__":
    main()
