"""Exporting: customers as CSV, Excel or Parquet, streamed, with nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from titian.app import masking
from titian.app.coverage import COLUMNS, STAFF, told_of_all, with_known
from titian.app.customers import CustomerQuery, Selection
from titian.app.desk import Reading
from titian.app.settings import refused
from titian.app.showing import cell
from titian.app.xlsx import MAX_ROWS, write_xlsx
from titian.domain.spreadsheet import Cell, neutral
from titian.errors import InputError, UnknownNameError
from titian.layering.fitted import Fitted

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
BATCH_ROWS = 10_000
CHUNK_BYTES = 1 << 18


@dataclass(frozen=True)
class Export:
    """A file on its way to a person."""

    name: str
    media_type: str
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class Sheet:
    """What goes into a file: rows in the engine as Parquet has them, and as lines of cells under headings."""

    rows: ir.Table
    headings: tuple[str, ...]
    line: Callable[[Mapping[str, object]], Iterable[Cell]]
    held: object = None
    """Holds what the rows are computed from."""


def export(reading: Reading, asked: CustomerQuery, kind: str) -> Export:
    """All customers that the query selects, as a file; the reading must stay open while the chunks are taken."""
    selected = Selection(reading, asked)
    return exported(reading, f"{selected.got.definition.key}-{selected.period.as_of}", _sheet(reading, selected), kind)


def exported(reading: Reading, stem: str, sheet: Sheet, kind: str) -> Export:
    """A sheet as a file of a kind; the reading must stay open while the chunks are taken."""
    reading.desk.trail.note("export.file", f"{stem}.{kind}", columns=list(sheet.headings))
    lines = _lines(reading, sheet)
    chunks = _chunks(kind, sheet.headings, lines, lambda path: _write_parquet(path, reading, sheet))
    return Export(f"{stem}.{kind}", MEDIA_TYPES[kind], chunks)


def small(rows: pa.Table, stem: str, kind: str) -> Export:
    """A small table that is no list of customers, as a file of a kind."""
    lines = ([neutral(cell) for cell in row.values()] for row in rows.to_pylist())
    chunks = _chunks(kind, rows.column_names, lines, lambda path: pq.write_table(rows, path, compression="zstd"))
    return Export(f"{stem}.{kind}", MEDIA_TYPES[kind], chunks)


def write(reading: Reading, asked: CustomerQuery, path: Path) -> None:
    """The same into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    saved(path, lambda kind: export(reading, asked, kind))


def saved(path: Path, made: Callable[[str], Export]) -> None:
    """What `made` makes of a kind of file, into a file whose name says the kind. Raises InputError for another kind."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in MEDIA_TYPES:
        raise UnknownNameError("kind of file", "文件类型", path.suffix or path.name, [f".{k}" for k in MEDIA_TYPES])
    found = made(kind)
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            for chunk in found.chunks:
                file.write(chunk)
        beside.replace(path)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _sheet(reading: Reading, selected: Selection) -> Sheet:
    # A file says each trait's window: spend_365d is no plain spend.
    columns = {trait.column: name for name, trait in selected.traits.items()}
    names = layer_names(selected.got.fitted)
    zone = reading.desk.workspace.zone
    told = told_of_all(reading, selected.got.as_of)
    # What people wrote of customers is as personal as their notes; who is in charge is not.
    known = COLUMNS if masking.sees_personal() else (STAFF,)

    def line(row: Mapping[str, object]) -> Iterator[Cell]:
        yield from (str(row["customer_id"]), str(row["layer"]), *names[str(row["layer"])])
        yield from (cell(row[name], zone) for name in columns)
        yield from (cell(row[name], zone) for name in known)

    values = {head: selected.rows[name] for head, name in columns.items()}
    rows = with_known(selected.rows.select("customer_id", "layer", **values), told)
    rows = rows.select("customer_id", "layer", *values, *known).order_by("customer_id")
    return Sheet(rows, ("customer_id", "layer", "layer_zh", "layer_en", *columns, *known), line, (selected, told))


def layer_names(fitted: Fitted) -> dict[str, tuple[str, str]]:
    """Each layer's names, Chinese and English."""
    return {layer.key: (layer.name.zh, layer.name.en) for layer in fitted.layers}


def _batches(reading: Reading, sheet: Sheet) -> Iterator[pa.RecordBatch]:
    yield from reading.data.engine.batches(sheet.rows, BATCH_ROWS)


def _lines(reading: Reading, sheet: Sheet) -> Iterator[list[Cell]]:
    for batch in _batches(reading, sheet):
        for row in batch.to_pylist():
            yield [neutral(value) for value in sheet.line(row)]


def _chunks(
    kind: str, headings: Sequence[str], lines: Iterator[list[Cell]], parquet: Callable[[Path], None]
) -> Iterator[bytes]:
    if kind == "csv":
        return _csv(headings, lines)
    if kind == "xlsx":
        return _through_file(kind, lambda path: write_xlsx(path, headings, _bounded(lines)))
    return _through_file(kind, parquet)


def _csv(headings: Sequence[str], lines: Iterator[list[Cell]]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")  # without it Excel reads Chinese as something else
    writer.writerow(headings)
    for line in lines:
        writer.writerow(line)
        if text.tell() > CHUNK_BYTES:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _through_file(kind: str, write: Callable[[Path], None]) -> Iterator[bytes]:
    folder = Path(tempfile.mkdtemp(prefix="titian-export-"))
    try:
        path = folder / f"export.{kind}"
        write(path)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise refused(folder, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bounded(lines: Iterator[list[Cell]]) -> Iterator[list[Cell]]:
    for place, line in enumerate(lines, 2):
        if place > MAX_ROWS:
            raise InputError(
                f"a sheet holds at most {MAX_ROWS:,} rows",
                "export as csv or parquet, or filter",
                zh=f"Excel 工作表最多 {MAX_ROWS:,} 行",
                hint_zh="请导出为 csv 或 parquet，或先筛选",
            )
        yield line


def _write_parquet(path: Path, reading: Reading, sheet: Sheet) -> None:
    writer: pq.ParquetWriter | None = None
    zone = reading.desk.workspace.zone
    try:
        for batch in _batches(reading, sheet):
            table = _zoned(pa.Table.from_batches([batch]), str(zone))
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is None:
            schema = sheet.rows.schema().to_pyarrow()
            pq.write_table(_zoned(schema.empty_table(), str(zone)), path)
    finally:
        if writer is not None:
            writer.close()


def _zoned(table: pa.Table, zone: str) -> pa.Table:
    """Stored instants said to be what they are: UTC, shown in the workspace's zone."""
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type) and field.type.tz is None:
            column = table.column(place).cast(pa.timestamp("us", tz="UTC")).cast(pa.timestamp("us", tz=zone))
            table = table.set_column(place, field.name, column)
    return table
