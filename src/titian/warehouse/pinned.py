"""Pinned: the canonical tables of a lake as they are at one snapshot, whatever is loaded meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial

import duckdb
import ibis.expr.types as ir

from titian.domain.meanings import USUAL, Meanings
from titian.warehouse import event_days, sql
from titian.warehouse.dataset import EPOCH, Dataset, state_name
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.event_days import EventDays
from titian.warehouse.lake import Lake
from titian.warehouse.sql import statements
from titian.warehouse.tables import TABLES, Table


def pinned(
    lake: Lake,
    version: str,
    *,
    timezone: str,
    currency: str,
    meanings: Meanings = USUAL,
    before: Dataset | None = None,
) -> Dataset:
    """The data of `lake` at `version` (of `Lake.version`).

    `before` is an earlier state of the same lake: its engine, and what it keeps computed, is gone on with. After a
    rebuild it is another lake and nothing is shared. Tables without rows are left out: what needs them says so.
    """
    snapshot = _snapshot(version)
    goes_on = before is not None and _lake_of(before.version) == _lake_of(version)
    forked = before.engine.fork() if before is not None and goes_on else None
    engine = forked if isinstance(forked, DuckDBEngine) else DuckDBEngine(lake.connection())
    said = statements("pinned.sql")
    filled = {row[0] for row in engine.connection.execute(said["filled"].format(snapshot=snapshot)).fetchall()}
    found = {name: _seen(engine, name, snapshot) for name in (*TABLES, *event_days.KEPT_TABLES) if name in filled}
    tables = {name: rows for name, rows in found.items() if rows is not None and name in TABLES}
    named = state_name(version, timezone, meanings)
    engine.shelf.folder = lake.warehouse / "kept"
    changes = partial(_changes, lake, named)
    return Dataset(
        engine,
        tables,
        timezone=timezone,
        currency=currency,
        version=named,
        meanings=meanings,
        changes=changes,
        event_days=_event_days(engine, found, timezone),
    )


def _seen(engine: DuckDBEngine, name: str, snapshot: int) -> ir.Table | None:
    """A table at a snapshot; None where it has no row."""
    said, view = statements("pinned.sql"), f"{name}_at_{snapshot}"
    engine.connection.execute(said["view"].format(view=view, table=name, snapshot=snapshot))
    if not engine.connection.execute(said["any_row"].format(view=view)).fetchone():
        return None
    return engine.backend.table(view, database=("scratch", "main"))


def _event_days(engine: DuckDBEngine, found: Mapping[str, ir.Table | None], timezone: str) -> EventDays | None:
    """What is kept of events by day, where that is of the days of this zone."""
    numbers, rows, zone = (found.get(name) for name in event_days.KEPT_TABLES)
    if numbers is None or rows is None or zone is None:
        return None
    counted = [row["zone"] for row in engine.arrow(zone).to_pylist()]
    return EventDays(numbers, rows) if counted == [timezone] else None


def _changes(lake: Lake, here: str, there: str, tables: Iterable[str]) -> dict[str, datetime] | None:
    """What `Dataset.changed_since` says of two versions; None unless the second is an earlier state of the same lake."""
    until, since = _snapshot(here), _snapshot(there)
    if here.rpartition("-")[0] != there.rpartition("-")[0] or since > until:
        return None
    connection = lake.connection()
    try:
        found = {name: _changed(connection, TABLES[name], since + 1, until) for name in tables}
    except duckdb.Error:
        # Snapshots that were cleaned away can't be compared any more.
        return None
    finally:
        connection.close()
    return {name: at for name, at in found.items() if at is not None}


def _changed(connection: duckdb.DuckDBPyConnection, table: Table, since: int, until: int) -> datetime | None:
    """The earliest instant of a row that came or went; 1970 when one has none, None when nothing did."""
    if since > until:
        return None
    instants = [
        sql.name(column.name) for column in table.columns if column.kind == "instant" and column.name != "recorded_at"
    ]
    first = f"least({', '.join(instants)})" if instants else "NULL"
    query = statements("pinned.sql")["changed"].format(first_instant=first, table=table.name, since=since, until=until)
    rows, dated, earliest = connection.execute(query).fetchall()[0]
    if not rows:
        return None
    return earliest.replace(tzinfo=UTC) if rows == dated else EPOCH


def _snapshot(version: str) -> int:
    return int(version.rpartition("-")[2])


def _lake_of(version: str) -> str:
    return version.split(" ")[-1].rpartition("-")[0]
