"""Handed: data that a Python call hands in, of any kind, as rows that parsing can read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

import duckdb
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from titian.domain.mapping import Mapping as Layout
from titian.errors import InputError
from titian.warehouse import sql
from titian.warehouse.parsing import Rows, text_rows
from titian.warehouse.sources.batch import Sample, TextBatch
from titian.warehouse.sources.opening import open_source
from titian.warehouse.sources.parquet import PLACE, ParquetFile

FILE = "frames.sql"
SAMPLE_ROWS = 2_000
FRAME = "frame"


@runtime_checkable
class Columnar(Protocol):
    """Anything that shares its columns by the Arrow C stream: Polars, pyarrow, DuckDB, Ibis."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Frame = pd.DataFrame | Columnar | str | Path
"""A pandas or Polars frame, a pyarrow table, a DuckDB relation, an Ibis table, or a path to a file."""


@dataclass(frozen=True)
class Handed:
    """Rows with their columns and types, not yet mapped."""

    rows: Rows
    batch: TextBatch | None = None
    """Of a file that was read as text: what was read, for its row numbers and malformed rows."""

    def sample(self, connection: duckdb.DuckDBPyConnection) -> Sample:
        """The head of the rows as text, to guess from."""
        cells = ", ".join(f"CAST({sql.name(column)} AS VARCHAR)" for column in self.rows.columns)
        statement = sql.statements(FILE)["head"].format(cells=cells, relation=self.rows.relation, limit=SAMPLE_ROWS)
        records = tuple(connection.execute(statement).fetchall())
        return Sample(self.rows.name, self.rows.format, self.rows.columns, records)


@contextmanager
def handed(
    connection: duckdb.DuckDBPyConnection, table: str, frame: object, layout: Layout | None = None
) -> Iterator[Handed]:
    """`frame` as rows for the table called `table`, as long as the context lasts. Raises InputError for other things.

    `layout` brings has_header and fixed_width of a file where a person set them.
    """
    if isinstance(frame, str | Path):
        with _file(connection, Path(frame), layout) as found:
            yield found
        return
    view = f"handed {table}"
    connection.execute("SET pandas_analyze_sample = 0")
    connection.register(view, _shared(table, frame))
    try:
        described = connection.execute(sql.statements(FILE)["describe"].format(relation=sql.name(view))).fetchall()
        types = {column: kind for column, kind, *_ in described}
        yield Handed(Rows(sql.name(view), "place", tuple(types), table, FRAME, types, first_row=0))
    finally:
        connection.unregister(view)


def kept(connection: duckdb.DuckDBPyConnection, given: Handed, columns: Mapping[str, str]) -> Rows:
    """The mapped columns of a frame, copied once so that each row has a place; a file's rows have theirs."""
    if given.rows.format != FRAME:
        return given.rows
    wanted = sql.names(sorted(set(columns.values()) & set(given.rows.columns)))
    statement = sql.statements(FILE)["keep"].format(columns=wanted, relation=given.rows.relation)
    connection.execute(statement)
    return replace(given.rows, relation=sql.name("handed in"), place="rowid")


@contextmanager
def _file(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout | None) -> Iterator[Handed]:
    source = open_source(path, mapping=layout)
    if isinstance(source, ParquetFile):
        with source.typed(connection) as (relation, types):
            yield Handed(Rows(relation, PLACE, tuple(types), source.name, source.format, types))
        return
    with tempfile.TemporaryDirectory(prefix="titian-") as folder:
        batch = source.write_text(Path(folder))
        yield Handed(text_rows(batch.rows_path, batch.columns, batch.name, batch.format, batch.header_rows), batch)


def _shared(table: str, frame: object) -> object:
    """The frame in a form that DuckDB scans more than once."""
    if isinstance(frame, pd.DataFrame):
        return frame.rename(columns=str)
    if isinstance(frame, ir.Table):
        return frame.to_pyarrow()
    if isinstance(frame, Columnar):
        return pa.table(frame)
    kind = type(frame).__name__
    raise InputError(
        f"{table}: a {kind} is none of the kinds of data that are read",
        "hand in a pandas or Polars frame, a pyarrow table, a DuckDB relation, an Ibis table or a path",
        zh=f"{table}：不支持 {kind} 类型的数据",
        hint_zh="请传入 pandas 或 Polars 数据框、pyarrow 表、DuckDB 关系、Ibis 表，或文件路径",
        table=table,
        kind=kind,
    )
