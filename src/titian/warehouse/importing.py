"""Importing: from a source to the warehouse, every row checked, all or nothing, and never twice."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from titian.domain.instants import next_midnight
from titian.domain.instants import zone as zone_info
from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.errors import InputError, TitianError
from titian.warehouse import attaching, damage, locking, quality, rejecting, ties
from titian.warehouse.emptying import empty
from titian.warehouse.erased import Erased
from titian.warehouse.lake import Lake, storage
from titian.warehouse.landing import REJECTS, Manifest, fingerprint, manifest_of, naive
from titian.warehouse.merging import Merged, Reassigned, merge
from titian.warehouse.parsing import Typed, text_rows, type_rows
from titian.warehouse.progress import Progress, silent
from titian.warehouse.report import Counts, LoadReport, Reject
from titian.warehouse.shaping import Shaped, shape
from titian.warehouse.sources.batch import ROWS_FILE, TextBatch
from titian.warehouse.sources.source import Source
from titian.warehouse.stages import CHECKING


class RejectedError(InputError):
    """A strict load met bad rows: nothing landed. `details` hold the first of them and the rejects file."""

    code = "rejected"


@dataclass(frozen=True)
class Prepared:
    """A batch that is read, checked and shaped in the connection's temporary relations, and not yet merged."""

    batch: TextBatch
    typed: Typed
    shaped: Shaped
    rejects: tuple[Reject, ...]

    @property
    def rejected(self) -> int:
        """Bad rows: of a wrong shape or with a fault."""
        return len(self.batch.malformed) + self.shaped.bad_rows


def load(
    lake: Lake,
    source: Source,
    mapping: Mapping,
    *,
    zone: str,
    strict: bool = False,
    progress: Progress = silent,
    timeout: float | None = None,
) -> LoadReport:
    """Load a source into the workspace's warehouse.

    `zone` is the workspace's, for times without an offset. With `strict` nothing lands when any row is bad
    (RejectedError). Raises BusyError when another writer holds on for longer than `timeout` seconds, InputError when
    the mapping does not fit, StorageError when the disk is full; the warehouse is as before after any error, and
    after a kill.
    """
    staging = lake.landing.staging()
    try:
        with _said_plainly():
            batch = source.write_text(staging, progress)
            if not batch.rows and not batch.malformed:
                return _nothing_new(batch, mapping)
            wait = locking.WAIT_SECONDS if timeout is None else timeout
            with lake.watched(), lake.write_lock(f"loading {batch.name}", wait):
                return _load(lake, staging, batch, mapping, zone, strict, progress)
    finally:
        lake.landing.discard(staging)


def _load(
    lake: Lake, staging: Path, batch: TextBatch, mapping: Mapping, zone: str, strict: bool, progress: Progress
) -> LoadReport:
    lake.check(progress)
    connection = lake.connection()
    try:
        lake.reconcile()
        earlier = lake.landing.same(fingerprint(batch.sha256, mapping, zone))
        if earlier is not None and earlier.counts is not None:
            return _repeated(lake, earlier)
        order = lake.landing.next_order()
        manifest = manifest_of(batch, mapping, zone, order, datetime.now(UTC))
        folder = lake.landing.land(staging, manifest)
        try:
            landed, manifest = _without_erased(lake, connection, replace(batch, rows_path=folder / ROWS_FILE), manifest)
            return _apply(lake, connection, landed, manifest, strict, progress)
        except BaseException:
            _settle(lake, connection, folder)
            raise
    finally:
        connection.close()


def _without_erased(
    lake: Lake, connection: duckdb.DuckDBPyConnection, batch: TextBatch, manifest: Manifest
) -> tuple[TextBatch, Manifest]:
    """The batch without rows of customers who were erased: they do not come back by a file."""
    erased = Erased.read(lake.landing.path)
    if erased is None:
        return batch, manifest
    emptied, places = empty(connection, lake.landing, manifest, erased)
    if not places:
        return batch, manifest
    left_out = len(places)
    said = Words(
        zh=f"{left_out:,} 行属于已删除的客户，未导入也未保留",
        en=f"{left_out:,} rows are of customers who were erased; they were neither loaded nor kept",
    )
    return replace(batch, rows=batch.rows - left_out, notes=(*batch.notes, said)), emptied


