"""A Redis of our own on the loopback address, for what several processes share."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

DEBIANS = Path("/usr/bin/redis-check-rdb")
"""One program under several names; Debian puts it into redis-tools, and what starts it as a service into redis-server."""


@contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """Its address. It keeps nothing on disk."""
    program = shutil.which("redis-server") or (str(DEBIANS) if DEBIANS.exists() else None)
    if program is None:
        pytest.fail("redis is missing; the remedy: apt-get install redis-tools")
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, executable=program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_answer(port, process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None, "redis ended"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(b"PING\r\n")
                if line.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("redis does not answer")
