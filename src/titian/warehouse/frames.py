"""Frames handed in from Python, as canonical tables."""

from __future__ import annotations

from collections.abc import Mapping as Mapped

import duckdb

from titian.warehouse.tables import table


def canonical(
    con: duckdb.DuckDBPyConnection,
    tables: Mapped[str, object],
    mapping: Mapped[str, Mapped[str, str]],
    zone: str,
    validate: bool,
) -> dict[str, str]:
    """The canonical tables made from frames; the names of the DuckDB tables by canonical name."""
    for name, frame in tables.items():
        con.register("handed_in", frame)
        given = {row[0] for row in con.execute("DESCRIBE handed_in").fetchall()}
        columns = ", ".join(
            f"CAST({column.name if column.name in given else 'NULL'} AS {column.duckdb_type}) AS {column.name}"
            for column in table(name).columns
        )
        con.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM handed_in")
        con.unregister("handed_in")
    return {name: name for name in tables}
