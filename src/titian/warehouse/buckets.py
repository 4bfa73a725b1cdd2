"""Buckets: a large table is kept in files for each eighth of the customers, so that one of them is found in few.

Files have no index. What one customer did stands all over the months of a table, and to find it every file is read; of a
table in buckets only those of one. A small table is kept together: eight files for each batch would cost every question
more than they spare.
"""

from __future__ import annotations

from contextlib import suppress

import duckdb

from titian.warehouse import sql
from titian.warehouse.tables import TABLES, Table

FILE = "buckets.sql"
CUSTOMER = "customer_id"
BUCKETS = 8
FROM_ROWS = 500_000
"""A table is large when a batch, or what was written together, comes to as many rows."""


def share_out(connection: duckdb.DuckDBPyConnection, table: Table, rows: int) -> None:
    """From here on the table's rows are written into buckets if so many more make it large. Inside a transaction."""
    if rows >= FROM_ROWS and of_customers(table):
        said = sql.statements(FILE)["share_out"]
        connection.execute(said.format(table=sql.name(table.name), buckets=BUCKETS))


def gather(connection: duckdb.DuckDBPyConnection) -> None:
    """Share out what was written together, by and by, in tables that have become large."""
    for table in TABLES.values():
        if of_customers(table):
            _gather(connection, table)


def _gather(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    said = sql.statements(FILE)
    (rows,) = connection.execute(said["loose"].format(table=sql.literal(table.name))).fetchone() or (0,)
    if rows < FROM_ROWS:
        return
    places = {"table": sql.name(table.name), "columns": sql.names([column.name for column in table.columns])}
    connection.begin()
    try:
        share_out(connection, table, rows)
        for statement in ("take", "remove", "put_back", "drop"):
            connection.execute(said[statement].format(**places))
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):
            connection.rollback()
        raise


def of_customers(table: Table) -> bool:
    """Whether its rows belong to a customer each."""
    return any(column.name == CUSTOMER for column in table.columns)
