"""A telephone exchange of one's own: real Asterisk on free ports, in a folder thrown away."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.operation import asterisk
from bot.operation.asterisk_program import find_asterisk
from bot.operation.local_servers import free_ports
from bot.settings import Settings


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def telephone_variables() -> dict[str, str]:
    """Free ports for everything; the operator and the people whom we call are softphones on this machine."""
    (ari,) = free_ports(1)
    return {
        "LINYU_TELEPHONE": "asterisk",
        "LINYU_ARI_PORT": str(ari),
        "LINYU_SIP_PORT": str(free_udp_port()),
        "LINYU_RTP_PORTS": "21000-21999",
        "LINYU_SIP_OPERATOR": f"operator@127.0.0.1:{free_udp_port()}",
        "LINYU_OPERATOR_SECONDS": "5",
        "LINYU_SIP_TRUNK": f"127.0.0.1:{free_udp_port()}",
        "LINYU_QUIET_HOURS": "00:00-00:00",
        "LINYU_WORKER_SECONDS": "0.5",
        "LINYU_VOICE_PATIENCE_SECONDS": "30",
    }


def telephone_settings(folder: Path) -> Settings:
    names = {name.removeprefix("LINYU_").lower(): value for name, value in telephone_variables().items()}
    (app,) = free_ports(1)
    return Settings.model_validate({"state_dir": folder, "port": app, **names})


@contextmanager
def running_asterisk(settings: Settings, replaced: Mapping[str, str] | None = None) -> Iterator[Path]:
    """Yields its home folder. `replaced`: files of our configuration, by name, that hold something else."""
    program = find_asterisk()
    assert program is not None, "no Asterisk: run scripts/fetch_asterisk.py"
    home = asterisk.write_configuration(settings, program)
    for name, text in (replaced or {}).items():
        (home / "etc" / name).write_text(text)
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
