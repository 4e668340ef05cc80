"""A Linyu of one's own: real processes on free ports with a state folder that is thrown away. For tests and measuring."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.operation.environment import APP_BIN
from bot.operation.local_servers import free_ports
from bot.settings import ROOT

MANY_RESIDENTS = {
    "LINYU_MESSAGES_PER_MINUTE": "100000",
    "LINYU_REQUESTS_PER_MINUTE": "100000",
    "LINYU_CONVERSATIONS_PER_MINUTE": "100000",
    "LINYU_LISTENERS_PER_ADDRESS": "100000",
    "LINYU_BOOKINGS_PER_PHONE_AND_TIME": "100000",
    "LINYU_BOOKINGS_PER_PHONE": "100000",
    "LINYU_CASES_PER_PHONE": "100000",
    "LINYU_CASES_PER_CONVERSATION": "100000",
    "LINYU_RECORDS_PER_HOUR": "100000",
}
"""A test or a measuring client is many residents behind one address."""
NOTHING_RENDERED_AHEAD = {"LINYU_RENDER_AHEAD": "false"}
"""A Linyu that lives for minutes does not prepare speech for months."""


VECTORS, KEPT_VECTORS = ("sentences-*.npz", "page-fit-*.npz"), ROOT / ".tools" / "cache"
"""What was computed of the knowledge pages: it takes a minute to make, and holds nothing of any resident."""


@dataclass(frozen=True)
class EphemeralInstance:
    url: str
    state_dir: Path
    environment: dict[str, str]
    """With it, `linyu` commands and other processes find this Linyu."""
    process: subprocess.Popen[bytes]


class DidNotStart(Exception):
    """The text is the end of what `linyu serve` printed."""


@contextmanager
def ephemeral_instance(settings: dict[str, str], *, patience_seconds: float = 600) -> Iterator[EphemeralInstance]:
    """`linyu serve`, ready; `settings` are further LINYU_* variables. Stops everything at the end."""
    app, rasa, actions = free_ports(3)
    with tempfile.TemporaryDirectory(prefix="linyu-") as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "LINYU_DATABASE_URL"},
            "LINYU_STATE_DIR": folder,
            "LINYU_PORT": str(app),
            "LINYU_RASA_PORT": str(rasa),
            "LINYU_ACTIONS_PORT": str(actions),
            **settings,
        }
        _copy_vectors(KEPT_VECTORS, Path(folder) / "cache")
        printed = Path(folder) / "serve.out"
        with printed.open("wb") as out:
            process = subprocess.Popen(
                [str(APP_BIN / "linyu"), "serve"], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
        linyu = EphemeralInstance(f"http://127.0.0.1:{app}", Path(folder), environment, process)
        try:
            _await_ready(linyu, printed, patience_seconds)
            _copy_vectors(Path(folder) / "cache", KEPT_VECTORS)
            yield linyu
        finally:
            process.terminate()
            process.wait(40)


def _copy_vectors(source: Path, target: Path) -> None:
    """Those that the target has not; several Linyus may do so at once."""
    for file in (file for pattern in VECTORS for file in source.glob(pattern)):
        if not (target / file.name).exists():
            target.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = target / f"{file.name}.{os.getpid()}"
            shutil.copyfile(file, part)
            part.replace(target / file.name)


def _await_ready(linyu: EphemeralInstance, printed: Path, patience_seconds: float) -> None:
    deadline = time.monotonic() + patience_seconds
    while time.monotonic() < deadline and linyu.process.poll() is None:
        try:
            if httpx.get(f"{linyu.url}/readyz", timeout=3).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise DidNotStart(printed.read_text("utf-8", "replace")[-3000:])
