"""A copy of the whole database while it is in use, and back. The copy is encrypted just as the database is."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

SQLITE = "sqlite:///"


def backup(store_url: str, target: Path) -> None:
    """Write a copy to `target`, readable by its owner only. The data key is not in it: keep that apart.

    Raises ValueError when the target exists, RuntimeError when PostgreSQL's tool is missing or fails.
    """
    if target.exists():
        raise ValueError("the backup file exists already")
    target.touch(mode=0o600)
    try:
        if store_url.startswith(SQLITE):
            _copy(Path(store_url.removeprefix(SQLITE)), target)
        else:
            _run_postgresql("pg_dump", store_url, "--format=custom", f"--file={target}")
    except BaseException:
        target.unlink()  # half a copy is worse than none
        raise


def restore(store_url: str, source: Path) -> None:
    """Replace the database by the copy. Stop all other processes first.

    Raises ValueError when there is no such copy, RuntimeError when PostgreSQL's tool is missing or fails.
    """
    if not source.is_file():
        raise ValueError("there is no such backup file")
    if store_url.startswith(SQLITE):
        _copy(source, Path(store_url.removeprefix(SQLITE)))
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run_postgresql("pg_restore", store_url, *options, str(source))


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target)) as write,
    ):
        read.backup(write)


def _run_postgresql(tool: str, store_url: str, *arguments: str) -> None:
    if shutil.which(tool) is None:
        raise RuntimeError(f"{tool} is not installed; the remedy: apt-get install postgresql-client")
    address = urlsplit(store_url)
    # The password goes through the environment: arguments are visible to every user of the machine.
    place = address.netloc.rpartition("@")[2]
    user = f"{address.username}@" if address.username else ""
    url = urlunsplit(("postgresql", user + place, address.path, address.query, ""))
    environment = {**os.environ, "PGPASSWORD": unquote(address.password or "")}
    command = [tool, f"--dbname={url}", *arguments]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise RuntimeError(f"{tool} failed with exit code {finished.returncode}")
