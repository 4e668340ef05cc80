"""Which Asterisk to start: an installed one that is new enough, or the one that scripts/fetch_asterisk.py unpacked."""

import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

PRIVATE = ROOT / ".tools" / "asterisk"
"""Debian's packages unpacked, with the loader and the libraries they were built for."""
OLDEST = (22, 8)
"""The first in which chan_websocket speaks JSON."""
VERSION = re.compile(r"Asterisk (\d+)\.(\d+)")


@dataclass(frozen=True)
class AsteriskProgram:
    command: tuple[str, ...]
    """What to start; arguments follow."""
    modules: Path
    data: Path
    """Where its sounds and documentation lie."""


def find_asterisk() -> AsteriskProgram | None:
    """The installed one first; None when there is none, or only one that is too old."""
    return next(
        (program for program in (_installed(), _unpacked()) if program and is_new_enough(_version(program))), None
    )


def is_new_enough(said: str) -> bool:
    """`said` is the answer to `asterisk -V`."""
    found = VERSION.search(said)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def _installed() -> AsteriskProgram | None:
    program = shutil.which("asterisk")
    places = [Path("/usr/lib/asterisk/modules"), Path("/usr/lib64/asterisk/modules")]
    places += sorted(Path("/usr/lib").glob("*-linux-*/asterisk/modules"))
    modules = next((place for place in places if (place / "chan_websocket.so").exists()), None)
    if program is None or modules is None:
        return None
    data = Path("/usr/share/asterisk")
    return AsteriskProgram((program,), modules, data if data.exists() else Path("/var/lib/asterisk"))


def _unpacked() -> AsteriskProgram | None:
    libraries = next(iter((PRIVATE / "usr/lib").glob(f"{platform.machine()}-linux-*")), None)
    loader = next(iter(libraries.glob("ld-linux-*")), None) if libraries else None
    if libraries is None or loader is None:
        return None
    command = (str(loader), "--library-path", str(libraries), str(PRIVATE / "usr/sbin/asterisk"))
    return AsteriskProgram(command, libraries / "asterisk/modules", PRIVATE / "usr/share/asterisk")


def _version(program: AsteriskProgram) -> str:
    try:
        return subprocess.run([*program.command, "-V"], stdout=subprocess.PIPE, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
