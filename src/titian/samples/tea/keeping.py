"""Keeping: the tables of the Tea House in the memory of a DuckDB of their own."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from titian.samples.tea.making import PACKAGE, TABLES, Part
from titian.warehouse import sql
from titian.warehouse.tables import TABLES as CANONICAL


def kept(parts: Iterator[Part]) -> duckdb.DuckDBPyConnection:
    """A connection with the tables: as handed on in `main`, and in `canonical` as the engine reads them."""
    said = sql.statements("keeping.sql", PACKAGE)
    connection = duckdb.connect()
    connection.execute(said["utc"])
    made: set[str] = set()
    for part in parts:
        for name, rows in part.items():
            connection.register("part", rows)
            connection.execute(said["more" if name in made else "new"].format(table=sql.name(name)))
            made.add(name)
    connection.unregister("part")
    connection.execute(said["canonical"])
    for name in canonical_names():
        columns = ", ".join(_columns(name, connection.table(name).columns))
        connection.execute(said["view"].format(table=sql.name(name), columns=columns))
    return connection


def canonical_names() -> tuple[str, ...]:
    """The tables that the warehouse knows."""
    return tuple(name for name in TABLES if name in CANONICAL)


def _columns(name: str, there: list[str]) -> Iterator[str]:
    """The canonical columns: instants in UTC without a zone, and nothing where the shop knows nothing."""
    for column in CANONICAL[name].columns:
        quoted = sql.name(column.name)
        if column.name not in there:
            yield f"NULL::{column.duckdb_type} AS {quoted}"
        elif column.kind == "instant":
            yield f"make_timestamp(epoch_us({quoted})) AS {quoted}"
        else:
            yield quoted
