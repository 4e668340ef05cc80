"""The processes of a running Linyu, and the records it has written."""

import time

from evaluation.running import PATIENCE_SECONDS, await_ready, descendants, hold, kill, lives, pid_of, store_of

__all__ = ["PATIENCE_SECONDS", "await_end", "await_ready", "descendants", "hold", "kill", "lives", "pid_of", "store_of"]


def await_end(pid: int) -> None:
    """A process that was told to end may take a moment; one that goes on is an orphan."""
    deadline = time.monotonic() + 40
    while lives(pid):
        assert time.monotonic() < deadline, "an orphan goes on"
        time.sleep(0.1)
