"""Typed: a batch's text rows as the relation `typed`, with canonical columns and, where any can be, faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from titian.domain.mapping import DateOrder, Mapping
from titian.warehouse import sql, zones
from titian.warehouse.parsing import targets as mapped
from titian.warehouse.parsing.cells import cell, native
from titian.warehouse.parsing.columns import Manner, Reading, reading
from titian.warehouse.parsing.days import day_orders
from titian.warehouse.parsing.profile import Look, Profile, profile
from titian.warehouse.parsing.status import meanings
from titian.warehouse.parsing.targets import Target
from titian.warehouse.progress import Progress, silent, watched
from titian.warehouse.stages import PARSING
from titian.warehouse.tables import Column

SPREADSHEETS = frozenset({"xlsx", "xls", "xlsb", "ods"})
STATUS_WORDS_LIMIT = 100_000
"""Different words of a status column that are looked at: a column of remarks has many, a state among them or not."""
MACROS = "parsing/macros.sql"


@dataclass(frozen=True)
class Rows:
    """Rows to be typed: a relation, its columns, and what is known of where they come from."""

    relation: str
    """SQL to select from."""
    place: str
    """The column of the relation that counts its rows from 0."""
    columns: tuple[str, ...]
    name: str
    """What the source is called in messages."""
    format: str
    types: ReadOnly[str, str] = field(default_factory=dict)
    """DuckDB types by column; text where not named."""
    first_row: int = 1
    """What people call the row at place 0: in a file as a spreadsheet counts, in a frame 0."""


def text_rows(
    path: Path, columns: tuple[str, ...], name: str, form: str, header_rows: int, *, emptied: bool = False
) -> Rows:
    """The rows of a text batch; where some were `emptied`, since their customers were erased, those with anything."""
    relation = f"read_parquet({sql.literal(str(path))}, file_row_number = true)"
    if emptied:
        relation = sql.statements("parsing/parsing.sql")["left"].format(relation=relation, cells=sql.names(columns))
    return Rows(relation, "file_row_number", columns, name, form, first_row=header_rows + 1)


@dataclass(frozen=True)
class Typed:
    """What `typed` holds: canonical columns, `at` (the record's place), and `faults` unless it is clean.

    `clean`: a view in which no row has a fault. Otherwise a table; `faults` is a list of (column, fault) or NULL.
    """

    rows: int
    clean: bool
    lines: bool
    targets: tuple[Target, ...]
    rounded: int
    """Amounts that had more than four decimals."""
    day_orders: dict[str, DateOrder]
    looks: ReadOnly[str, Look]
    """What the cells of each target's column are like, by canonical name."""


def type_rows(
    connection: duckdb.DuckDBPyConnection,
    given: Rows,
    mapping: Mapping,
    zone: str,
    progress: Progress = silent,
    *,
    orders: ReadOnly[str, DateOrder] | None = None,
) -> Typed:
    """Make `typed` from a batch. Raises InputError when the mapping does not fit or the whole column is unclear.

    `orders` says for some columns which number is the day, whatever the rows show.
    """
    wanted = mapped.targets(mapping, given.columns, given.name)
    for macro in sql.statements(MACROS).values():
        connection.execute(macro)
    rows = _rows(given, wanted)
    temporal = {t.column.name: native(t, given.types) for t in wanted}
    seen = profile(connection, rows, wanted, {name for name, form in temporal.items() if form}, progress)
    words = _words(connection, rows, wanted)
    manner = Manner(
        decimal_comma=mapping.decimal_comma,
        spreadsheet=given.format in SPREADSHEETS,
        day_orders=day_orders(connection, rows, wanted, seen, mapping, given.name, orders or {}),
        statuses=meanings(mapping, words),
        temporal={name: form for name, form in temporal.items() if form},
    )
    connection.execute(_zone_macro(mapping.timezone or zone, seen, wanted))
    readings = {t.column.name: reading(t, seen.looks[t.column.name], manner) for t in wanted}
    clean = seen.clean(wanted) and all(word in manner.statuses for word in words)
    _make(connection, _select(rows, readings, wanted, mapping, clean), clean, seen.rows, progress)
    rounded = 0 if clean else _count(connection, "rounded")
    return Typed(seen.rows, clean, mapped.is_lines(mapping), wanted, rounded, dict(manner.day_orders), seen.looks)


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop `typed`."""
    for kind in ("VIEW", "TABLE"):
        try:
            connection.execute(sql.statements("parsing/parsing.sql")["forget"].format(kind=kind))
        except duckdb.CatalogException:
            continue


def _rows(given: Rows, wanted: Sequence[Target]) -> str:
    cells = ", ".join(f"{cell(t, given.types)} AS {sql.name(t.column.name)}" for t in wanted)
    said = sql.statements("parsing/parsing.sql")["rows"]
    return said.format(cells=cells, place=sql.name(given.place), relation=given.relation)


def _words(connection: duckdb.DuckDBPyConnection, rows: str, wanted: Sequence[Target]) -> list[str]:
    """The different words of the status column."""
    cells = [sql.name(t.column.name) for t in wanted if t.column.kind == "status"]
    if not cells:
        return []
    statement = sql.statements("parsing/parsing.sql")["distinct"]
    found = connection.execute(statement.format(cell=cells[0], rows=rows, limit=STATUS_WORDS_LIMIT)).fetchall()
    return [row[0] for row in found if row[0]]


def _zone_macro(zone: str, seen: Profile, wanted: Sequence[Target]) -> str:
    """`utc_of(wall)`: naive wall times of the zone as UTC; only the clock changes within the data where that is known."""
    looks = [seen.looks[t.column.name] for t in wanted if t.column.kind == "instant"]
    known = all(look.all_plain for look in looks)
    low = min((look.low for look in looks if look.low), default=None) if known else None
    high = max((look.high for look in looks if look.high), default=None) if known else None
    steps = zones.local_steps(zone, low, high)
    return f"CREATE OR REPLACE TEMP MACRO utc_of(wall) AS wall - to_seconds({_search(steps.thresholds, steps.offsets)})"


def _search(thresholds: Sequence[datetime], offsets: Sequence[int]) -> str:
    if not thresholds:
        return str(offsets[0])
    middle = len(thresholds) // 2
    earlier = _search(thresholds[:middle], offsets[: middle + 1])
    later = _search(thresholds[middle + 1 :], offsets[middle + 1 :])
    return f"CASE WHEN wall < TIMESTAMP '{thresholds[middle]}' THEN {earlier} ELSE {later} END"


def _select(rows: str, readings: dict[str, Reading], wanted: Sequence[Target], mapping: Mapping, clean: bool) -> str:
    said = sql.statements("parsing/parsing.sql")
    for added in _layers(readings, wanted, mapping, clean):
        listed = ", ".join(f"{value} AS {sql.name(key)}" for key, value in added.items())
        rows = said["layer"].format(added=listed, rows=rows)
    values = [_value(column, readings) for column in mapped.allowed(mapping.table)]
    extra = [] if clean else [f"{_faults(wanted)} AS faults", f"{_rounded(readings)} AS rounded"]
    return said["typed"].format(values=", ".join(['"at"', *values, *extra]), rows=rows)


def _layers(
    readings: dict[str, Reading], wanted: Sequence[Target], mapping: Mapping, clean: bool
) -> Iterator[dict[str, str]]:
    """What is computed before the values, step by step; then the values, then what is wrong with them."""
    depth = max((len(r.layers) for r in readings.values()), default=0)
    for level in range(depth):
        yield {k: v for r in readings.values() if level < len(r.layers) for k, v in r.layers[level].items()}
    yield {f"{t.column.name} value": f"CAST({readings[t.column.name].value} AS {t.column.duckdb_type})" for t in wanted}
    if not clean:
        yield {f"{t.column.name} fault": _fault(t, readings, mapping) for t in wanted}


def _value(column: Column, readings: dict[str, Reading]) -> str:
    if column.name not in readings:
        return f"NULL::{column.duckdb_type} AS {sql.name(column.name)}"
    return f"{sql.name(f'{column.name} value')} AS {sql.name(column.name)}"


def _fault(target: Target, readings: dict[str, Reading], mapping: Mapping) -> str:
    """What is wrong with a cell; an empty one is, where a value is needed."""
    name = target.column.name
    fault = readings[name].fault
    if name == "status" and "amount" in readings:
        fault = (
            f"CASE WHEN \"amount value\" < 0 AND \"status value\" = 'unpaid' THEN 'negative_unpaid' ELSE {fault} END"
        )
    if not (target.needed or (name == "amount" and mapping.table == "orders")):
        return fault
    # An empty amount is no fault on an order that nobody has paid.
    excuse = ' AND "paid_at value" IS NOT NULL' if name == "amount" and "paid_at" in readings else ""
    missing = f"CASE WHEN {sql.name(f'{name} value')} IS NULL{excuse} THEN 'missing' END"
    return missing if fault == "NULL" else f"coalesce({fault}, {missing})"


def _faults(wanted: Sequence[Target]) -> str:
    """The faults of a row as a list of (column, fault), NULL when there are none."""
    names = [t.column.name for t in wanted]
    any_of = ", ".join(f"CAST({sql.name(f'{name} fault')} AS VARCHAR)" for name in names)
    pairs = ", ".join(
        f"{{'column': {sql.literal(name)}, 'fault': CAST({sql.name(f'{name} fault')} AS VARCHAR)}}" for name in names
    )
    return f"CASE WHEN coalesce({any_of}) IS NOT NULL THEN list_filter([{pairs}], lambda f: f.fault IS NOT NULL) END"


def _rounded(readings: dict[str, Reading]) -> str:
    flags = [f"coalesce({r.rounded}, false)" for r in readings.values() if r.rounded]
    return " OR ".join(flags) or "false"


def _make(connection: duckdb.DuckDBPyConnection, select: str, clean: bool, rows: int, progress: Progress) -> None:
    forget(connection)
    said = sql.statements("parsing/parsing.sql")
    statement = said["view" if clean else "table"].format(rows=select)
    watched(connection, statement, stage=PARSING, rows=rows, progress=progress)


def _count(connection: duckdb.DuckDBPyConnection, flag: str) -> int:
    row = connection.table("typed").filter(flag).count("*").fetchone()
    return int(row[0]) if row else 0
