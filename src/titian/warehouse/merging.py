"""Merging: shaped rows into the warehouse in one transaction; the same row twice changes nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import duckdb

from titian.warehouse import attaching, buckets, sql
from titian.warehouse.buckets import CUSTOMER
from titian.warehouse.event_days import Following
from titian.warehouse.progress import Progress, watched
from titian.warehouse.shaping import Shaped
from titian.warehouse.stages import MERGING
from titian.warehouse.tables import EVENTS, ORDER_ITEMS, Table

FILE = "merging.sql"
SHOWN = 3


@dataclass(frozen=True)
class Reassigned:
    """Known rows that had a customer and now have another: how many, and the first as (key, before, after)."""

    count: int = 0
    first: tuple[tuple[str, str, str | None], ...] = ()


@dataclass(frozen=True)
class Merged:
    """Rows of the main table by what became of them."""

    added: int
    updated: int
    unchanged: int
    reassigned: Reassigned


def merge(
    connection: duckdb.DuckDBPyConnection,
    shaped: Shaped,
    batch_id: str,
    made_at: datetime,
    progress: Progress,
    *,
    zone: str | None = None,
) -> Merged:
    """Merge `shaped` (and `shaped_items`) and note the batch as held, all or nothing.

    `zone` is the one whose days events are counted by; without one they are not.
    """
    if shaped.lines:
        connection.execute(sql.statements(FILE)["orders_in_hand"])
    attaching.retried(connection.begin)
    try:
        buckets.share_out(connection, shaped.table, shaped.rows)
        following = Following(connection, zone) if shaped.table == EVENTS else None
        added, updated = _merge_table(connection, shaped.table, "shaped", shaped.rows, progress, following)
        reassigned = _reassigned(connection, shaped.table) if updated else Reassigned()
        if shaped.lines:
            _replace_lines(connection, progress)
        connection.execute(sql.statements("lake.sql")["hold"], [batch_id, made_at])
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    return Merged(added, updated, shaped.rows - added - updated, reassigned)


def _reassigned(connection: duckdb.DuckDBPyConnection, table: Table) -> Reassigned:
    if not _of_customers(table):
        return Reassigned()
    said = sql.statements(FILE)["reassigned"]
    statement = said.format(key=sql.name(table.key[0]), customer=CUSTOMER, limit=SHOWN)
    found = connection.execute(statement).fetchall()
    return Reassigned(found[0][3], tuple(row[:3] for row in found)) if found else Reassigned()


def _replace_lines(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """An order that comes again is replaced with all of its lines."""
    said = sql.statements(FILE)
    connection.execute(said["delete_gone_refunds"])
    connection.execute(said["delete_gone_items"])
    _merge_table(connection, ORDER_ITEMS, "shaped_items", None, progress)


def _merge_table(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    shaped: str,
    rows: int | None,
    progress: Progress,
    following: Following | None = None,
) -> tuple[int, int]:
    """How many rows were added and updated; `following` goes along with it."""
    said = sql.statements(FILE)
    places = _places(table, shaped)
    empty = connection.execute(said["empty"].format(**places)).fetchone()
    if empty and empty[0]:
        statement = said["insert_all"].format(**places)
        added = watched(connection, statement, stage=MERGING, rows=rows, progress=progress)
        if following is not None:
            following.arrived(f"lake.{sql.name(table.name)}")
        return added, 0
    watched(connection, said["changed"].format(**places), stage=MERGING, rows=rows, progress=progress)
    counted = connection.execute(said["count_changed"]).fetchone()
    added, updated = counted or (0, 0)
    if updated:
        if following is not None:
            following.replaced(sql.name(table.key[0]))
        connection.execute(said["delete_changed"].format(**places))
    if added or updated:
        connection.execute(said["insert_changed"].format(**places))
        if following is not None:
            following.arrived("changed")
    return added, updated


def _places(table: Table, shaped: str) -> dict[str, str]:
    own = [c.name for c in table.columns if c.name not in (*table.key, "recorded_at")]
    differs = " OR ".join(f"s.{sql.name(c)} IS DISTINCT FROM t.{sql.name(c)}" for c in own)
    return {
        "customer_before": f"t.{CUSTOMER}" if _of_customers(table) else "NULL",
        "table": sql.name(table.name),
        "shaped": sql.name(shaped),
        "key": sql.name(table.key[0]),
        "columns": sql.names([c.name for c in table.columns]),
        "differs": differs,
    }


def _of_customers(table: Table) -> bool:
    """Whether a row has an id of its own and belongs to a customer."""
    return table.key != (CUSTOMER,) and buckets.of_customers(table)
