"""Files for the tests of sources: made on the spot, read back cell by cell."""

from __future__ import annotations

import io
import zipfile
from itertools import count, islice
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq

from titian.warehouse.sources import TextBatch, open_source

CHINESE = "订单编号,买家会员名,付款时间,实付金额\n" + "".join(
    f"{i:018d},买家{i % 7},2024-01-{i % 28 + 1:02d} 10:00:00,{i}.50\n" for i in range(300)
)


def put(folder: Path, name: str, content: bytes | str) -> Path:
    """A file in `folder`."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path | str, **asked: Any) -> TextBatch:
    """All of a source as a text batch, beside the file."""
    into = (path.parent if isinstance(path, Path) else asked.pop("folder")) / "landed"
    return open_source(path, **asked).write_text(into)


def rows(batch: TextBatch) -> list[tuple[str | None, ...]]:
    """The cells of a batch, row by row."""
    table = pq.read_table(batch.rows_path)
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def row_numbers(batch: TextBatch) -> list[int]:
    """Where each row of the batch stands in its source, as a spreadsheet counts."""
    left_out = set(batch.skipped_rows)
    return list(islice((row for row in count(batch.header_rows + 1) if row not in left_out), batch.rows))


def long_csv(rows: int = 20_000) -> str:
    """A sound file that is longer than the head that a reader looks at first."""
    return "id,who,amount,remark\n" + "".join(f"{i},c{i % 977},{i}.5,{'x' * 60}\n" for i in range(rows))


def zipped(*members: tuple[str, bytes | str]) -> bytes:
    """A zip archive of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """An xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
