"""Undoing: a batch taken back: its rows go, those it had replaced return, the landing keeps it marked as undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from titian.errors import NotFoundError
from titian.warehouse import attaching, locking, sql
from titian.warehouse.event_days import Following
from titian.warehouse.lake import Lake
from titian.warehouse.landing import Landing, Manifest
from titian.warehouse.parsing.targets import is_lines
from titian.warehouse.progress import Progress, silent
from titian.warehouse.stages import TAKING_BACK
from titian.warehouse.tables import EVENTS, ORDER_ITEMS, ORDERS, TABLES, Table

FILE = "undoing.sql"
BESIDE = "beside"
TOGETHER = (ORDERS.name, ORDER_ITEMS.name)
"""Files of order lines write both."""


@dataclass(frozen=True)
class Undone:
    """A batch that was taken back, and what that did to the rows of its table."""

    batch: Manifest
    removed: int
    """Rows that are no longer there."""
    restored: int
    """Rows that are again as they were before the batch."""
    repeated: bool = False
    """True when it had been taken back before, so that nothing was done."""


def undo(lake: Lake, batch_id: str, *, progress: Progress = silent, timeout: float = locking.WAIT_SECONDS) -> Undone:
    """Take a batch back: the warehouse is as if it had never been loaded, the others are as they were.

    All or nothing, also after a kill. The same file can be loaded again. Raises NotFoundError, and BusyError when
    another writer holds on for longer than `timeout` seconds.
    """
    with lake.watched(), lake.write_lock(f"taking back {batch_id}", timeout):
        lake.check(progress)
        lake.reconcile()
        batch = lake.landing.find(batch_id)
        if batch is None:
            raise unknown(lake.landing, batch_id)
        if batch.state == "undone":
            return Undone(batch, 0, 0, repeated=True)
        return _taken_back(lake, batch, progress)


def _taken_back(lake: Lake, batch: Manifest, progress: Progress) -> Undone:
    others = [m for m in lake.landing.standing() if m.table in _together(batch.table) and m != batch]
    alone = _only_added(batch, others)
    connection = lake.connection()
    with lake.apart([batch] if alone else others, progress) as made:
        progress(TAKING_BACK, 0, None)
        leaving = lake.landing.leave(batch, datetime.now(UTC))
        try:
            with _attached(connection, made):
                removed, restored = _apply(connection, batch, alone, lake.zone)
        except BaseException:
            lake.reconcile()
            raise
        finally:
            connection.close()
    return Undone(lake.landing.take_back(leaving), removed, restored)


def _only_added(batch: Manifest, others: Sequence[Manifest]) -> bool:
    """True when every row of the batch's tables is either its own or untouched by it: no need to read the others."""
    counts = batch.counts
    added_only = counts is not None and not counts.updated and not counts.unchanged
    newest = all(other.order < batch.order for other in others)
    items_apart = is_lines(batch.mapping) and any(other.table == ORDER_ITEMS.name for other in others)
    return added_only and newest and not items_apart


def _together(table: str) -> tuple[str, ...]:
    """The tables that batches of this table write, or share with others that do."""
    return TOGETHER if table in TOGETHER else (table,)


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, made: Path) -> Iterator[None]:
    attaching.retried(lambda: attaching.attach(connection, made / "catalog.sqlite", made / "data", BESIDE))
    try:
        yield
    finally:
        connection.execute(sql.statements(FILE)["detach"])


def _apply(connection: duckdb.DuckDBPyConnection, batch: Manifest, alone: bool, zone: str | None) -> tuple[int, int]:
    """Change the warehouse in one transaction; how many rows of the batch's table went and came back."""
    attaching.retried(connection.begin)
    try:
        counted = {name: _change(connection, TABLES[name], alone, zone) for name in _together(batch.table)}
        connection.execute(sql.statements(FILE)["release"], [batch.batch_id])
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    return counted[batch.table]


def _change(connection: duckdb.DuckDBPyConnection, table: Table, alone: bool, zone: str | None) -> tuple[int, int]:
    columns = sql.names([column.name for column in table.columns])
    places = {"table": sql.name(table.name), "key": sql.name(table.key[0]), "columns": columns}
    said = {name: text.format(**places) for name, text in sql.statements(FILE).items()}
    for statement in ("own", "nothing_back") if alone else ("gone", "back"):
        connection.execute(said[statement])
    removed, restored = connection.execute(said["count"]).fetchone() or (0, 0)
    following = Following(connection, zone) if table == EVENTS else None
    if following is not None:
        following.leaving("gone")
    connection.execute(said["delete_gone"])
    connection.execute(said["put_back"])
    if following is not None:
        following.arrived("back")
    return removed, restored


def unknown(landing: Landing, batch_id: str) -> NotFoundError:
    """There is no such batch; the hint names the newest."""
    known = [batch.batch_id for batch in landing.committed()]
    listed = ", ".join(known[:-6:-1]) or "-"
    return NotFoundError(
        f"there is no batch {batch_id}",
        f"`titian undo` lists them; the newest are: {listed}",
        zh=f"没有编号为 {batch_id} 的批次",
        hint_zh=f"运行 `titian undo` 可列出全部批次；最近的有：{listed}",
        batch=batch_id,
        valid=known,
    )
