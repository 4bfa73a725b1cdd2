"""The database of the store: opened, its tables brought up to date, and its transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from titian.errors import InputError, StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
"""The step that leaves the tables as they are meant to be."""
WAIT_SECONDS = 30
"""How long a writer waits for another."""
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
WRITES = "titian_writes"
_one_at_a_time = threading.Lock()
"""Alembic keeps what it works on in globals of the process."""
LOCK = 7_415_024_119
"""Names the advisory lock under which tables are brought up to date: any number that nobody else uses."""


class Store:
    """An open store. `reading` and `writing` are transactions: all that happens in one holds, or none of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, place: str | Path) -> Store:
        """The store in a file of SQLite, or at an address (postgresql://user:password@host/database), tables up to date.

        Raises InputError for an address of another kind, and StorageError when it can't be reached or was written by a
        newer Titian.
        """
        store = cls(_engine(_address(place)))
        try:
            with store.writing() as connection:
                _bring_up_to_date(connection)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; writers of SQLite wait for each other from its beginning."""
        with _said_plainly(self._engine.url), self._engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads: it sees one state, whatever is written meanwhile."""
        with _said_plainly(self._engine.url), self._engine.connect() as connection:
            if self._engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def copy(self, to: Path) -> None:
        """Copy the whole of a SQLite store, of one state, into a new file. What is in PostgreSQL its own tools copy."""
        with _said_plainly(self._engine.url), self._engine.connect() as connection:
            held = cast(sqlite3.Connection, connection.connection.dbapi_connection)
            with closing(sqlite3.connect(to)) as copied:
                held.backup(copied)

    def forget(self) -> None:
        """Write the files anew, without what was removed: it would stay in free pages and in the log of writes."""
        with _said_plainly(self._engine.url), self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            if self._engine.dialect.name == "postgresql":
                alone.execute(text("VACUUM FULL"))
                return
            held = cast(sqlite3.Connection, alone.connection.dbapi_connection)
            held.execute("VACUUM")
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def place(self) -> str:
        """Where it is, without the password."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _address(place: str | Path) -> URL:
    if isinstance(place, Path):
        # Not as text: a folder may have ? and # in its name.
        return URL.create("sqlite", database=str(place))
    try:
        given = make_url(place)
    except ArgumentError as error:
        raise _strange() from error
    kind = given.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise _strange()
    return given.set(drivername=DRIVERS[kind])


def _strange() -> InputError:
    # The address may hold a password, so it is not repeated.
    return InputError(
        "the address of the store is neither of SQLite nor of PostgreSQL",
        "use sqlite:////folder/store.sqlite or postgresql://user:password@host/database",
        zh="存储地址既不是 SQLite 也不是 PostgreSQL",
        hint_zh="请使用 sqlite:////folder/store.sqlite 或 postgresql://user:password@host/database",
    )


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "begin", _begun)
    return engine


def _prepared(connection: sqlite3.Connection, _record: Any) -> None:
    """Transactions begin where we say so, not where the driver guesses; what was committed outlives a loss of power."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(connection: Connection) -> None:
    """Take the steps that are missing, one process at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if _step(connection) == NEWEST:
        return
    # Seldom needed, and a third of a second to load.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with _one_at_a_time:
            command.upgrade(config, "head")
    except CommandError as error:
        raise StorageError(
            f"the store was written by a newer Titian: {error}",
            "use that version or a newer one; nothing was changed",
            zh=f"存储由更新版本的 Titian 写入：{error}",
            hint_zh="请使用该版本或更新版本；未做任何改动",
        ) from error


def _step(connection: Connection) -> str | None:
    """The step that the tables are at; None of an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


@contextmanager
def _said_plainly(url: URL) -> Iterator[None]:
    """A database that can't be reached or written, as StorageError."""
    try:
        yield
    except DBAPIError as error:
        # Not what a statement did wrong, but the database: SQLite says of a broken file only that it is one.
        lost = isinstance(error, OperationalError) or error.connection_invalidated
        if not lost and type(error.orig) is not sqlite3.DatabaseError:
            raise
        said = str(error.orig).strip().splitlines()[0] if error.orig else "no answer"
        place = url.render_as_string(hide_password=True)
        raise StorageError(
            f"the store {place} does not do its work: {said}",
            "see whether the database runs, the folder can be written to and the disk has room; then try again",
            zh=f"存储 {place} 无法工作：{said}",
            hint_zh="请检查数据库是否在运行、文件夹是否可写、磁盘是否有空间，然后重试",
            place=place,
        ) from error
