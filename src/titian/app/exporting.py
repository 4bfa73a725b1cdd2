"""Exporting: the selected customers as CSV, Excel or Parquet, streamed, with nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from titian.app.customers import CustomerQuery, Selection
from titian.app.desk import Reading
from titian.app.settings import refused
from titian.app.showing import cell
from titian.app.xlsx import MAX_ROWS, write_xlsx
from titian.errors import InputError, UnknownNameError

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
BATCH_ROWS = 10_000
CHUNK_BYTES = 1 << 18

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

Cell = float | int | str | None


@dataclass(frozen=True)
class Export:
    """A file on its way to a person."""

    name: str
    media_type: str
    chunks: Iterator[bytes]


def export(reading: Reading, asked: CustomerQuery, kind: str) -> Export:
    """All customers that the query selects, as a file; the reading must stay open while the chunks are taken."""
    selected = Selection(reading, asked)
    name = f"{selected.got.definition.key}-{selected.period.as_of}.{kind}"
    chunks = _csv(reading, selected) if kind == "csv" else _through_file(reading, selected, kind)
    return Export(name, MEDIA_TYPES[kind], chunks)


def write(reading: Reading, asked: CustomerQuery, path: Path) -> None:
    """The same into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in MEDIA_TYPES:
        raise UnknownNameError("kind of file", "文件类型", path.suffix or path.name, [f".{k}" for k in MEDIA_TYPES])
    exported = export(reading, asked, kind)
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            for chunk in exported.chunks:
                file.write(chunk)
        beside.replace(path)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def neutral(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers, also those that are text, stay as they are."""
    if isinstance(value, str) and value.startswith(_RUNS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _headings(selected: Selection) -> list[str]:
    return ["customer_id", "layer", "layer_zh", "layer_en", *_headed(selected)]


def _headed(selected: Selection) -> dict[str, str]:
    """What each trait is called in a file, with its window, and its column: spend_365d is no plain spend."""
    return {trait.column: name for name, trait in selected.traits.items()}


def _wanted(selected: Selection) -> ir.Table:
    columns = {head: selected.rows[name] for head, name in _headed(selected).items()}
    return selected.rows.select("customer_id", "layer", **columns).order_by("customer_id")


def _batches(reading: Reading, selected: Selection) -> Iterator[pa.RecordBatch]:
    yield from reading.data.engine.batches(_wanted(selected), BATCH_ROWS)


def _lines(reading: Reading, selected: Selection) -> Iterator[list[Cell]]:
    names = {layer.key: (layer.name.zh, layer.name.en) for layer in selected.got.fitted.layers}
    zone = reading.desk.workspace.zone
    for batch in _batches(reading, selected):
        for row in batch.to_pylist():
            said = names[row["layer"]]
            values = (cell(row[name], zone) for name in _headed(selected))
            yield [neutral(v) for v in (row["customer_id"], row["layer"], *said, *values)]


def _csv(reading: Reading, selected: Selection) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")  # without it Excel reads Chinese as something else
    writer.writerow(_headings(selected))
    for line in _lines(reading, selected):
        writer.writerow(line)
        if text.tell() > CHUNK_BYTES:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _through_file(reading: Reading, selected: Selection, kind: str) -> Iterator[bytes]:
    folder = Path(tempfile.mkdtemp(prefix="titian-export-"))
    try:
        path = folder / f"export.{kind}"
        if kind == "xlsx":
            write_xlsx(path, _headings(selected), _bounded(_lines(reading, selected)))
        else:
            _write_parquet(path, reading, selected)
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


def _write_parquet(path: Path, reading: Reading, selected: Selection) -> None:
    writer: pq.ParquetWriter | None = None
    zone = reading.desk.workspace.zone
    try:
        for batch in _batches(reading, selected):
            table = _zoned(pa.Table.from_batches([batch]), str(zone))
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is None:
            schema = _wanted(selected).schema().to_pyarrow()
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
