"""Parquet files: typed columns, written as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from titian.domain.words import Words
from titian.warehouse import sql
from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources import faults, headers
from titian.warehouse.sources.batch import Sample, TextBatch
from titian.warehouse.sources.payload import Payload, fingerprint
from titian.warehouse.sources.source import SAMPLE_ROWS
from titian.warehouse.sources.writing import READING, connect, copy, literal_path, reading, rows_file

PLACE = "place of the row"
"""What the column is called that counts the rows of a typed relation from 0."""
SIGNS = (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException)
"""What DuckDB raises on a file that is cut off or broken."""
NESTED = ("STRUCT", "MAP", "UNION", "JSON")


class ParquetFile:
    """A Parquet file as a source."""

    def __init__(self, payload: Payload, notes: tuple[Words, ...] = ()) -> None:
        self._payload = payload
        self._notes = notes

    @property
    def name(self) -> str:
        return self._payload.name

    @property
    def format(self) -> str:
        return "parquet"

    def columns_and_samples(self, limit: int = SAMPLE_ROWS) -> Sample:
        """The columns and the first records."""
        with self._opened(None) as (con, source, rows):
            columns, query, notes = as_text(con, source)
            records = con.execute(f"{query} LIMIT ?", [limit]).fetchall()
        return Sample(self.name, self.format, columns, tuple(records), rows=rows, notes=self._notes + notes)

    def write_text(self, into: Path, progress: Progress = silent) -> TextBatch:
        """Write all rows as text."""
        with rows_file(into, self.name) as path, self._opened(into) as (con, source, expected):
            columns, query, notes = as_text(con, source)
            rows = copy(con, query, path, progress, stage=READING, rows=expected)
        mark = fingerprint(self._payload.path)
        return TextBatch(
            path, columns, rows, self.name, mark.sha256, mark.bytes, self.format, notes=self._notes + notes
        )

    @contextmanager
    def typed(self, con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, str]]]:
        """The file as a relation of `con` with its own types and `PLACE`, as long as the context lasts; its columns' types.

        Raises SourceError when the file is damaged or without rows, also while the relation is read.
        """
        with self._payload.on_disk() as path, self._said_plainly(path):
            source = f"read_parquet({sql.literal(literal_path(path))})"
            described = con.execute(reading("describe_relation", relation=source)).fetchall()
            columns, _ = headers.unique([row[0] for row in described])
            self._counted(con, source)
            named = ", ".join(
                f"{sql.name(row[0])} AS {sql.name(column)}" for row, column in zip(described, columns, strict=True)
            )
            relation = reading(
                "typed_relation", columns=named, place=sql.name(PLACE), file=sql.literal(literal_path(path))
            )
            yield f"({relation})", {column: row[1] for row, column in zip(described, columns, strict=True)}

    @contextmanager
    def _opened(self, folder: Path | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, str, int]]:
        """A connection, how the file is called in SQL, and how many rows it has."""
        with self._payload.on_disk(folder) as path, connect() as con, self._said_plainly(path):
            source = f"read_parquet({sql.literal(literal_path(path))})"
            yield con, source, self._counted(con, source)

    def _counted(self, con: duckdb.DuckDBPyConnection, source: str) -> int:
        """How many rows there are. Raises EmptySourceError when none."""
        counted = con.execute(reading("count_relation", relation=source)).fetchone()
        rows = int(counted[0]) if counted else 0
        if not rows:
            raise faults.header_only(self.name, as_text(con, source)[0])
        return rows

    @contextmanager
    def _said_plainly(self, path: Path) -> Iterator[None]:
        """What DuckDB says of a file that it can not read, as a SourceError."""
        try:
            yield
        except duckdb.Error as error:
            # Broken Thrift in the pages comes as the bare class.
            if type(error) is not duckdb.Error and not isinstance(error, SIGNS):
                raise
            told = str(error).splitlines()[0].replace(str(path), self.name)
            raise faults.damaged(self.name, "Parquet", Words(zh=told, en=told)) from None


def as_text(con: duckdb.DuckDBPyConnection, source: str) -> tuple[tuple[str, ...], str, tuple[Words, ...]]:
    """The columns of a relation in SQL, and the query that gives them all as text, empty text as null."""
    described = con.execute(reading("describe_relation", relation=source)).fetchall()
    columns, notes = headers.unique([row[0] for row in described])
    cells = [
        f"{text_of(sql.name(row[0]), row[1])} AS {sql.name(column)}"
        for row, column in zip(described, columns, strict=True)
    ]
    return columns, reading("select_text", cells=", ".join(cells), relation=source), notes


def text_of(cell: str, kind: str) -> str:
    """The SQL that turns a cell of a DuckDB type into text: whole floats without exponent, nested values as JSON."""
    if kind in ("DOUBLE", "FLOAT"):
        return reading("float_as_text", cell=cell)
    if kind.endswith("]") or kind.startswith(NESTED):
        return f"CAST(to_json({cell}) AS VARCHAR)"
    if kind == "BLOB":
        return f"hex({cell})"
    return f"nullif(CAST({cell} AS VARCHAR), '')"
