"""One Linyu per state folder: whoever runs it, changes its key or puts a backup back holds the folder's lock."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot import state_folder
from bot.settings import Settings

LOCK = "linyu.lock"


class AlreadyRunning(Exception):
    """Another program holds the state folder; the text says so for an operator."""


@contextmanager
def state_folder_held(settings: Settings) -> Iterator[int]:
    """Gives the descriptor of the lock: who inherits it holds the lock too. Raises AlreadyRunning."""
    state_folder.prepare(settings.state_dir)
    descriptor = os.open(settings.state_dir / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning("Linyu runs already with this state folder (LINYU_STATE_DIR); stop it first") from None
        yield descriptor
    finally:
        os.close(descriptor)


def port_taken(settings: Settings) -> str | None:
    """The setting of a port that somebody else listens on; None when all are free."""
    wanted = (
        ("LINYU_PORT", settings.host, settings.port),
        ("LINYU_RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("LINYU_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    )
    for name, host, port in wanted:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(socket.gaierror):  # a name that cannot be found is told by the server itself
                try:
                    probe.bind((host, port))
                except OSError:
                    return f"{name}={port}"
    return None
