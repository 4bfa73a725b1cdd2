"""Writing: rows to a Parquet file of text columns, either cell by cell or by DuckDB in one stream."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from titian.domain.words import Words
from titian.warehouse.alone import alone
from titian.warehouse.progress import Progress, watched
from titian.warehouse.sources import faults
from titian.warehouse.sources.batch import MALFORMED_LIMIT, ROWS_FILE, Malformed
from titian.warehouse.sql import literal, statements

BLOCK_ROWS = 20_000
MEMORY_LIMIT = "1GB"
MOST_THREADS = 8
"""Each reads ahead some ten megabytes: more would not fit the memory."""
PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1000"
"""Text is mostly of different cells: a dictionary of them costs half the writing and saves nothing."""
READING = Words(zh="读取", en="reading")

Record = Sequence[str | None]


class Shapes:
    """Collects rows that could not be read as records, and refuses when there are too many."""

    def __init__(self, name: str, limit: int = MALFORMED_LIMIT) -> None:
        self.malformed: list[Malformed] = []
        self.blank: list[int] = []
        self._name = name
        self._limit = limit

    def bad(self, row: int, column: str | None, value: str | None, reason: Words) -> None:
        """Note a row. Raises TooManyBadRowsError past the limit."""
        if len(self.malformed) >= self._limit:
            raise faults.too_many_bad_rows(self._name, self._limit, self.malformed[0].row, self.malformed[0].reason)
        self.malformed.append(Malformed(row, column, value if value is None else faults.shown(value), reason))

    def passed_over(self, row: int) -> None:
        """Note a blank row; past the limit they are no longer noted and row numbers become approximate."""
        if len(self.blank) < self._limit:
            self.blank.append(row)


@contextmanager
def rows_file(into: Path, name: str) -> Iterator[Path]:
    """The Parquet file to write in `into`; it is removed when writing it fails."""
    path = into / ROWS_FILE
    try:
        into.mkdir(parents=True, exist_ok=True)
        yield path
    except OSError as error:
        path.unlink(missing_ok=True)
        raise faults.refused_by_disk(name, str(error)) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_records(
    path: Path, columns: tuple[str, ...], records: Iterable[Record], progress: Progress, total: int | None = None
) -> int:
    """Write records cell by cell; empty text becomes null. Returns how many there were."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    done = 0
    with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=False) as writer:
        for block in _blocks(records):
            arrays = [_filled(pa.array(column, pa.string())) for column in zip(*block, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            done += len(block)
            progress(READING, done, total)
    return done


def _filled(cells: pa.StringArray) -> pa.Array:
    """The cells with null in place of empty text."""
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def _blocks(records: Iterable[Record]) -> Iterator[list[Record]]:
    block: list[Record] = []
    for record in records:
        block.append(record)
        if len(block) == BLOCK_ROWS:
            yield block
            block = []
    if block:
        yield block


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own for one reading, in UTC."""
    con = alone(MEMORY_LIMIT, threads=str(min(MOST_THREADS, os.cpu_count() or 1)))
    con.execute("SET TimeZone = 'UTC'")
    return con


def copy(
    con: duckdb.DuckDBPyConnection, query: str, path: Path, progress: Progress, *, stage: Words, rows: int | None
) -> int:
    """Write what `query` gives to Parquet in one stream; returns the rows. Raises what DuckDB raises."""
    statement = f"COPY ({query}) TO {literal(str(path))} ({PARQUET})"
    return watched(con, statement, stage=stage, rows=rows, progress=progress)


def digest_of_rows(path: Path) -> str:
    """The SHA-256 of a Parquet file's rows in their order, whatever its layout on disk."""
    digest = hashlib.sha256()
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=BLOCK_ROWS):
            digest.update(batch.serialize())
    return digest.hexdigest()


def reading(statement: str, **parts: str) -> str:
    """A statement of reading.sql with its places filled by quoted names."""
    return statements("sources/reading.sql")[statement].format(**parts)


def literal_path(path: Path) -> str:
    """`path` so that DuckDB takes it as the name of one file and not as a pattern."""
    return "".join(f"[{c}]" if c in "[*?" else c for c in str(path))
