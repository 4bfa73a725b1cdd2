"""SQLite: a table or query read as text, by Python's own driver, which takes every cell as it is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from titian.warehouse.sources import database, faults
from titian.warehouse.sources.database import Address, Selection
from titian.warehouse.sources.writing import Record, reading
from titian.warehouse.sql import name as quoted


class SqliteRows:
    """The selected rows of an open SQLite file."""

    def __init__(self, con: sqlite3.Connection, address: Address, selection: Selection) -> None:
        self._con = con
        self._address = address
        self._from = _source(con, address, selection)
        self._cursor = selection.cursor
        self.columns = tuple(row[0] for row in con.execute(reading("no_rows", relation=self._from)).description)
        self._where = ""
        self._bounds: tuple[str | float, ...] = ()
        self.greatest: str | None = None
        if selection.cursor:
            self._bound(selection.cursor, selection.since)
        counted = con.execute(reading("count_rows", relation=self._from, where=self._where), self._bounds).fetchone()
        self.total: int | None = counted[0]

    def _bound(self, cursor: str, since: str | None) -> None:
        if cursor not in self.columns:
            raise database.no_such_cursor(self._address, cursor, self.columns)
        column = quoted(cursor)
        greatest, kind = self._con.execute(reading("sqlite_greatest", column=column, relation=self._from)).fetchone()
        self.greatest = text(greatest)
        lower: str | float | None = since
        if since is not None and kind in ("integer", "real"):
            lower = int(since) if kind == "integer" and since.lstrip("-").isdigit() else float(since)
        if lower is not None:
            self._where, self._bounds = f" WHERE {column} > ?", (lower,)

    def records(self) -> Iterator[Record]:
        """All rows, as text."""
        order = f" ORDER BY {quoted(self._cursor)}" if self._cursor else ""
        query = reading("all_rows", cells="*", relation=self._from, where=self._where, order=order)
        try:
            for row in self._con.execute(query, self._bounds):
                yield [text(cell) for cell in row]
        except sqlite3.Error as error:
            raise database.refused(self._address, str(error)) from None


@contextmanager
def open_sqlite(address: Address, selection: Selection) -> Iterator[SqliteRows]:
    """The selected rows of an SQLite file, which is opened for reading only."""
    path = Path(address.database)
    if not path.is_file():
        raise faults.no_such_file(address.shown)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as con:
            con.execute("BEGIN")
            yield SqliteRows(con, address, selection)
    except (sqlite3.Error, ValueError) as error:
        raise database.refused(address, str(error)) from None


def _source(con: sqlite3.Connection, address: Address, selection: Selection) -> str:
    """What to select from: the query, the named table, or the only one there is."""
    if selection.query:
        return f"({selection.query.strip().rstrip(';')})"
    tables = [row[0] for row in con.execute(reading("sqlite_tables"))]
    if selection.table is None and len(tables) == 1:
        return quoted(tables[0])
    if selection.table is None or selection.table not in tables:
        raise database.which_table(address, tables, selection.table)
    return quoted(selection.table)


def text(cell: object) -> str | None:
    """A stored value as text; bytes that are no text as hexadecimal digits."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return cell.hex()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)
