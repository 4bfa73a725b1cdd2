"""Excel files: xlsx, xls, xlsb and ods; one sheet as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, XmlError, ZipError

from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources import archive, faults, headers
from titian.warehouse.sources.batch import Sample, TextBatch
from titian.warehouse.sources.payload import Payload, fingerprint
from titian.warehouse.sources.source import SAMPLE_ROWS
from titian.warehouse.sources.writing import Shapes, rows_file, write_records

Cell = int | float | str | bool | time | date | datetime | timedelta

_ROUNDED = Words(
    zh="“{column}”列里有超过 15 位的数字（如 {value}），Excel 已把末尾几位变成 0；请把该列设为文本后重新导出",
    en='column "{column}" has numbers of more than 15 digits (such as {value}), whose last digits Excel has lost: '
    "export it again with that column as text",
)
_SHEET = Words(
    zh="读取的是工作表“{sheet}”，其他有内容的工作表：{others}",
    en='read from sheet "{sheet}"; others with content: {others}',
)


@dataclass(frozen=True)
class Table:
    """One sheet: its header, where its cells begin, and its rows as text."""

    header: headers.Header
    above: int
    """Empty rows above the first cell."""
    sheet: CalamineSheet
    notes: tuple[Words, ...]

    def records(self, shapes: Shapes) -> Iterator[list[str]]:
        """The records below the header; blank rows are noted in `shapes`."""
        width = len(self.header.columns)
        for number, row in enumerate(self.sheet.iter_rows(), self.above + 1):
            if number <= self.above + self.header.rows:
                continue
            cells = [text(cell) for cell in row[:width]]
            if any(cells):
                yield cells
            else:
                shapes.passed_over(number)


class ExcelFile:
    """One sheet of an Excel file as a source: the named one, or the first with anything in it."""

    def __init__(
        self, payload: Payload, sheet: str | None = None, mapping: Mapping | None = None, notes: tuple[Words, ...] = ()
    ) -> None:
        self._payload = payload
        self._sheet = sheet
        self._has_header = mapping.has_header if mapping else None
        self._notes = notes

    @property
    def name(self) -> str:
        return self._payload.name

    @property
    def format(self) -> str:
        return _format(self._payload)

    def columns_and_samples(self, limit: int = SAMPLE_ROWS) -> Sample:
        """The columns and the first records of the sheet."""
        with self._table(None) as table:
            records = tuple(islice(table.records(Shapes(self.name)), limit))
            if not records:
                raise faults.header_only(self.name, table.header.columns)
            return Sample(
                name=self.name,
                format=self.format,
                columns=table.header.columns,
                records=tuple(tuple(cell.strip() or None for cell in row) for row in records),
                has_header=table.header.found,
                rows=table.sheet.height - table.header.rows,
                notes=self._notes + table.notes,
            )

    def write_text(self, into: Path, progress: Progress = silent) -> TextBatch:
        """Write the sheet's rows as text."""
        shapes = Shapes(self.name)
        with rows_file(into, self.name) as path, self._table(into) as table:
            columns = table.header.columns
            rounded: dict[int, str] = {}
            records = _watching(table.records(shapes), rounded)
            rows = write_records(path, columns, records, progress, table.sheet.height)
            if not rows:
                raise faults.header_only(self.name, columns)
        mark = fingerprint(self._payload.path)
        warnings = tuple(_ROUNDED.format(column=columns[i], value=value) for i, value in sorted(rounded.items()))
        return TextBatch(
            rows_path=path,
            columns=columns,
            rows=rows,
            name=self.name,
            sha256=mark.sha256,
            bytes=mark.bytes,
            format=self.format,
            header_rows=table.above + table.header.rows,
            blank_rows=tuple(shapes.blank),
            notes=self._notes + table.notes + warnings,
        )

    @contextmanager
    def _table(self, folder: Path | None) -> Iterator[Table]:
        with self._payload.on_disk(folder) as path:
            _check_size(path, self.name)
            try:
                with CalamineWorkbook.from_path(str(path)) as book:
                    yield _choose(book, self._sheet, self._has_header, self.name)
            except PasswordError:
                raise _locked(self.name) from None
            except (CalamineError, ZipError, XmlError) as error:
                raise faults.damaged(self.name, "Excel", Words(zh=str(error), en=str(error))) from None


def _choose(book: CalamineWorkbook, wanted: str | None, has_header: bool | None, name: str) -> Table:
    if wanted is not None and wanted not in book.sheet_names:
        raise UnknownNameError("sheet", "工作表", wanted, list(book.sheet_names))
    named = [wanted] if wanted is not None else book.sheet_names
    sheets = [sheet for sheet in map(book.get_sheet_by_name, named) if sheet.start is not None and sheet.height]
    if not sheets:
        raise faults.empty(name)
    sheet, others = sheets[0], [other.name for other in sheets[1:]]
    rows = [[text(cell) for cell in row] for row in islice(sheet.iter_rows(), headers.LOOK_ROWS * 2)]
    header = headers.find(rows, has_header)
    notes = (_SHEET.format(sheet=sheet.name, others=", ".join(others)),) if others else ()
    return Table(header, sheet.start[0] if sheet.start else 0, sheet, notes + header.notes)


def text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, times as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _watching(records: Iterator[list[str]], rounded: dict[int, str]) -> Iterator[list[str]]:
    """The same records; the first value of each column that Excel has rounded is kept in `rounded`."""
    for record in records:
        for place, cell in enumerate(record):
            if len(cell) > 15 and place not in rounded and cell.endswith("0") and cell.isdigit():
                rounded[place] = cell
        yield record


def _format(payload: Payload) -> str:
    """xls, xlsb, ods or xlsx, by what is inside."""
    if payload.head.startswith(b"\xd0\xcf"):
        return "xls"
    if b"opendocument.spreadsheet" in payload.head[:200]:
        return "ods"
    return "xlsb" if b"xl/workbook.bin" in payload.head else "xlsx"


def _check_size(path: Path, name: str) -> None:
    """An Excel file is a zip that is unpacked in memory: refuse one that would not fit an honest sheet."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as file:
            unpacked = sum(member.file_size for member in file.infolist())
    except zipfile.BadZipFile:
        return
    if unpacked > archive.bound(path.stat().st_size):
        raise archive.bomb(name, unpacked)


def _locked(name: str) -> faults.SourceError:
    return faults.SourceError(
        Words(zh=f"{name} 设有打开密码", en=f"{name} is locked with a password"),
        Words(zh="在 Excel 里取消密码后重新保存", en="save it in Excel without the password"),
        file=name,
        reason="password",
    )
