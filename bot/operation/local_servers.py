"""A PostgreSQL and a Redis of one's own on the loopback address, gone afterwards: for tests and measuring, in both environments."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REDIS_OF_DEBIAN = Path("/usr/bin/redis-check-rdb")
"""One program under several names; Debian puts it into redis-tools, and what starts it as a service into redis-server."""


class ServerMissing(Exception):
    """The text names the remedy."""


def free_ports(count: int) -> "list[int]":
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def free_port() -> int:
    return free_ports(1)[0]


@contextmanager
def redis_server(port: "int | None" = None) -> Iterator[str]:
    """Its address. It keeps nothing on disk."""
    program = shutil.which("redis-server") or (str(REDIS_OF_DEBIAN) if REDIS_OF_DEBIAN.exists() else None)
    if program is None:
        raise ServerMissing("redis is missing; the remedy: apt-get install redis-tools")
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, executable=program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_answer(port, process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of its empty database."""
    folder = Path(tempfile.mkdtemp(prefix="linyu-postgresql-"))
    port = free_port()
    data = str(folder / "data")
    try:
        _tool(folder, "initdb", "-D", data, "-U", "linyu", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _tool(folder, "pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        yield f"postgresql://linyu@127.0.0.1:{port}/postgres"
    finally:
        if Path(data, "postmaster.pid").exists():
            _tool(folder, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _await_answer(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise ServerMissing("redis ended")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(b"PING\r\n")
                if line.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            time.sleep(0.05)
    raise ServerMissing("redis does not answer")


def _tool(folder: Path, tool: str, *arguments: str) -> None:
    """Run a PostgreSQL server tool; it refuses to run as root, so root lends it the user nobody."""
    places = [os.environ.get("PATH", ""), *sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    path = shutil.which(tool, path=os.pathsep.join([*places, "/usr/local/bin", "/usr/local/pgsql/bin"]))
    if path is None:
        raise ServerMissing(f"{tool} is missing; the remedy: apt-get install postgresql")
    user: str | None = None
    if os.geteuid() == 0:
        user = "nobody"
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    with (folder / "tool.log").open("w") as log:  # a pipe would stay open in the server
        finished = subprocess.run(
            [path, *arguments],
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd=folder,
            stdout=log,
            stderr=log,
            check=False,
        )
    if finished.returncode != 0:
        raise ServerMissing(f"{tool} failed:\n{(folder / 'tool.log').read_text()}")
