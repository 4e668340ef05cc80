"""Several Linyus of one's own behind a balancer, over one PostgreSQL and one Redis, on this machine. For measuring."""

import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.operation.environment import APP_BIN
from bot.operation.ephemeral_instance import MANY_RESIDENTS, NOTHING_RENDERED_AHEAD
from bot.operation.local_servers import free_ports, postgresql_server, redis_server
from bot.settings import ROOT
from bot.store.encryption import DataKeys
from evaluation.running import descendants

ROLES = ("api", "rasa", "actions", "worker")
"""Each host runs all of these; ears and voices run once, beside the first."""
PATIENCE_SECONDS = 600.0
BALANCER = ROOT / "deploy" / "cluster" / "haproxy.cfg"


@dataclass(frozen=True)
class Host:
    name: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    supervisor_file: Path

    def pids(self, command: str) -> list[int]:
        """Of its programs whose command line has this in it."""
        supervisor = int(self.supervisor_file.read_text())
        return sorted(pid for pid in descendants(supervisor) if command in _command_of(pid))


@dataclass(frozen=True)
class Cluster:
    url: str
    """Of the balancer."""
    hosts: tuple[Host, ...]
    environment: dict[str, str]
    """With it `wiring` opens its records."""


@contextmanager
def cluster(hosts: int = 2) -> Iterator[Cluster]:
    """Ready, as `deploy/cluster/haproxy.cfg` balances it. Stops everything at the end."""
    front, rasa_front, actions_front = free_ports(3)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="linyu-cluster-")))
        common = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LINYU_")},
            **MANY_RESIDENTS,
            **NOTHING_RENDERED_AHEAD,
            "LINYU_DATABASE_URL": stack.enter_context(postgresql_server()),
            "LINYU_REDIS": stack.enter_context(redis_server()),
            "LINYU_DATA_KEY": DataKeys.generate(),
            "LINYU_TOKEN": secrets.token_urlsafe(32),
            "LINYU_HOSTS": "many",
            "LINYU_TRACKERS": "database",
            "LINYU_STATE_DIR": str(folder / "state"),
            "LINYU_SHARED_DIR": str(folder / "shared"),
            "LINYU_RASA_URL": f"http://127.0.0.1:{rasa_front}",
            "LINYU_ACTIONS_URL": f"http://127.0.0.1:{actions_front}",
            "LINYU_VOICE": "espeak",
            "LINYU_EAR_PROCESSES": "1",
            "LINYU_TRUSTED_PROXIES": "127.0.0.1",
        }
        started = [_start(stack, common, folder, number, ROLES) for number in range(hosts)]
        _start(stack, common, folder, hosts, ("speech",))
        ports = {
            "api": [host.environment["LINYU_PORT"] for host in started],
            "rasa": [host.environment["LINYU_RASA_PORT"] for host in started],
            "actions": [host.environment["LINYU_ACTIONS_PORT"] for host in started],
        }
        file = folder / "haproxy.cfg"
        file.write_text(balancer(ports, front, rasa_front, actions_front))
        _run(stack, [_haproxy(), "-db", "-f", str(file)], common, folder / "haproxy.out")
        url = f"http://127.0.0.1:{front}"
        try:
            _await_ready([f"http://127.0.0.1:{port}" for port in ports["api"]] + [url], started)
        except TimeoutError:
            for out in folder.glob("*.out"):
                print(out.name, out.read_text("utf-8", "replace")[-1500:])
            raise
        yield Cluster(url, tuple(started), common)


def balancer(ports: dict[str, list[str]], front: int, rasa_front: int, actions_front: int) -> str:
    """The configuration of deploy/, with our addresses for those in it, and without TLS."""
    text = BALANCER.read_text("utf-8")
    text = re.sub(r"    bind :80\n.*\n.*\n", f"    bind 127.0.0.1:{front}\n", text, count=1)
    text = text.replace("10.0.0.10:15005", f"127.0.0.1:{rasa_front}").replace(
        "10.0.0.10:15055", f"127.0.0.1:{actions_front}"
    )
    text = re.sub(r"    server \S+ \S+\n", "", text)
    for name, those in ports.items():
        servers = "".join(f"    server {name}-{port} 127.0.0.1:{port}\n" for port in those)
        text = re.sub(rf"^backend {name}\n(?:    .*\n)*", rf"\g<0>{servers}", text, count=1, flags=re.MULTILINE)
    return text


def _start(stack: ExitStack, common: dict[str, str], folder: Path, number: int, roles: tuple[str, ...]) -> Host:
    app, rasa, actions = free_ports(3)
    own = {**common, "LINYU_PORT": str(app), "LINYU_RASA_PORT": str(rasa), "LINYU_ACTIONS_PORT": str(actions)}
    if "speech" not in roles:
        own["LINYU_STATE_DIR"] = str(folder / f"state-{number}")
        own["LINYU_SPEECH_DIR"] = common["LINYU_STATE_DIR"]
    command = [str(APP_BIN / "linyu"), "serve", *(word for role in roles for word in ("--role", role))]
    process = _run(stack, command, own, folder / f"serve-{number}.out")
    ports = {"api": app, "rasa": rasa, "actions": actions}
    unit = "-".join(f"{role}-{ports[role]}" if role in ports else role for role in roles)
    return Host(f"host {number + 1}", own, process, Path(own["LINYU_STATE_DIR"]) / "units" / unit / "supervisord.pid")


def _run(stack: ExitStack, command: list[str], own: dict[str, str], printed: Path) -> subprocess.Popen[bytes]:
    with printed.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=out, stderr=subprocess.STDOUT)

    def end() -> None:
        process.terminate()
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()

    stack.callback(end)
    return process


def _haproxy() -> str:
    found = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise FileNotFoundError("haproxy is missing; the remedy: apt-get install haproxy")
    return found


def _await_ready(urls: list[str], hosts: list[Host]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    for url in urls:
        while not _ready(url):
            if time.monotonic() > deadline or any(host.process.poll() is not None for host in hosts):
                raise TimeoutError(f"{url} is not ready")
            time.sleep(0.5)


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
