"""PostgreSQL: a table or query read as text, which the server itself makes of every value so that none is rounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from titian.warehouse import extensions
from titian.warehouse.sources import database
from titian.warehouse.sources.database import Address, Selection
from titian.warehouse.sources.writing import Record, connect, reading
from titian.warehouse.sql import literal
from titian.warehouse.sql import name as quoted

FETCH_ROWS = 50_000


class PostgresRows:
    """The selected rows of an open PostgreSQL database."""

    def __init__(self, con: duckdb.DuckDBPyConnection, address: Address, selection: Selection) -> None:
        self._con = con
        self._address = address
        self._from = self._source(selection)
        self.columns = tuple(column[0] for column in self._ask(reading("no_rows", relation=self._from)).description)
        self._where, self._order = "", ""
        self.greatest: str | None = None
        if selection.cursor:
            self._bound(selection.cursor, selection.since)
        counted = self._ask(reading("count_rows", relation=self._from, where=self._where)).fetchone()
        self.total: int | None = counted[0] if counted else None

    def _ask(self, query: str) -> duckdb.DuckDBPyConnection:
        return self._con.execute("FROM postgres_query('source', ?)", [query])

    def _source(self, selection: Selection) -> str:
        """What to select from: the query, the named table, or the only one there is."""
        if selection.query:
            return f"({selection.query.strip().rstrip(';')}) AS asked"
        tables = [row[0] for row in self._ask(reading("postgres_tables")).fetchall()]
        wanted = tables[0] if selection.table is None and len(tables) == 1 else selection.table
        if wanted is None or wanted.removeprefix("public.") not in tables:
            raise database.which_table(self._address, tables, selection.table)
        return ".".join(quoted(part) for part in wanted.split(".", 1))

    def _bound(self, cursor: str, since: str | None) -> None:
        if cursor not in self.columns:
            raise database.no_such_cursor(self._address, cursor, self.columns)
        column = quoted(cursor)
        found = self._ask(reading("postgres_greatest", column=column, relation=self._from)).fetchone()
        self.greatest = found[0] if found else None
        self._order = f" ORDER BY {column}"
        conditions = [f"{column} > {literal(since)}"] if since else []
        if self.greatest is not None:
            upper = f"{column} <= {literal(self.greatest)}"
            conditions.append(upper if since else f"({upper} OR {column} IS NULL)")
        if conditions:
            self._where = " WHERE " + " AND ".join(conditions)

    def records(self) -> Iterator[Record]:
        """All rows, as text."""
        cells = ", ".join(f"{quoted(column)}::text" for column in self.columns)
        try:
            found = self._ask(
                reading("all_rows", cells=cells, relation=self._from, where=self._where, order=self._order)
            )
            while rows := found.fetchmany(FETCH_ROWS):
                yield from rows
        except duckdb.Error as error:
            raise database.refused(self._address, str(error)) from None


@contextmanager
def open_postgres(address: Address, selection: Selection) -> Iterator[PostgresRows]:
    """The selected rows of a PostgreSQL database, which is opened for reading only."""
    with connect() as con:
        try:
            extensions.load(con, "postgres_scanner")
            con.execute(f"CREATE TEMPORARY SECRET source (TYPE postgres, {_secret(address)})")
            options = " ".join(f"{key}={_option(value)}" for key, value in address.options)
            con.execute(f"ATTACH {literal(options)} AS source (TYPE postgres, READ_ONLY, SECRET source)")
            yield PostgresRows(con, address, selection)
        except duckdb.Error as error:
            raise database.refused(address, str(error)) from None


def _secret(address: Address) -> str:
    given = {
        "HOST": address.host,
        "PORT": str(address.port or ""),
        "USER": address.user,
        "PASSWORD": address.password,
        "DATABASE": address.database,
    }
    return ", ".join(f"{key} {literal(value)}" for key, value in given.items() if value)


def _option(value: str) -> str:
    """A value as libpq wants it in a connection string."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
