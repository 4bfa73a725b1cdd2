"""Streaming: a delimited UTF-8 file through DuckDB to Parquet, as long as its rows are sound or merely ragged."""

from __future__ import annotations

from pathlib import Path

import duckdb

from titian.warehouse.progress import Progress
from titian.warehouse.sources import lenient
from titian.warehouse.sources.batch import MALFORMED_LIMIT
from titian.warehouse.sources.layout import Layout
from titian.warehouse.sources.writing import READING, Shapes, connect, copy, literal_path, reading
from titian.warehouse.sql import literal


def sound(text: Path, found: Layout, path: Path, rows: int | None, progress: Progress) -> int | None:
    """Write all rows; None when anything is amiss with one of them, so that they are looked at one by one."""
    with connect() as con:
        return _copied(con, _query(text, found), path, rows, progress)


def ragged(text: Path, found: Layout, path: Path, rows: int | None, progress: Progress, shapes: Shapes) -> int | None:
    """Write the rows with the right number of cells and note the others; None when there are other faults.

    Only for a text without quotes, where each line is a row.
    """
    with connect() as con:
        written = _copied(con, _query(text, found, ", store_rejects = true"), path, rows, progress)
        if written is None or con.execute(reading("other_faults")).fetchone() != (0,):
            return None
        rejected = con.execute(reading("rejected_lines"), [MALFORMED_LIMIT + 1]).fetchall()
    for line, cells in rejected:
        lenient.shaped(cells.rstrip("\r\n").split(found.delimiter), line, found.columns, shapes)
    return written


def _copied(con: duckdb.DuckDBPyConnection, query: str, path: Path, rows: int | None, progress: Progress) -> int | None:
    try:
        return copy(con, query, path, progress, stage=READING, rows=rows)
    except duckdb.InvalidInputException:
        return None
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OSError(str(error)) from error


def _query(text: Path, found: Layout, more: str = "") -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in found.columns)
    return reading(
        "csv_as_text",
        file=literal(literal_path(text)),
        skip=str(found.skip_lines),
        delimiter=literal(found.delimiter or ","),
        columns=columns,
        more=more,
    )
