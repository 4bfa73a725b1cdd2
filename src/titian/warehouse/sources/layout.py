"""Layout: how the text of a file is to be cut into records, told from its head and from what a person said."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from titian.domain.mapping import FixedColumn, Mapping
from titian.warehouse.sources import dialect, faults, headers
from titian.warehouse.sources.encoding import detect
from titian.warehouse.sources.payload import Payload

LONGEST_CELL = 2_000_000
"""Characters; DuckDB's own bound for a line."""


@dataclass(frozen=True)
class Layout:
    """Encoding, separator (or fixed columns) and header of a text file."""

    encoding: str
    dialect: dialect.Dialect
    fixed: tuple[FixedColumn, ...]
    header: headers.Header
    skip_lines: int
    """Lines of text that the rows above the first record take."""

    @property
    def format(self) -> str:
        return "fixed" if self.fixed else self.dialect.format

    @property
    def columns(self) -> tuple[str, ...]:
        return self.header.columns

    @property
    def delimiter(self) -> str | None:
        return None if self.fixed else self.dialect.delimiter


def read(payload: Payload, mapping: Mapping | None) -> tuple[Layout, list[list[str]]]:
    """The layout, and the records in the head of the file. Raises SourceError when there are no records."""
    encoding = detect(payload.head)
    text = _text(payload, encoding)
    if not text.strip():
        raise faults.empty(payload.name)
    fixed = mapping.fixed_width if mapping else ()
    said = mapping.has_header if mapping else None
    kind = dialect.Dialect(None) if fixed else dialect.detect(text)
    rows, ends = cut(text, kind.delimiter, fixed)
    if not payload.whole and len(rows) > 1:
        rows.pop()
    header = _fixed_header(rows, fixed, said) if fixed else headers.find(rows, said)
    skip_lines = ends[header.rows - 1] if header.rows else 0
    records = [row for row in rows[header.rows :] if any(cell.strip() for cell in row)]
    if not records and payload.whole:
        raise faults.header_only(payload.name, header.columns)
    if not fixed and (found := headers.mismatch(header.columns, records)):
        raise faults.header_does_not_fit(payload.name, header.rows, len(header.columns), header.rows + 1, found)
    return Layout(encoding, kind, fixed, header, skip_lines), records


def _text(payload: Payload, encoding: str) -> str:
    """The head as text, without a half character at its end."""
    whole = payload.head
    if not payload.whole and encoding.startswith("utf-16"):
        whole = whole[: len(whole) // 2 * 2]
    return whole.decode(encoding, "replace").removeprefix("\ufeff")


def cut(text: str, delimiter: str | None, fixed: tuple[FixedColumn, ...] = ()) -> tuple[list[list[str]], list[int]]:
    """The rows of a piece of text (blank ones empty), and the number of the line where each ends."""
    if fixed or delimiter is None:
        lines = list(io.StringIO(text, newline=None))
        return [cells(line, fixed) for line in lines], list(range(1, len(lines) + 1))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows, ends = [], []
    for row in reader:
        rows.append(row)
        ends.append(reader.line_num)
    return rows, ends


def cells(line: str, fixed: tuple[FixedColumn, ...]) -> list[str]:
    """The cells of a line in fixed columns, or between runs of blanks; a blank line has none."""
    line = line.rstrip("\r\n")
    if not line.strip():
        return []
    return [line[column.start : column.end].strip() for column in fixed] if fixed else line.split()


def _fixed_header(rows: list[list[str]], fixed: tuple[FixedColumn, ...], said: bool | None) -> headers.Header:
    found = headers.looks_like_names(rows[0], rows[1:]) if said is None else said
    return headers.Header(tuple(column.name for column in fixed), int(found), ())
