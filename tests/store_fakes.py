"""An empty database for every test, one that goes away when a test says so, and somebody who holds its only lock."""

import atexit
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.errors import StoreUnavailable
from bot.store.encryption import DataKeys
from bot.store.store import Store


def empty_database(file: Path) -> str:
    """A migrated database in this file; its address. Migrating takes half a second, so it is done once and copied."""
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(_migrated(), file)
    return f"sqlite:///{file}"


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="linyu-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "linyu.db"
    with closing(Store(f"sqlite:///{file}", DataKeys([DataKeys.generate()]))) as store:
        store.migrate()
    return file


class FragileStore(Store):
    """A real store. While `down` it answers nobody, while `read_only` no writer; so many `failures` come soon."""

    down = False
    read_only = False
    failures = 0
    failures_after = 0
    """How many units of work succeed before those failures."""

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        if self.down or (self.read_only and engine is self._writer):
            raise StoreUnavailable
        if self.failures_after:
            self.failures_after -= 1
        elif self.failures:
            self.failures -= 1
            raise StoreUnavailable
        with super()._session(engine) as session:
            yield session


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Another program holds the write lock of this SQLite file for so long, from now on."""
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            held.set()
            free.wait(seconds)
            connection.execute("ROLLBACK")

    holding = threading.Thread(target=hold)
    holding.start()
    held.wait()
    try:
        yield
    finally:
        free.set()
        holding.join()
