"""Lenient reading: a text file row by row, so that rows of a wrong shape are told apart from the rest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from titian.domain.words import Words
from titian.warehouse.sources import faults
from titian.warehouse.sources.layout import LONGEST_CELL, Layout, cells
from titian.warehouse.sources.writing import Shapes

_FEW = Words(zh="只有 {found} 个单元格，应为 {width} 个", en="{found} cells instead of {width}")
_MANY = Words(zh="有 {found} 个单元格，应为 {width} 个", en="{found} cells instead of {width}")
_NUL = Words(zh="含有空字节（NUL），数据可能已损坏", en="holds a NUL byte: the value is probably damaged")
_QUOTE = Words(
    zh="引号用法有误：右引号后面还有内容，或引号没有成对",
    en="broken quotes: text after a closing quote, or a quote without its pair",
)


class Lines:
    """The lines of a text, one by one; remembers where the record being read began."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.number = 0
        self.first = ""
        self.first_number = 1

    def start(self) -> None:
        """The next line begins a record."""
        self.first = ""
        self.first_number = self.number + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_CELL)
        if not line:
            raise StopIteration
        self.number += 1
        self.first = self.first or line
        return line


def records(path: Path, layout: Layout, name: str, shapes: Shapes) -> Iterator[list[str]]:
    """The records of a UTF-8 file; rows of a wrong shape go to `shapes`.

    Raises BrokenTextError where a quote never closes or a line never ends.
    """
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as stream:
        rows = _split(stream, layout) if layout.delimiter is None else _parse(stream, layout, name, shapes)
        for number, row in rows:
            if number <= layout.header.rows:
                continue
            record = shaped(row, number, layout.columns, shapes)
            if record is not None:
                yield record


def note_blanks(path: Path, layout: Layout, name: str, shapes: Shapes) -> None:
    """Note the blank rows of a file whose other rows are sound."""
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as stream:
        for number, row in _parse(stream, layout, name, shapes):
            if not row and number > layout.header.rows:
                shapes.passed_over(number)


def _split(stream: TextIO, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(stream, 1):
        yield number, cells(line, layout.fixed)


def _parse(stream: TextIO, layout: Layout, name: str, shapes: Shapes) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    delimiter = layout.delimiter or ","
    lines = Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    number = 0
    while True:
        lines.start()
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _broken(str(error), number, lines, layout, name, shapes)
            continue
        yield number, row


def _broken(told: str, number: int, lines: Lines, layout: Layout, name: str, shapes: Shapes) -> None:
    """A record that csv refuses: the whole file where nothing after it can be told apart, else only that row."""
    delimiter = layout.delimiter or ","
    place, value = open_cell(lines.first, delimiter)
    column = layout.columns[place] if place < len(layout.columns) else f"column_{place + 1}"
    if "unexpected end" in told or ("larger than" in told and value.startswith('"')):
        raise faults.unclosed_quote(name, number, lines.first_number, column, value)
    if "larger than" in told:
        raise faults.endless_cell(name, number, lines.first_number, LONGEST_CELL, lines.first)
    shapes.bad(number, column, lines.first.rstrip("\r\n"), _QUOTE)


def open_cell(line: str, delimiter: str) -> tuple[int, str]:
    """Which cell of a line (from 0) has a quote that is not closed before the next delimiter, and its text."""
    place, start, quoted = 0, 0, False
    for at, char in enumerate(line):
        if char == '"' and (quoted or not line[start:at].strip()):
            quoted = not quoted
        elif char == delimiter and not quoted:
            place, start = place + 1, at + 1
        elif char not in '"\r\n' and not quoted and line[start:at].lstrip().startswith('"'):
            break
    return place, line[start:].strip()


def shaped(row: list[str], number: int, columns: tuple[str, ...], shapes: Shapes) -> list[str] | None:
    """The row when it has the right shape; otherwise it is noted and None."""
    width = len(columns)
    if not row or (len(row) == 1 and width > 1 and not row[0].strip()):
        shapes.passed_over(number)
        return None
    while len(row) > width and not row[-1].strip():
        row.pop()
    zeros = next((place for place, cell in enumerate(row) if "\0" in cell), None)
    if zeros is not None:
        shapes.bad(number, columns[zeros] if zeros < width else None, row[zeros], _NUL)
        return None
    if len(row) != width:
        missing = columns[len(row)] if len(row) < width else None
        reason = (_FEW if missing else _MANY).format(found=len(row), width=width)
        shapes.bad(number, missing, " | ".join(row), reason)
        return None
    return row
