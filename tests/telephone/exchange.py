"""A telephone exchange of one's own: real Asterisk and the web application on free ports, in a folder thrown away."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from bot.operation import asterisk
from bot.operation.asterisk_program import find_asterisk
from bot.operation.own import free_ports
from bot.settings import Settings


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def telephone_settings(folder: Path, **more: object) -> Settings:
    """Free ports for everything; the operator is a softphone on this machine."""
    app, ari = free_ports(2)
    operator = free_udp_port()
    values: dict[str, object] = {
        "state_dir": folder,
        "port": app,
        "ari_port": ari,
        "sip_port": free_udp_port(),
        "rtp_ports": "21000-21999",
        "telephone": "asterisk",
        "sip_operator": f"operator@127.0.0.1:{operator}",
        "operator_seconds": 5,
        **more,
    }
    return Settings.model_validate(values)


@contextmanager
def running_asterisk(settings: Settings) -> Iterator[Path]:
    """Yields its home folder."""
    program = find_asterisk()
    assert program is not None, "no Asterisk: run scripts/fetch_asterisk.py"
    home = asterisk.write_configuration(settings, program)
    with (home / "log" / "out").open("wb") as out:
        process = subprocess.Popen(
            asterisk.start_command(program, home),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            _await(
                lambda: (
                    httpx.get(f"http://127.0.0.1:{settings.ari_port}/ari/asterisk/info", timeout=1).status_code == 401
                )
            )
            yield home
        finally:
            process.terminate()
            process.wait(15)


@dataclass
class RunningApp:
    """The web application in a thread of this process."""

    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(20)


def start_app(app: FastAPI, settings: Settings) -> RunningApp:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=settings.port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _await(lambda: httpx.get(f"http://127.0.0.1:{settings.port}/healthz", timeout=1).status_code == 200)
    return RunningApp(server, thread)


def _await(ready: object, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ready():  # type: ignore[operator]
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not start")
