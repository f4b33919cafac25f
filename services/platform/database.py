"""Postgres by psycopg: one pool, SQL as SQL, rows as the classes that the caller names."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import class_row, scalar_row
from psycopg_pool import ConnectionPool, PoolTimeout

from services.errors import ConfigurationError, Unavailable

Row = TypeVar("Row")

CONNECT_SECONDS = 10
WAIT_SECONDS = 15
PING_SECONDS = 3
NO_ANSWER = "The database does not answer at the moment. Nothing was changed; try again shortly."


class Transaction:
    """Statements on one connection. All of a transaction's, or each for itself when `Database` makes it."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection

    def rows(self, into: type[Row], sql: LiteralString, **parameters: Any) -> list[Row]:
        with self.connection.cursor(row_factory=class_row(into)) as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def row(self, into: type[Row], sql: LiteralString, **parameters: Any) -> Row | None:
        with self.connection.cursor(row_factory=class_row(into)) as cursor:
            return cursor.execute(sql, parameters).fetchone()

    def value(self, sql: LiteralString, **parameters: Any) -> Any:
        """The first column of the first row, or None where there is none."""
        with self.connection.cursor(row_factory=scalar_row) as cursor:
            return cursor.execute(sql, parameters).fetchone()

    def values(self, sql: LiteralString, **parameters: Any) -> list[Any]:
        with self.connection.cursor(row_factory=scalar_row) as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def execute(self, sql: LiteralString, **parameters: Any) -> int:
        """Run it; how many rows it touched."""
        return self.connection.execute(sql, parameters).rowcount

    def use_vectors(self) -> None:
        """Find pgvector's types and operators wherever it is installed, and let its index look further where a
        condition leaves few rows. For this transaction only: a pooler lends the connection to others."""
        self.execute(
            """select set_config('search_path', 'pentagram, extensions, public', true),
              set_config('hnsw.iterative_scan', 'relaxed_order', true)"""
        )


class Database:
    """The pool. `conninfo` is asked anew for each connection, so that a healed server is found again."""

    def __init__(self, conninfo: Callable[[], str], *, most_connections: int = 12, check_after_s: float = 0.0) -> None:
        self.conninfo = conninfo
        self._check_after_s = check_after_s
        self._pool = ConnectionPool(
            conninfo,
            kwargs={"autocommit": True, "prepare_threshold": None, "connect_timeout": CONNECT_SECONDS},
            min_size=1,
            max_size=most_connections,
            timeout=WAIT_SECONDS,
            reconnect_timeout=WAIT_SECONDS,
            check=self._check,
            open=False,
            name="pentagram",
        )

    def open(self) -> None:
        self._pool.open()

    def close(self) -> None:
        self._pool.close()

    def ping(self) -> None:
        """Whether it answers, told sooner than somebody who waits for work to be done would be."""
        with self._connection(PING_SECONDS) as connection:
            connection.execute("select 1")

    @contextmanager
    def _connection(self, wait_s: float | None = None) -> Iterator[Connection[Any]]:
        try:
            with self._pool.connection(wait_s) as connection:
                yield connection
        except PoolTimeout as error:
            raise Unavailable(NO_ANSWER) from error
        except psycopg.OperationalError as error:
            raise Unavailable(f"{NO_ANSWER} ({type(error).__name__})") from error

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._connection() as connection, connection.transaction():
            yield Transaction(connection)

    def rows(self, into: type[Row], sql: LiteralString, **parameters: Any) -> list[Row]:
        with self._connection() as connection:
            return Transaction(connection).rows(into, sql, **parameters)

    def row(self, into: type[Row], sql: LiteralString, **parameters: Any) -> Row | None:
        with self._connection() as connection:
            return Transaction(connection).row(into, sql, **parameters)

    def value(self, sql: LiteralString, **parameters: Any) -> Any:
        with self._connection() as connection:
            return Transaction(connection).value(sql, **parameters)

    def values(self, sql: LiteralString, **parameters: Any) -> list[Any]:
        with self._connection() as connection:
            return Transaction(connection).values(sql, **parameters)

    def execute(self, sql: LiteralString, **parameters: Any) -> int:
        with self._connection() as connection:
            return Transaction(connection).execute(sql, **parameters)

    def _check(self, connection: Connection[Any]) -> None:
        """Ask a connection that rested whether it still lives; every time where that costs microseconds."""
        last = getattr(connection, "last_checked", 0.0)
        if time.monotonic() - last >= self._check_after_s:
            ConnectionPool.check_connection(connection)
            connection.last_checked = time.monotonic()  # type: ignore[attr-defined]


def check_address(conninfo: str) -> None:
    """Connect once, so that a wrong DATABASE_URL is one clear line at start instead of a page that hangs."""
    try:
        psycopg.connect(conninfo, connect_timeout=CONNECT_SECONDS, autocommit=True).close()
    except psycopg.Error as error:
        raise ConfigurationError(f"DATABASE_URL: {describe_failure(conninfo, error)}") from None


def describe_failure(conninfo: str, error: Exception) -> str:
    """Why a connection failed, in one line and without the password."""
    try:
        parts = conninfo_to_dict(conninfo)
    except psycopg.Error:
        return "this is no Postgres address; copy it from Project -> Connect -> Session pooler."
    password = str(parts.get("password") or "")
    reason = " ".join(str(error).split())
    if password:
        reason = reason.replace(password, "***")
    host, user = parts.get("host", "?"), parts.get("user", "?")
    return f"cannot connect to {host} as {user}: {reason}. Check the address, the password and the network."
