"""The processes of a running Linyu, found through /proc, how to kill one, and its database. For tests and measuring."""

import os
import signal
import time
from pathlib import Path

import httpx

from bot.operation.ephemeral_instance import EphemeralInstance
from bot.store.encryption import DataKeys
from bot.store.store import Store

PROGRAMS = {
    "rasa": "rasa run",
    "actions": "actions.server:create_app",
    "app": "api.server",
    "worker": "linyu worker",
    "ears": "bot.ear_process",
    "natural voice": "bot.voice_process kokoro",
    "small voice": "bot.voice_process espeak",
    "asterisk": "asterisk.conf",
}
"""What the command line of each has in it."""
PATIENCE_SECONDS = 240


def descendants(pid: int) -> set[int]:
    """All processes that it started, and those that they started."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        parent = _parent(int(folder.name))
        children.setdefault(parent, []).append(int(folder.name))
    found, to_see = set(), [pid]
    while to_see:
        for child in children.get(to_see.pop(), []):
            found.add(child)
            to_see.append(child)
    return found


def lives(pid: int) -> bool:
    """A process that has ended and only waits for its parent to notice does not live."""
    return _parent(pid) != 0


def pids_of(linyu: EphemeralInstance, program: str) -> list[int]:
    """Those that run at this moment."""
    supervisor = int((linyu.state_dir / "supervisord.pid").read_text())
    return sorted(pid for pid in descendants(supervisor) if PROGRAMS[program] in command_of(pid))


def pid_of(linyu: EphemeralInstance, program: str) -> int:
    """Waits until the supervisor has started it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for pid in pids_of(linyu, program):
            return pid
        time.sleep(0.1)
    raise AssertionError(f"{program} does not run")


def kill(linyu: EphemeralInstance, program: str) -> int:
    """As the kernel does when memory runs out: no last words. Gives the pid that was."""
    pid = pid_of(linyu, program)
    os.kill(pid, signal.SIGKILL)
    while lives(pid):
        time.sleep(0.02)
    return pid


def hold(linyu: EphemeralInstance, program: str) -> int:
    """Stop it in the middle of what it does, until it is killed or continued."""
    pid = pid_of(linyu, program)
    os.kill(pid, signal.SIGSTOP)
    return pid


def await_ready(linyu: EphemeralInstance) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{linyu.url}/readyz", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise AssertionError("not ready again")


def _parent(pid: int) -> int:
    """0 when there is no such process, or only its remains."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state in "ZX" else int(parent)


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def store_of(linyu: EphemeralInstance) -> Store:
    """Its database, opened with its own keys."""
    keys = (linyu.state_dir / "secrets" / "data_key").read_text().split(",")
    return Store(f"sqlite:///{linyu.state_dir / 'linyu.db'}", DataKeys(keys))
