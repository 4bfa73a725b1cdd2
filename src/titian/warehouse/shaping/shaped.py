"""Shaped: the relations `shaped` (rows of the main table), `shaped_items` and `faults`, made from `typed`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from titian.domain.words import Words
from titian.warehouse import quality, sql
from titian.warehouse.parsing.typed import Typed
from titian.warehouse.progress import Progress, silent, watched
from titian.warehouse.shaping import keys
from titian.warehouse.shaping.lines import make_lines
from titian.warehouse.stages import SHAPING
from titian.warehouse.tables import Table, table

FILE = "shaping/shaping.sql"


@dataclass(frozen=True)
class AfterToday:
    """Rows of the main table dated after today: how many, and the place and instant of the first record."""

    count: int = 0
    record: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Shaped:
    """What is ready to be merged: how many rows of the main table, and what to tell about them."""

    table: Table
    rows: int
    without_customer: int
    bad_rows: int
    lines: bool
    after_today: AfterToday
    notes: tuple[Words, ...]


def shape(
    connection: duckdb.DuckDBPyConnection,
    typed: Typed,
    table_name: str,
    recorded_at: datetime | None,
    progress: Progress = silent,
    *,
    single: bool = True,
    tomorrow: datetime | None = None,
) -> Shaped:
    """Make `shaped` (and `shaped_items` of line items) from `typed`; rows with faults stay out and are in `faults`.

    `recorded_at` is when the rows were learnt of (naive UTC). With `single` each key is there once.
    Rows from `tomorrow` on (naive UTC) are counted.
    """
    said = sql.statements(FILE)
    wanted = table(table_name)
    connection.execute(said["no_faults" if typed.clean else "faults"])
    recorded = _timestamp(recorded_at)
    names = {target.column.name for target in typed.targets}
    if typed.lines:
        rows = make_lines(connection, names, recorded)
        keyed = True
    else:
        connection.execute(said["all_good" if typed.clean else "good"])
        keyed = wanted.key[0] in names
        rows = _rows(wanted, names, recorded, keyed)
    rows, repeats = _single(connection, wanted, rows, checked=single and keyed and not typed.lines)
    # Rows that stay as they are stream into the warehouse; what is grouped, sorted or numbered is kept meanwhile.
    streamed = keyed and not typed.lines and not repeats.rows
    columns = sql.names([column.name for column in wanted.columns])
    made = said["shaped_view" if streamed else "shaped_table"].format(columns=columns, rows=rows)
    _replace(connection, made, typed.rows, progress)
    return _told(connection, typed, wanted, repeats, keyed, tomorrow)


def _rows(wanted: Table, names: set[str], recorded: str, keyed: bool) -> str:
    said = sql.statements(FILE)
    key = wanted.key[0]
    own = [c.name for c in wanted.columns if c.name not in (key, "recorded_at")]
    source = "good" if keyed else f"({said['numbered'].format(content=keys.content(wanted.made_of or own))})"
    made = sql.name(key) if keyed else keys.made(wanted.made_ids)
    if wanted.name == "orders":
        told = "true" if "paid_at" in names else "false"
        return said["orders"].format(key=made, payment_told=told, recorded_at=recorded, rows=source)
    return said["other"].format(
        key=made, key_name=sql.name(key), columns=sql.names(own), recorded_at=recorded, rows=source
    )


def _single(
    connection: duckdb.DuckDBPyConnection, wanted: Table, rows: str, *, checked: bool
) -> tuple[str, quality.Repeats]:
    """The rows with each key once, and how many were too many."""
    if not checked:
        return rows, quality.Repeats()
    said = sql.statements(FILE)
    key = sql.name(wanted.key[0])
    counted = connection.execute(said["distinct_keys"].format(key=key, rows=rows)).fetchone()
    if counted is None or counted[0] == counted[1]:
        return rows, quality.Repeats()
    own = [c.name for c in wanted.columns if c.name != "recorded_at"]
    found = connection.execute(said["repeats"].format(key=key, rows=rows, content=keys.content(own))).fetchone()
    _, extra, differing = found or (0, 0, 0)
    return said["last"].format(key=key, rows=rows), quality.Repeats(int(extra), int(differing))


def _replace(connection: duckdb.DuckDBPyConnection, made: str, rows: int, progress: Progress) -> None:
    drop(connection, "shaped")
    watched(connection, made, stage=SHAPING, rows=rows, progress=progress)


def drop(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Drop a temporary view or table of this name, whichever there is."""
    for kind in ("VIEW", "TABLE"):
        try:
            connection.execute(f"DROP {kind} IF EXISTS temp.{sql.name(relation)}")
        except duckdb.CatalogException:
            continue


def _told(
    connection: duckdb.DuckDBPyConnection,
    typed: Typed,
    wanted: Table,
    repeats: quality.Repeats,
    keyed: bool,
    tomorrow: datetime | None,
) -> Shaped:
    without = _without_customer(typed, wanted)
    refunds = wanted.name == "orders" and any(t.column.name == "refunded_amount" for t in typed.targets)
    over = "count(*) FILTER (status <> 'refund' AND refunded_amount > amount)" if refunds else "0"
    later = (
        f"count(*) FILTER ({wanted.at} >= {_timestamp(tomorrow)})" if _may_be_later(typed, wanted, tomorrow) else "0"
    )
    said = sql.statements(FILE)["tally"]
    statement = said.format(without_customer=without, over_refunded=over, after_today=later)
    rows, without_customer, over_refunded, after = connection.execute(statement).fetchone() or (0, 0, 0, 0)
    bad = connection.execute('SELECT count(DISTINCT "at") FROM faults').fetchone() or (0,)
    notes = quality.notes(typed, repeats, over_refunded, wanted.name if not keyed else None, without_customer)
    after_today = _after_today(connection, wanted, after, tomorrow) if after and tomorrow else AfterToday()
    return Shaped(wanted, rows, without_customer, bad[0], typed.lines, after_today, notes)


def _without_customer(typed: Typed, wanted: Table) -> str:
    """How many rows have no customer, as SQL; where every row is taken as it came, the look at the column has told."""
    if not any(c.name == "customer_id" for c in wanted.columns):
        return "0"
    look = typed.looks.get("customer_id")
    if look is None or look.filled < typed.rows or not typed.clean:
        return "count(*) FILTER (customer_id IS NULL)"
    return "0"


def _may_be_later(typed: Typed, wanted: Table, tomorrow: datetime | None) -> bool:
    """Whether a row may be dated after today: not where the look at the column has seen the newest one."""
    if tomorrow is None or wanted.at is None:
        return False
    look = typed.looks.get(wanted.at)
    newest = look.high if look is not None and typed.clean else None
    # The look is at local times.
    return newest is None or newest >= tomorrow - timedelta(days=1)


def _after_today(connection: duckdb.DuckDBPyConnection, wanted: Table, count: int, tomorrow: datetime) -> AfterToday:
    statement = sql.statements(FILE)["first_after_today"].format(at=wanted.at, tomorrow=_timestamp(tomorrow))
    record, at = connection.execute(statement).fetchone() or (0, None)
    return AfterToday(count, record, at)


def _timestamp(at: datetime | None) -> str:
    return f"TIMESTAMP {sql.literal(str(at))}" if at else "NULL::TIMESTAMP"
