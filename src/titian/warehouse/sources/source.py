"""The contract of a source: a cheap look at its head, and all of it as text."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources.batch import Sample, TextBatch

SAMPLE_ROWS = 2_000


class Source(Protocol):
    """Something that rows can be read from: a file in one of the known formats, a database table or query."""

    @property
    def name(self) -> str:
        """The file name as the person knows it, or the database's address without its password."""

    @property
    def format(self) -> str:
        """csv, tsv, fixed, xlsx, xls, xlsb, ods, parquet, jsonl or database."""

    def columns_and_samples(self, limit: int = SAMPLE_ROWS) -> Sample:
        """The columns and up to `limit` records from the head. Raises InputError when it can not be read."""

    def write_text(self, into: Path, progress: Progress = silent) -> TextBatch:
        """Write all rows as text to `into`/rows.parquet (`into` is a folder, made when missing).

        Raises InputError that names file, row, column and mend when the source as a whole can not be read;
        rows of a wrong shape are left out and listed in `TextBatch.malformed`. What was half written is removed.
        """
