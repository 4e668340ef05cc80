"""A copy of the whole database while it is in use, and back. The copy is encrypted just as the database is.

No copy is kept, and none is put back, before it was read from beginning to end.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from bot.store.encryption import DataKeys

SQLITE = "sqlite:///"
TABLES = ("alembic_version", "audit_head", "turns", "bookings", "cases")
"""Which every version of our database has."""
BESIDE = ("-wal", "-shm")


def backup(store_url: str, target: Path) -> None:
    """Write a copy to `target`, readable by its owner only. The data key is not in it: keep that apart.

    Raises ValueError when the target exists, RuntimeError when the database is damaged or PostgreSQL's tool fails.
    """
    if target.exists():
        raise ValueError("the backup file exists already")
    target.touch(mode=0o600)
    try:
        if store_url.startswith(SQLITE):
            _copy(_file_of(store_url), target)
            check(target)
        else:
            _run_postgresql("pg_dump", store_url, "--format=custom", f"--file={target}")
            _check_dump(target)
    except ValueError as error:
        target.unlink()
        raise RuntimeError(f"no backup was written: {error}") from error
    except BaseException:
        target.unlink()  # half a copy is worse than none
        raise


def restore(store_url: str, source: Path, keys: DataKeys | None = None) -> Path | None:
    """Replace the database by the copy. Stop all other processes first. Returns where the present one is kept.

    Raises ValueError when there is no such copy, when it is damaged or not ours, or when none of `keys` signed its
    audit; RuntimeError when PostgreSQL's tool is missing or fails. Then the present database is as it was.
    """
    if not source.is_file():
        raise ValueError("there is no such backup file")
    aside = f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    if not store_url.startswith(SQLITE):
        _check_dump(source)
        kept = source.with_name(f"{source.name}.{aside}")
        kept.touch(mode=0o600)
        _run_postgresql("pg_dump", store_url, "--format=custom", f"--file={kept}")
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run_postgresql("pg_restore", store_url, *options, str(source))
        return kept
    check(source, keys)
    target = _file_of(store_url)
    fresh = target.with_name(f"{target.name}.restoring")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    try:
        _copy(source, fresh, at_rest=True)
        check(fresh, keys)
        present = _put_aside(target, target.with_name(f"{target.name}.{aside}"))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return present


def check(copy: Path, keys: DataKeys | None = None) -> None:
    """Raises ValueError when this SQLite file is damaged, not ours, or signed with none of these keys."""
    try:
        with closing(_read_only(copy, at_rest=True)) as database:
            found = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if not found.issuperset(TABLES):
                raise ValueError("this file is no backup of Linyu")
            [state] = database.execute("PRAGMA integrity_check(1)").fetchone()
            if state != "ok" or database.execute("PRAGMA foreign_key_check").fetchone():
                raise ValueError("the database is damaged")
            if not database.execute("SELECT version_num FROM alembic_version").fetchone():
                raise ValueError("this file is no backup of Linyu")
            signed = database.execute("SELECT count, hash, signature FROM audit_head WHERE count > 0").fetchone()
            noted = None
            if "store_state" in found:
                noted = database.execute("SELECT value FROM store_state WHERE key = 'data_key'").fetchone()
    except sqlite3.Error as error:
        raise ValueError("the database is damaged, or this file is no backup of Linyu") from error
    if keys is None:
        return
    if (signed and not keys.is_signed(f"{signed[0]} {signed[1]}", signed[2])) or (noted and noted[0] not in keys.names):
        raise ValueError("this backup was made with another data key than ours")


def _file_of(store_url: str) -> Path:
    return Path(store_url.removeprefix(SQLITE))


def _read_only(file: Path, *, at_rest: bool = False) -> sqlite3.Connection:
    """A file `at_rest` is written by nobody, so that it can be read where nothing may be written beside it."""
    at_rest = at_rest and not file.with_name(file.name + "-wal").exists()
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}", uri=True)


def _copy(source: Path, target: Path, *, at_rest: bool = False) -> None:
    """Raises ValueError when the source cannot be read."""
    try:
        with closing(_read_only(source, at_rest=at_rest)) as read, closing(sqlite3.connect(target)) as write:
            read.backup(write)
            write.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it
    except sqlite3.Error as error:
        raise ValueError("the database is damaged, or cannot be read") from error
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _put_aside(present: Path, aside: Path) -> Path | None:
    """Keep the database that is there under another name, with what it has not written into its file yet."""
    if not present.exists():
        return None
    with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(present, timeout=1)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in BESIDE:  # of a damaged one: it would be taken for that of the new file
        beside = present.with_name(present.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))
    os.link(present, aside)
    return aside


def _check_dump(dump: Path) -> None:
    """Raises ValueError when PostgreSQL's tool cannot read it, or finds tables of others."""
    try:
        listed = _run(["pg_restore", "--list", str(dump)], dict(os.environ))
    except RuntimeError as error:
        if shutil.which("pg_restore") is None:
            raise
        raise ValueError("the dump is damaged, or this file is no backup of Linyu") from error
    if not all(f" TABLE DATA public {table} " in listed for table in TABLES):
        raise ValueError("this file is no backup of Linyu")


def _run_postgresql(tool: str, store_url: str, *arguments: str) -> None:
    address = urlsplit(store_url)
    # The password goes through the environment: arguments are visible to every user of the machine.
    place = address.netloc.rpartition("@")[2]
    user = f"{address.username}@" if address.username else ""
    url = urlunsplit(("postgresql", user + place, address.path, address.query, ""))
    environment = {**os.environ, "PGPASSWORD": unquote(address.password or "")}
    _run([tool, f"--dbname={url}", *arguments], environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    """What it prints. Raises RuntimeError."""
    tool = command[0]
    if shutil.which(tool) is None:
        raise RuntimeError(f"{tool} is not installed; the remedy: apt-get install postgresql-client")
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise RuntimeError(f"{tool} failed with exit code {finished.returncode}")
    return finished.stdout
