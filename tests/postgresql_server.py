"""A PostgreSQL of our own on the loopback address, for the application's tests and for Rasa's, which have another Python."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.redis_server import free_port


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of its empty database. It is gone afterwards."""
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


def _tool(folder: Path, tool: str, *arguments: str) -> None:
    """Run a PostgreSQL server tool; it refuses to run as root, so root lends it the user nobody."""
    places = [os.environ.get("PATH", ""), *sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    path = shutil.which(tool, path=os.pathsep.join([*places, "/usr/local/bin", "/usr/local/pgsql/bin"]))
    if path is None:
        pytest.fail(f"{tool} is missing; the remedy: apt-get install postgresql")
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
        pytest.fail(f"{tool} failed:\n{(folder / 'tool.log').read_text()}")
