"""Writing: the tables of the Tea House streamed into files, Parquet or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, Protocol

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

from titian.domain.words import Words
from titian.samples.tea.making import PART, Part
from titian.warehouse.progress import Progress

Kind = Literal["parquet", "csv"]

MAKING = Words(zh="生成茶舍数据", en="making the Tea House")


class Writer(Protocol):
    """Takes the rows of one table, a part after the other."""

    def write_table(self, table: pa.Table) -> None: ...


def write_parts(parts: Iterator[Part], folder: Path, kind: Kind, customers: int, progress: Progress) -> dict[str, Path]:
    """Append each part to the file of its table; returns where the files are."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: dict[str, Path] = {}
    writers: dict[str, Writer] = {}
    with ExitStack() as open_files:
        progress(MAKING, 0, customers)
        for number, part in enumerate(parts, start=1):
            for name, rows in part.items():
                if name not in writers:
                    paths[name] = folder / f"{name}.{kind}"
                    writers[name] = open_files.enter_context(_writer(paths[name], kind, rows.schema))
                writers[name].write_table(rows)
            progress(MAKING, min(number * PART, customers), customers)
    return paths


def _writer(path: Path, kind: Kind, schema: pa.Schema) -> parquet.ParquetWriter | csv.CSVWriter:
    if kind == "csv":
        return csv.CSVWriter(path, schema)
    return parquet.ParquetWriter(path, schema, compression="zstd")
