"""Headers: which row holds the names, and names that are trimmed, never empty and never twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from titian.domain.words import Words

LOOK_ROWS = 40
_NUMBER = re.compile(r"[-+(]?\s*[¥￥$€£]?\s*[\d０-９][\d０-９,.\s:/年月日T-]*(?:[eE]\d+)?[)%Z元]?")


@dataclass(frozen=True)
class Header:
    """The names of the columns and where the records begin."""

    columns: tuple[str, ...]
    rows: int
    """Rows above the first record: the header and titles before it; 0 when there is none."""
    notes: tuple[Words, ...]

    @property
    def found(self) -> bool:
        """False when the file has no header and the names were made."""
        return self.rows > 0


def find(rows: Sequence[Sequence[str]], has_header: bool | None = None) -> Header:
    """The header among the first rows of a file; `has_header` is what a person said."""
    width = usual_width(rows)
    titles = _titles(rows, width)
    first = rows[titles] if titles < len(rows) else ()
    if has_header is None:
        has_header = looks_like_names(first, rows[titles + 1 :])
    if not has_header:
        return Header(tuple(f"column_{i}" for i in range(1, width + 1)), 0, (_NO_HEADER,))
    columns, notes = unique(fitted(first, width))
    if titles:
        notes = (_TITLES.format(rows=titles), *notes)
    return Header(columns, titles + 1, notes)


def fitted(names: Sequence[str], width: int) -> list[str]:
    """Names without the empty ones at the end that go beyond the usual width."""
    kept = list(names)
    while len(kept) > width and not kept[-1].strip():
        kept.pop()
    return kept


def mismatch(columns: Sequence[str], records: Sequence[Sequence[str]]) -> int | None:
    """The number of cells that records have when not one of them fits the header; empty cells at the end are free."""
    width = len(columns)
    if any(
        len(record) == width or not any(cell.strip() for cell in record[width:])
        for record in records
        if len(record) >= width
    ):
        return None
    return usual_width(records) or None


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(row) for row in rows[:LOOK_ROWS] if row)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _titles(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many rows before the header are titles or blank: fewer filled cells than half of the columns."""
    if width < 3:
        return next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    for i, row in enumerate(rows[:LOOK_ROWS]):
        filled = sum(bool(cell.strip()) for cell in row)
        if len(row) * 2 > width and filled * 2 > width:
            return i
    return 0


def looks_like_names(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """True when no cell of a row is a number or a date and none comes again further down in its column."""
    cells = [cell.strip() for cell in first]
    if not any(cells) or any(_NUMBER.fullmatch(cell) for cell in cells):
        return False
    repeated = sum(
        any(i < len(row) and row[i].strip() == cell for row in below) for i, cell in enumerate(cells) if cell
    )
    return repeated * 2 <= len(cells)


def unique(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Words, ...]]:
    """Names trimmed, empty ones made up, later ones of the same name numbered; and what was changed."""
    made: list[str] = []
    notes: list[Words] = []
    for place, raw in enumerate(names, 1):
        name = " ".join(raw.replace("\ufeff", "").replace("\0", "").split()) or f"column_{place}"
        if _taken(name, made):
            twin = next(f"{name}_{n}" for n in range(2, len(names) + 2) if not _taken(f"{name}_{n}", [*made, *names]))
            notes.append(_TWICE.format(name=name, twin=twin))
            name = twin
        elif not raw.strip():
            notes.append(_NAMELESS.format(place=place, name=name))
        made.append(name)
    return tuple(made), tuple(notes)


def _taken(name: str, names: Sequence[str]) -> bool:
    """Names that differ in case only are one name to the engine."""
    return any(other.strip().casefold() == name.casefold() for other in names)


_NO_HEADER = Words(
    zh="文件没有表头，列名按顺序编为 column_1、column_2……",
    en="the file has no header: its columns are called column_1, column_2 …",
)
_TITLES = Words(zh="表头上方的 {rows} 行标题已跳过", en="{rows} title rows above the header were passed over")
_TWICE = Words(
    zh="列名“{name}”重复，后一个改称“{twin}”",
    en='the column name "{name}" comes twice: the later one is called "{twin}"',
)
_NAMELESS = Words(zh="第 {place} 列没有列名，称为 {name}", en="column {place} has no name: it is called {name}")
