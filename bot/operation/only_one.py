"""One Linyu per state folder: whoever runs it, changes its key or puts a backup back holds the folder's lock.

Parts of a Linyu that are started by their role hold it together, and each its own.
"""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bot import state_folder
from bot.operation.roles import ROLES, Role
from bot.settings import Settings

LOCK = "linyu.lock"


class AlreadyRunning(Exception):
    """Another program holds the state folder; the text says so for an operator."""


@contextmanager
def state_folder_held(settings: Settings, unit: str = "") -> Iterator[tuple[int, ...]]:
    """Gives the descriptors of the locks: who inherits them holds them too. `unit` names parts that run beside others; empty
    is the whole. Raises AlreadyRunning."""
    state_folder.prepare(settings.state_dir)
    with contextlib.ExitStack() as held:
        whole = held.enter_context(_locked(settings.state_dir / LOCK, fcntl.LOCK_SH if unit else fcntl.LOCK_EX))
        part = held.enter_context(_locked(settings.state_dir / f"linyu-{unit}.lock", fcntl.LOCK_EX)) if unit else None
        yield (whole,) if part is None else (whole, part)


@contextmanager
def _locked(path: Path, how: int) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning("Linyu runs already with this state folder (LINYU_STATE_DIR); stop it first") from None
        yield descriptor
    finally:
        os.close(descriptor)


def port_taken(settings: Settings, roles: Sequence[Role] = ROLES) -> str | None:
    """The setting of a port of these roles that somebody else listens on; None when all are free."""
    wanted: dict[Role, tuple[str, str, int]] = {
        Role.API: ("LINYU_PORT", settings.host, settings.port),
        Role.RASA: ("LINYU_RASA_PORT", settings.inner_host, settings.rasa_port),
        Role.ACTIONS: ("LINYU_ACTIONS_PORT", settings.inner_host, settings.actions_port),
    }
    for name, host, port in (wanted[role] for role in roles if role in wanted):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(socket.gaierror):  # a name that cannot be found is told by the server itself
                try:
                    probe.bind((host, port))
                except OSError:
                    return f"{name}={port}"
    return None