def _settle(lake: Lake, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """After a failure: the batch never was, unless the warehouse holds it; then the next writer notes that."""
    with suppress(duckdb.Error):
        if folder.name not in attaching.held(connection):
            lake.landing.discard(folder)


def _apply(
    lake: Lake,
    connection: duckdb.DuckDBPyConnection,
    batch: TextBatch,
    manifest: Manifest,
    strict: bool,
    progress: Progress,
) -> LoadReport:
    """First the landing, then the warehouse, then the landing's word that the warehouse holds it."""
    prepared = prepare(connection, batch, manifest, progress)
    rejects = batch.rows_path.parent / REJECTS
    if prepared.rejected:
        rejecting.write(connection, batch, rejects)
    if prepared.rejected and (strict or not prepared.shaped.rows):
        return _refused(lake, manifest, prepared, rejects, strict)
    # Looked up before the merge: what only a remark needs must not fail once the rows are in.
    tied = tuple(ties.notes(connection, prepared.shaped.table))
    made_at = naive(manifest.made_at)
    merged = merge(connection, prepared.shaped, manifest.batch_id, made_at, progress, zone=lake.zone)
    counts = _counts(prepared, merged)
    notes = (*batch.notes, *prepared.shaped.notes, *_surprises(manifest, prepared, merged), *tied)
    lake.landing.commit(manifest.model_copy(update={"counts": counts, "notes": notes}))
    return LoadReport(
        **counts.model_dump(),
        table=manifest.table,
        batch_id=manifest.batch_id,
        rejects_path=rejects if prepared.rejected else None,
        rejects=prepared.rejects,
        notes=notes,
        cursor=manifest.cursor,
    )


def prepare(
    connection: duckdb.DuckDBPyConnection, batch: TextBatch, manifest: Manifest, progress: Progress = silent
) -> Prepared:
    """Read, check and shape a batch in temporary relations of the connection."""
    progress(CHECKING, 0, batch.rows)
    text = text_rows(
        batch.rows_path, batch.columns, batch.name, batch.format, batch.header_rows, emptied=manifest.erased > 0
    )
    typed = type_rows(connection, text, manifest.mapping, manifest.zone, progress, orders=manifest.day_orders)
    made_at, tomorrow = naive(manifest.made_at), naive(next_midnight(manifest.made_at, manifest.zone))
    shaped = shape(connection, typed, manifest.table, made_at, progress, tomorrow=tomorrow)
    bad = bool(batch.malformed) or shaped.bad_rows > 0
    return Prepared(batch, typed, shaped, rejecting.gather(connection, text, typed.targets, batch) if bad else ())


def _refused(lake: Lake, manifest: Manifest, prepared: Prepared, rejects: Path, strict: bool) -> LoadReport:
    """Nothing lands; the rejects file is kept where it can be fetched."""
    kept = lake.landing.withdraw(manifest, rejects)
    counts = _counts(prepared, Merged(0, 0, 0, Reassigned()))
    if strict:
        raise _rejected(manifest, prepared, kept, counts)
    return LoadReport(
        **counts.model_dump(),
        table=manifest.table,
        batch_id=None,
        rejects_path=kept,
        rejects=prepared.rejects,
        notes=prepared.batch.notes,
    )


def _rejected(manifest: Manifest, prepared: Prepared, kept: Path, counts: Counts) -> RejectedError:
    first = prepared.rejects[0]
    where = f"row {first.row}, column {first.column!r}, value {first.value!r}"
    where_zh = f"第 {first.row} 行 {first.column!r} 列的 {first.value!r}"
    return RejectedError(
        f"{manifest.name}: {counts.rejected:,} of {counts.rows:,} rows are bad, so nothing was loaded; "
        f"the first: {where}: {first.reason.en}",
        f"mend the rows listed in {kept} and load again, or load without strict",
        zh=f"{manifest.name} 的 {counts.rows:,} 行中有 {counts.rejected:,} 行有问题，未导入任何数据；"
        f"首个问题：{where_zh}：{first.reason.zh}",
        hint_zh=f"请修改 {kept} 中列出的行后重新导入，或不使用严格模式",
        file=manifest.name,
        rejected=counts.rejected,
        rows=counts.rows,
        rejects_path=str(kept),
        rejects=[reject.model_dump() for reject in prepared.rejects],
        row=first.row,
        column=first.column,
        value=first.value,
    )


def _nothing_new(batch: TextBatch, mapping: Mapping) -> LoadReport:
    """A database that has no rows beyond the cursor."""
    counts = Counts(rows=0, good=0, rejected=0, added=0, updated=0, unchanged=0, without_customer=0)
    said = Words(zh="没有新的数据", en="there is nothing new")
    return LoadReport(
        **counts.model_dump(),
        table=mapping.table,
        batch_id=None,
        rejects_path=None,
        rejects=(),
        notes=(*batch.notes, said),
        cursor=batch.cursor,
    )


def _repeated(lake: Lake, earlier: Manifest) -> LoadReport:
    """The same file, read the same way, is in the warehouse already."""
    counts = earlier.counts or Counts(rows=0, good=0, rejected=0, added=0, updated=0, unchanged=0, without_customer=0)
    landed = counts.added + counts.updated + counts.unchanged
    since = earlier.made_at.isoformat(timespec="seconds")
    rejects = lake.landing.path / earlier.batch_id / REJECTS
    said = Words(
        zh=f"这个文件已在 {since} 导入过（批次 {earlier.batch_id}），没有任何改动",
        en=f"this file was loaded before, at {since} (batch {earlier.batch_id}); nothing was changed",
    )
    later = any(m.order > earlier.order and m.table == earlier.table for m in lake.landing.committed())
    changed = Words(
        zh="此后又导入过其他文件；其中相同编号的记录以后来的为准",
        en="other files have been loaded since; where they hold the same ids, theirs still count",
    )
    return LoadReport(
        **counts.model_copy(update={"added": 0, "updated": 0, "unchanged": landed}).model_dump(),
        table=earlier.table,
        batch_id=earlier.batch_id,
        rejects_path=rejects if rejects.exists() else None,
        rejects=(),
        notes=(said, changed) if later else (said,),
        cursor=earlier.cursor,
        repeated=True,
    )


def _counts(prepared: Prepared, merged: Merged) -> Counts:
    rows = prepared.batch.rows + len(prepared.batch.malformed)
    return Counts(
        rows=rows,
        good=rows - prepared.rejected,
        rejected=prepared.rejected,
        added=merged.added,
        updated=merged.updated,
        unchanged=merged.unchanged,
        without_customer=prepared.shaped.without_customer,
        reassigned=merged.reassigned.count,
        after_today=prepared.shaped.after_today.count,
    )


def _surprises(manifest: Manifest, prepared: Prepared, merged: Merged) -> Iterator[Words]:
    """What was done as the file says though a person may not have meant it."""
    if merged.reassigned.count:
        yield quality.reassigned(manifest.table, merged.reassigned.count, merged.reassigned.first, manifest.batch_id)
    later = prepared.shaped.after_today
    if later.count and later.at:
        column = manifest.mapping.columns[prepared.shaped.table.at or ""]
        local = later.at.replace(tzinfo=UTC).astimezone(zone_info(manifest.zone))
        place = (prepared.batch.row_number(later.record), column, f"{local:%Y-%m-%d %H:%M}")
        yield quality.after_today(later.count, place, manifest.batch_id)


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A full disk and the like as StorageError."""
    try:
        yield
    except TitianError:
        raise
    except duckdb.Error as error:
        if not damage.looks_full(error):
            raise
        raise storage(error) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.EFBIG):
            raise
        raise storage(error) from error
