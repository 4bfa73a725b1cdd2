"""Text files: delimited, aligned by blanks or of fixed width, in any of the known encodings."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources import encoding, faults, layout, lenient, streaming
from titian.warehouse.sources.batch import Sample, TextBatch
from titian.warehouse.sources.layout import Layout
from titian.warehouse.sources.marks import Marks, blank_inside
from titian.warehouse.sources.payload import Fingerprint, Payload, fingerprint
from titian.warehouse.sources.source import SAMPLE_ROWS
from titian.warehouse.sources.writing import (
    Shapes,
    rows_file,
    write_records,
)

PLACES = 8
PLACE_BYTES = 8 << 10
UNPACKING = Words(zh="解压与转码", en="unpacking and decoding")


class UnwantedError(Exception):
    """The fingerprint is no longer wanted."""


@dataclass(frozen=True)
class Written:
    """What came of writing the rows."""

    rows: int
    shapes: Shapes
    layout: Layout


class TextFile:
    """A text file as a source."""

    def __init__(self, payload: Payload, mapping: Mapping | None, notes: tuple[Words, ...]) -> None:
        self._payload = payload
        self._mapping = mapping
        self._notes = notes

    @property
    def name(self) -> str:
        return self._payload.name

    @property
    def format(self) -> str:
        return self._read[0].format

    @cached_property
    def _read(self) -> tuple[Layout, list[list[str]]]:
        return layout.read(self._payload, self._mapping)

    def columns_and_samples(self, limit: int = SAMPLE_ROWS) -> Sample:
        """The columns and the first records of a right shape."""
        found, rows = self._read
        shapes = Shapes(self.name)
        shaped = (lenient.shaped(row, number, found.columns, shapes) for number, row in enumerate(rows[:limit]))
        records = tuple(_record(row) for row in shaped if row)
        return Sample(
            name=self.name,
            format=found.format,
            columns=found.columns,
            records=records,
            encoding=encoding.called(found.encoding),
            delimiter=found.delimiter,
            has_header=found.header.found,
            rows=len(rows) if self._payload.whole else None,
            notes=self._notes + found.header.notes,
            further=further(self._payload, found),
        )

    def write_text(self, into: Path, progress: Progress = silent) -> TextBatch:
        """Write all rows as text; a sound UTF-8 file goes through DuckDB in one stream."""
        found, _ = self._read
        with rows_file(into, self.name) as path:
            with _fingerprint(self._payload.path) as marks:
                written = self._write(found, path, marks, progress)
            if not written.rows and not written.shapes.malformed:
                raise faults.header_only(self.name, found.columns)
        return self._batch(path, written, marks.result())

    def _batch(self, path: Path, written: Written, mark: Fingerprint) -> TextBatch:
        return TextBatch(
            rows_path=path,
            columns=written.layout.columns,
            rows=written.rows,
            name=self.name,
            sha256=mark.sha256,
            bytes=mark.bytes,
            format=written.layout.format,
            encoding=encoding.called(written.layout.encoding),
            delimiter=written.layout.delimiter,
            header_rows=written.layout.header.rows,
            malformed=tuple(written.shapes.malformed),
            blank_rows=tuple(written.shapes.blank),
            notes=self._notes + written.layout.header.notes,
        )

    def _write(self, found: Layout, path: Path, marks: Future[Fingerprint], progress: Progress) -> Written:
        with self._plain(found.encoding, path.parent, progress) as (text, noticed):
            streamed = self._streamed(text, found, path, noticed or marks, progress)
            if streamed is not None:
                return streamed
            if found.encoding in encoding.PLAIN:
                with text.open("rb") as stream:
                    settled = encoding.settle(stream, self.name)
                if settled != "utf-8":
                    return self._write(replace(found, encoding=settled), path, marks, progress)
            shapes = Shapes(self.name)
            records = lenient.records(text, found, self.name, shapes)
            written = write_records(path, found.columns, records, progress, self._about(text))
            return Written(written, shapes, found)

    def _streamed(
        self, text: Path, found: Layout, path: Path, marks: Marks | Future[Fingerprint], progress: Progress
    ) -> Written | None:
        """The rows written in one stream, where no row has another fault than its number of cells."""
        if found.delimiter is None:
            return None
        about = self._about(text)
        rows = streaming.sound(text, found, path, about, progress)
        seen = marks if isinstance(marks, Marks) else marks.result().marks
        shapes = Shapes(self.name)
        if rows is None and not (seen.zeros or seen.quotes):
            rows = streaming.ragged(text, found, path, about, progress, shapes)
        if rows is None or seen.zeros:
            return None
        if seen.lines > rows + found.skip_lines and len(found.columns) > 1 and blank_inside(text):
            lenient.note_blanks(text, found, self.name, shapes)
        return Written(rows, shapes, found)

    def _about(self, text: Path) -> int | None:
        """How many rows there are, about, by the length of those in the head."""
        rows = len(self._read[1])
        return round(text.stat().st_size * rows / len(self._payload.head)) if rows else None

    @contextmanager
    def _plain(self, named: str, folder: Path, progress: Progress) -> Iterator[tuple[Path, Marks | None]]:
        """The text as a UTF-8 file, and what was noticed in it where that is known by now."""
        if self._payload.wrapping is None and named in encoding.PLAIN:
            yield self._payload.path, None
            return
        with tempfile.TemporaryDirectory(prefix=".text-", dir=folder) as made:
            text = Path(made) / "text"
            if named in encoding.BLIND_TO_UTF8:
                with self._payload.stream() as stream:
                    encoding.refuse_utf8(stream, named, self.name)
            taken = "utf-8" if named in encoding.PLAIN else named
            with self._payload.stream() as stream:
                noticed = encoding.transcode(
                    stream, taken, text, self.name, lambda done: progress(UNPACKING, done, None)
                )
            yield text, noticed


def further(payload: Payload, found: Layout) -> tuple[tuple[str | None, ...], ...]:
    """Records from places further down in a long plain file, where those can be reached without reading it all."""
    if payload.whole or payload.wrapping or found.encoding.startswith("utf-16"):
        return ()
    records: list[tuple[str | None, ...]] = []
    with payload.stream() as stream:
        for place in range(1, PLACES + 1):
            stream.seek(payload.size * place // (PLACES + 1))
            stream.readline(PLACE_BYTES)
            text = stream.read(PLACE_BYTES).decode(found.encoding, "replace")
            rows, _ = layout.cut(text[: text.rfind("\n") + 1], found.delimiter, found.fixed)
            records += [_record(row) for row in rows if len(row) == len(found.columns)]
    return tuple(records)


def _record(row: list[str]) -> tuple[str | None, ...]:
    return tuple(cell.strip() or None for cell in row)


@contextmanager
def _fingerprint(path: Path) -> Iterator[Future[Fingerprint]]:
    """The fingerprint of a file, taken in a thread beside the reading."""
    stopped = threading.Event()

    def tick(_done: int) -> None:
        if stopped.is_set():
            raise UnwantedError

    with ThreadPoolExecutor(1, "titian-fingerprint") as pool:
        try:
            yield pool.submit(fingerprint, path, tick)
        except BaseException:
            stopped.set()
            raise
