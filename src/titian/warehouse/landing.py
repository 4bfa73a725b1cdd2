"""Landing: every batch as it came in (text rows in Parquet) with a manifest that says how to read it again."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from titian.domain.mapping import DateOrder, Mapping
from titian.domain.words import Words
from titian.warehouse.report import Counts
from titian.warehouse.sources.batch import ROWS_FILE, TextBatch

PARSER_VERSION = 1
"""Raised when the same text would be read differently; a file loaded under another version is not a repeat."""

MANIFEST = "manifest.json"
REJECTS = "rejects.csv"
STAGING_HOURS = 24
_BATCH_ID = re.compile(r"[0-9]{8}-[0-9a-f]{12}")

State = Literal["landed", "committed", "leaving", "undone"]


class Manifest(BaseModel):
    """One batch: where its rows came from and how they are to be read."""

    model_config = ConfigDict(frozen=True)

    batch_id: str
    order: int
    """Batches are replayed in this order."""
    state: State
    """landed: the rows are here, the warehouse has not said yes; committed: the warehouse holds them; leaving: they
    are being taken back, the warehouse has not said yes; undone: they were taken back."""
    name: str
    sha256: str
    bytes: int
    format: str
    header_rows: int
    columns: tuple[str, ...]
    malformed: int
    table: str
    mapping: Mapping
    zone: str
    parser_version: int
    made_at: datetime
    """Aware; what the rows carry as recorded_at."""
    counts: Counts | None = None
    notes: tuple[Words, ...] = ()
    cursor: str | None = None
    undone_at: datetime | None = None
    """When the batch was taken back."""
    erased: int = 0
    """Rows that were emptied, since they were of customers who were erased; the others keep their places."""
    day_orders: dict[str, DateOrder] = {}
    """Which number was the day, by column, when rows were emptied: what is left may not show it."""

    @property
    def fingerprint(self) -> str:
        """The same for the same bytes read the same way."""
        return fingerprint(self.sha256, self.mapping, self.zone, self.parser_version)


def fingerprint(sha256: str, mapping: Mapping, zone: str, parser_version: int = PARSER_VERSION) -> str:
    """What makes two loads the same: content, mapping, zone and the version of the parser."""
    said = "\n".join((sha256, mapping.model_dump_json(), zone, str(parser_version)))
    return hashlib.sha256(said.encode()).hexdigest()


class Landing:
    """The folder of batches. Whoever adds to it holds the workspace's write lock."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def manifests(self) -> tuple[Manifest, ...]:
        """Every batch whose manifest can be read, in batch order."""
        found = [_read(path) for path in self.path.glob(f"*/{MANIFEST}")]
        return tuple(sorted((m for m in found if m is not None), key=lambda m: m.order))

    def committed(self) -> tuple[Manifest, ...]:
        """The batches that the warehouse holds, in batch order."""
        return tuple(m for m in self.manifests() if m.state == "committed")

    def standing(self) -> tuple[Manifest, ...]:
        """The batches that a warehouse is made of, in batch order: one that has not quite left still counts."""
        return tuple(m for m in self.manifests() if m.state in ("committed", "leaving"))

    def find(self, batch_id: str) -> Manifest | None:
        """The batch with this id, whatever its state."""
        return _read(self.path / batch_id / MANIFEST) if _BATCH_ID.fullmatch(batch_id) else None

    def unreadable(self) -> tuple[str, ...]:
        """Batches whose manifest is there but can not be read."""
        return tuple(sorted(p.parent.name for p in self.path.glob(f"*/{MANIFEST}") if _read(p) is None))

    def same(self, wanted: str) -> Manifest | None:
        """The committed batch with this fingerprint, if there is one."""
        return next((m for m in self.committed() if m.fingerprint == wanted), None)

    def last_cursor(self, name: str, table: str) -> str | None:
        """Where the last committed incremental load of the source called `name` into `table` ended."""
        ends = [m.cursor for m in self.committed() if m.name == name and m.table == table and m.cursor]
        return ends[-1] if ends else None

    def staging(self) -> Path:
        """A new folder to gather a batch in; it counts for nothing until `land`."""
        folder = self.path / ".staging" / uuid.uuid4().hex
        folder.mkdir(parents=True)
        return folder

    def discard(self, folder: Path) -> None:
        """Remove a batch that did not come to be."""
        shutil.rmtree(folder, ignore_errors=True)

    def next_order(self) -> int:
        """The place of the next batch."""
        taken = [int(folder.name[:8]) for folder in self.path.glob("[0-9]*-*") if folder.name[:8].isdigit()]
        return max(taken, default=0) + 1

    def land(self, staging: Path, manifest: Manifest) -> Path:
        """Give a gathered batch its place, with state `landed`; the files are on disk when this returns."""
        for file in staging.iterdir():
            _sync(file)
        _write(staging / MANIFEST, manifest)
        folder = self.path / manifest.batch_id
        os.replace(staging, folder)
        _sync(self.path)
        return folder

    def commit(self, manifest: Manifest) -> Manifest:
        """Note that the warehouse holds the batch."""
        settled = manifest.model_copy(update={"state": "committed", "undone_at": None})
        _write(self.path / manifest.batch_id / MANIFEST, settled)
        return settled

    def leave(self, manifest: Manifest, at: datetime) -> Manifest:
        """Note that the batch is about to be taken back; `take_back` notes that it was."""
        leaving = manifest.model_copy(update={"state": "leaving", "undone_at": at})
        _write(self.path / manifest.batch_id / MANIFEST, leaving)
        return leaving

    def take_back(self, manifest: Manifest) -> Manifest:
        """Note that the warehouse no longer holds the batch; its rows stay here."""
        undone = manifest.model_copy(update={"state": "undone"})
        _write(self.path / manifest.batch_id / MANIFEST, undone)
        return undone

    def withdraw(self, manifest: Manifest, rejects: Path) -> Path:
        """Take back a batch of which nothing is to be kept but its rejects file; returns where that is now."""
        kept = self.path / ".rejected" / f"{manifest.made_at:%Y%m%dT%H%M%S%f}-{manifest.sha256[:12]}.csv"
        kept.parent.mkdir(exist_ok=True)
        os.replace(rejects, kept)
        shutil.rmtree(self.path / manifest.batch_id, ignore_errors=True)
        return kept

    def rewrite(self, manifest: Manifest) -> None:
        """Put what is now known of a batch in the place of what was."""
        _write(self.path / manifest.batch_id / MANIFEST, manifest)

    def reconcile(self, held: Iterable[str]) -> None:
        """After a crash: a batch that the warehouse holds is committed; another one was taken back, or never came."""
        known = set(held)
        for manifest in self.manifests():
            if manifest.state in ("landed", "leaving") and manifest.batch_id in known:
                self.commit(manifest)
            elif manifest.state == "leaving":
                self.take_back(manifest)
            elif manifest.state == "landed":
                shutil.rmtree(self.path / manifest.batch_id, ignore_errors=True)
        self._sweep()

    def rows_path(self, manifest: Manifest) -> Path:
        """The batch's rows as text."""
        return self.path / manifest.batch_id / ROWS_FILE

    def _sweep(self) -> None:
        """Remove what crashed loads left in staging."""
        limit = datetime.now(UTC) - timedelta(hours=STAGING_HOURS)
        for folder in (self.path / ".staging").glob("*"):
            with suppress(OSError):
                if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < limit:
                    shutil.rmtree(folder, ignore_errors=True)


def naive(at: datetime) -> datetime:
    """An aware instant as the warehouse keeps it: UTC without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None)


def manifest_of(batch: TextBatch, mapping: Mapping, zone: str, order: int, made_at: datetime) -> Manifest:
    """The manifest of a batch that is about to land."""
    return Manifest(
        batch_id=f"{order:08d}-{batch.sha256[:12]}",
        order=order,
        state="landed",
        name=batch.name,
        sha256=batch.sha256,
        bytes=batch.bytes,
        format=batch.format,
        header_rows=batch.header_rows,
        columns=batch.columns,
        malformed=len(batch.malformed),
        table=mapping.table,
        mapping=mapping,
        zone=zone,
        parser_version=PARSER_VERSION,
        made_at=made_at,
        cursor=batch.cursor,
    )


def _read(path: Path) -> Manifest | None:
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _write(path: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step, so that a crash leaves the old one or the new one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(manifest.model_dump_json(indent=2), "utf-8")
    _sync(fresh)
    os.replace(fresh, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
