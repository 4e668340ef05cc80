"""The web application as a process of its own: `python -m api.server`, which is uvicorn with our settings."""

from types import FrameType
from typing import Any

import uvicorn

from api.http.protocol import PatientHttp
from api.main import create_app
from api.parts import Parts
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
"""For open requests, when we are stopped at once."""


class DrainingServer(uvicorn.Server):
    """Told to stop for the first time it lets calls end, for as long as the settings say; for the second time it stops."""

    def __init__(self, config: uvicorn.Config, parts: Parts) -> None:
        super().__init__(config)
        self._parts = parts

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._parts.settings.drain_seconds and not self._parts.drain.has_begun:
            self._parts.drain.begin()
            self._parts.capacity.closed = True
            return
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        if self._parts.drain.is_over(self._parts.settings.drain_seconds, self._parts.capacity.busy):
            self.should_exit = True
        return await super().on_tick(counter)


def main() -> None:
    settings = wiring.settings()
    app = create_app()
    patience = settings.reply_timeout_seconds if settings.drain_seconds else FAREWELL_SECONDS
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, **OPTIONS, timeout_graceful_shutdown=int(patience)
    )
    DrainingServer(config, app.state.parts).run()


if __name__ == "__main__":
    main()
