"""The database: SQLite in a file or PostgreSQL, one unit of work at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.errors import StoreUnavailable
from bot.store import schema
from bot.store.encryption import DataKeys, attach_keys
from bot.store.failures import is_damaged, is_unavailable

BUSY_SECONDS = 10
"""How long a writer waits for another before the resident is asked to wait."""


class UnitOfWork:
    """One unit of work. Rows live only inside it; leaving it without commit changes nothing."""

    def __init__(self, session: Session, keys: DataKeys, audit_anchors: tuple[Path, ...] = ()) -> None:
        self.session = session
        self.keys = keys
        self.audit_anchors = audit_anchors
        self.audit_hashes: set[str] = set()
        """Of the audit entries written in this unit: no file can know them before the commit."""
        self._afterwards: list[Callable[[], None]] = []

    def add(self, row: object) -> None:
        self.session.add(row)

    def delete(self, row: object) -> None:
        self.session.delete(row)

    def flush(self) -> None:
        """Send the changes so far, so that new rows have their ids."""
        self.session.flush()

    def commit(self) -> None:
        self.session.commit()
        for call in self._afterwards:
            call()
        self._afterwards.clear()

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call it once the change is in the database; never, if it is given up."""
        self._afterwards.append(call)


class Store:
    """Safe to share between threads."""

    def __init__(
        self, url: str, keys: DataKeys, audit_anchor: Path | None = None, audit_witness: Path | None = None
    ) -> None:
        schema.load()
        self.keys = keys
        self.audit_anchor = audit_anchor
        """File that remembers, apart from the database, how far the audit had come."""
        self.audit_anchors = tuple(file for file in (audit_anchor, audit_witness) if file)
        self.damage_met = False
        """Somebody has read a page that is no page of a database; it stays so until the next start."""
        self._engine = _engine(_with_driver(make_url(url)))
        attach_keys(self._engine.dialect, keys)
        self._writer = self._engine.execution_options(linyu_write=True)

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """Read and write. Raises StoreUnavailable; then nothing was written."""
        with self._session(self._writer) as session:
            yield UnitOfWork(session, self.keys, self.audit_anchors)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Read only: on SQLite it waits for no writer."""
        with self._session(self._engine) as session:
            yield UnitOfWork(session, self.keys, self.audit_anchors)

    def ping(self) -> None:
        """Raises StoreUnavailable when the database does not answer or was never migrated."""
        with self.reading() as unit:
            try:
                unit.session.execute(text("SELECT version_num FROM alembic_version"))
            except SQLAlchemyError as error:
                raise StoreUnavailable from error

    def probe(self) -> None:
        """Write one row. Raises StoreUnavailable when the database cannot be written."""
        with self.unit() as unit:
            unit.session.execute(text("DELETE FROM store_state WHERE key = 'probe'"))
            unit.session.execute(text("INSERT INTO store_state (key, value) VALUES ('probe', '')"))
            unit.commit()

    def is_whole(self) -> bool:
        """Reads the whole SQLite file from disk, past our own caches; PostgreSQL looks after its pages by itself."""
        url = self._engine.url
        if url.get_backend_name() != "sqlite" or not url.database:
            return True
        try:
            place = Path(url.database).resolve().as_uri()
            with closing(sqlite3.connect(f"{place}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as fresh:
                return bool(fresh.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        except sqlite3.OperationalError:  # locked, or not to be opened just now: that is told by the probe
            return True
        except sqlite3.DatabaseError:
            return False

    def migrate(self) -> None:
        """Bring the tables to the newest version; creates them in an empty database."""
        with self._connection() as connection:
            command.upgrade(_alembic(connection), "head")

    @contextmanager
    def prepared_alone(self) -> Iterator[None]:
        """Among hosts that start at the same moment over one PostgreSQL, one prepares it at a time."""
        if self._writer.dialect.name != "postgresql":  # a file belongs to one host, which holds its folder's lock
            yield
            return
        with self._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_advisory_lock(7116)"))
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(7116)"))

    def check_drift(self) -> None:
        """Raises alembic's AutogenerateDiffsDetected when tables.py and the migrations differ."""
        with self._connection() as connection:
            command.check(_alembic(connection))

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except SQLAlchemyError as error:
            self.damage_met = self.damage_met or is_damaged(error)
            if is_unavailable(error):
                raise StoreUnavailable from error
            raise

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._writer.begin() as connection:
                if connection.dialect.name == "postgresql":  # two processes may start at once
                    connection.execute(text("SELECT pg_advisory_xact_lock(7115)"))
                yield connection
        except SQLAlchemyError as error:
            if is_unavailable(error):
                raise StoreUnavailable from error
            raise


def _with_driver(url: URL) -> URL:
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _engine(url: URL) -> Engine:
    options: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_timeout": BUSY_SECONDS}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS}
    else:
        options["pool_pre_ping"] = True
        options["connect_args"] = {"connect_timeout": BUSY_SECONDS}
    # Parameters hold personal words, so an error text must never show them.
    engine = create_engine(url, hide_parameters=True, **options)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions on its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader could not wait for another writer: SQLite would refuse at once.
    writes = connection.get_execution_options().get("linyu_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
