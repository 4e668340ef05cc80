"""Which database errors mean that the database does not answer just now."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SQLITE_NOT_NOW = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
POSTGRESQL_DAMAGED = ("XX001", "XX002")
POSTGRESQL_NOT_NOW = ("08", "25006", "40001", "40P01", "53", "55P03", "57P", "58")
"""Beginnings of SQLSTATE: connection lost, read-only, lock or serialisation conflict, full, shutting down, disk."""


def is_unavailable(error: SQLAlchemyError) -> bool:
    """True for: not reachable, locked, full, damaged, going down. False for everything that is a bug of ours."""
    if isinstance(error, PoolTimeout) or is_damaged(error):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    original = error.orig
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in SQLITE_NOT_NOW
    state = getattr(original, "sqlstate", None)
    if state is None:  # no answer from a server at all
        return type(original).__name__ == "OperationalError"
    return str(state).startswith(POSTGRESQL_NOT_NOW)


def is_damaged(error: SQLAlchemyError) -> bool:
    """True when a page of the database is not what was written there."""
    original = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(original, sqlite3.Error):
        return (getattr(original, "sqlite_errorcode", None) or 0) & 0xFF in SQLITE_DAMAGED
    return getattr(original, "sqlstate", None) in POSTGRESQL_DAMAGED
