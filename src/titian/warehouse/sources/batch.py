"""What a source hands on: a text batch (every cell as text, in Parquet) and a sample to guess from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from titian.domain.words import Words

ROWS_FILE = "rows.parquet"
MALFORMED_LIMIT = 100_000


@dataclass(frozen=True)
class Malformed:
    """A row whose very shape is wrong, so that it has no cells to read: too few or too many, a broken quote.

    `row` counts as a spreadsheet does: the first row of the file is 1, the header included.
    """

    row: int
    column: str | None
    value: str | None
    reason: Words


@dataclass(frozen=True)
class TextBatch:
    """The rows of a source as text, in file order, written to Parquet; empty cells are null."""

    rows_path: Path
    columns: tuple[str, ...]
    """Trimmed headers, made unique."""
    rows: int
    name: str
    """The file name as the person knows it; a database's address without its password."""
    sha256: str
    """Of the original bytes; of the rows where there is no file."""
    bytes: int
    format: str
    """csv, tsv, fixed, xlsx, xls, xlsb, ods, parquet, jsonl, database or frame."""
    encoding: str | None = None
    delimiter: str | None = None
    header_rows: int = 0
    """Rows above the first record: the header, and title lines before it."""
    malformed: tuple[Malformed, ...] = ()
    blank_rows: tuple[int, ...] = ()
    """Wholly empty rows that were passed over, where the reader counts them."""
    notes: tuple[Words, ...] = ()
    """What a person should know: an Excel file named .csv, renamed headers …"""
    cursor: str | None = None
    """Incremental sources: the greatest value of the cursor column, to hand in as `since` next time."""

    def row_number(self, record: int) -> int:
        """Where record `record` (0-based, in the batch) stands in the source, as a spreadsheet counts."""
        row, skipped = record + self.header_rows + 1, self.skipped_rows
        while (moved := record + self.header_rows + 1 + bisect_right(skipped, row)) != row:
            row = moved
        return row

    @property
    def skipped_rows(self) -> tuple[int, ...]:
        """The rows of the source, ascending, that are not in the batch: malformed and blank ones."""
        return tuple(sorted({bad.row for bad in self.malformed} | set(self.blank_rows)))


@dataclass(frozen=True)
class Sample:
    """The head of a source: enough to show it and to guess what it is, without reading it all."""

    name: str
    format: str
    columns: tuple[str, ...]
    records: tuple[tuple[str | None, ...], ...]
    """Up to the asked number of records, one cell for each column; None is empty."""
    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool = True
    rows: int | None = None
    """How many rows there are in all, where the format says so without reading them."""
    notes: tuple[Words, ...] = ()
    further: tuple[tuple[str | None, ...], ...] = ()
    """Records from further down, to judge values by: the head of a file may hold one day only."""
