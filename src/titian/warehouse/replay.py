"""Replay: the batches of the landing put into an empty warehouse again, in their order."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from titian.errors import DamagedError
from titian.warehouse.landing import Landing, Manifest, naive
from titian.warehouse.merging import merge
from titian.warehouse.parsing import Typed, text_rows, type_rows
from titian.warehouse.progress import Progress, silent
from titian.warehouse.shaping import shape
from titian.warehouse.stages import REBUILDING


def replay(
    connection: duckdb.DuckDBPyConnection,
    landing: Landing,
    progress: Progress = silent,
    batches: Sequence[Manifest] | None = None,
) -> int:
    """Load `batches`, or every one that stands, into the warehouse attached as `lake`; return how many there were.

    Raises DamagedError, naming it, when a batch itself can not be read.
    """
    unreadable = landing.unreadable()
    if unreadable:
        raise _lost(unreadable[0], "its manifest can not be read")
    if batches is None:
        batches = landing.standing()
    for done, manifest in enumerate(batches):
        progress(REBUILDING, done, len(batches))
        try:
            _apply(connection, landing, manifest)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:  # DuckDB has no one kind of error for a file that is cut short or altered
            raise _lost(manifest.batch_id, str(error).splitlines()[0]) from error
    progress(REBUILDING, len(batches), len(batches))
    return len(batches)


def _apply(connection: duckdb.DuckDBPyConnection, landing: Landing, manifest: Manifest) -> None:
    typed = typed_again(connection, landing, manifest)
    made_at = naive(manifest.made_at)
    shaped = shape(connection, typed, manifest.table, made_at)
    merge(connection, shaped, manifest.batch_id, made_at, silent)


def typed_again(connection: duckdb.DuckDBPyConnection, landing: Landing, manifest: Manifest) -> Typed:
    """Make `typed` from a batch as it was made when it was loaded."""
    text = text_rows(
        landing.rows_path(manifest),
        manifest.columns,
        manifest.name,
        manifest.format,
        manifest.header_rows,
        emptied=manifest.erased > 0,
    )
    return type_rows(connection, text, manifest.mapping, manifest.zone, orders=manifest.day_orders)


def _lost(batch_id: str, reason: str) -> DamagedError:
    return DamagedError(
        f"batch {batch_id} in landing/ can not be read: {reason}",
        "put the folder back from a backup, or move it out of landing/ to go on without it",
        zh=f"landing/ 中的批次 {batch_id} 无法读取：{reason}",
        hint_zh="请从备份恢复该文件夹；若要放弃这一批，请将它移出 landing/",
        batch=batch_id,
        reason=reason,
    )
