"""Frames handed in from Python, or paths, as canonical tables in a DuckDB of their own."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly

import duckdb

from titian.domain.mapping import Mapping
from titian.errors import InputError
from titian.warehouse import rejecting, sql
from titian.warehouse.guess import guess
from titian.warehouse.handed import FILE, Handed, handed, kept
from titian.warehouse.naming import lacking, missing, named
from titian.warehouse.parsing import type_rows
from titian.warehouse.report import Reject
from titian.warehouse.shaping import shape
from titian.warehouse.shaping.shaped import drop
from titian.warehouse.tables import ORDER_ITEMS, Table, table

TEMPORARY = ("shaped", "shaped_items", "good_lines", "good", "lines", "typed", "faults", "rejected", "handed in")

Said = ReadOnly[str, str] | Mapping


class FrameError(InputError):
    """Rows handed in from Python that can not be read; `details` hold the first fifty with their reasons."""

    code = "frame"


def canonical(
    con: duckdb.DuckDBPyConnection,
    tables: ReadOnly[str, object],
    mapping: ReadOnly[str, Said],
    zone: str,
    validate: bool,
) -> dict[str, str]:
    """Make the canonical tables in `con`; returns the names of its tables by canonical name.

    Columns have canonical names, or `mapping` says which they are, or they are guessed where the guess is sure.
    A value that can not be read is an InputError that names row, column and value. Frames are trusted to have each
    key once; with `validate` repeated rows count once, as in an import. Frames of order lines give order_items too.
    """
    for name in (*tables, *mapping):
        table(name)
    made: dict[str, str] = {}
    for name, frame in tables.items():
        said = mapping.get(name, {})
        with handed(con, name, frame, said if isinstance(said, Mapping) else None) as given:
            lines = _make(con, name, given, said, zone, validate)
        made[name] = name
        if lines and ORDER_ITEMS.name not in tables:
            made[ORDER_ITEMS.name] = ORDER_ITEMS.name
    return made


def _make(con: duckdb.DuckDBPyConnection, name: str, given: Handed, said: Said, zone: str, validate: bool) -> bool:
    """Make one table; True when the rows were lines of orders, so that order_items were made too."""
    mapped = said if isinstance(said, Mapping) else _mapping(con, name, given, said)
    rows = kept(con, given, mapped.columns)
    typed = type_rows(con, rows, mapped, zone)
    shaped = shape(con, typed, name, None, single=validate)
    malformed = given.batch.malformed if given.batch else ()
    if shaped.bad_rows or malformed:
        raise _unreadable(given, rejecting.gather(con, rows, typed.targets, given.batch))
    _keep(con, shaped.table, "shaped")
    if shaped.lines:
        _keep(con, ORDER_ITEMS, "shaped_items")
    for relation in TEMPORARY:
        drop(con, relation)
    return shaped.lines


def _keep(con: duckdb.DuckDBPyConnection, wanted: Table, shaped: str) -> None:
    columns = sql.names([column.name for column in wanted.columns])
    statement = sql.statements(FILE)["table"]
    con.execute(statement.format(table=sql.name(wanted.name), columns=columns, shaped=sql.name(shaped)))


def _mapping(con: duckdb.DuckDBPyConnection, name: str, given: Handed, said: ReadOnly[str, str]) -> Mapping:
    """The given mapping, completed by columns of canonical names and, where required ones lack, by the guess."""
    chosen = named(name, given.rows.columns, said)
    if not missing(name, chosen):
        return Mapping(table=name, columns=chosen)
    found = guess(given.sample(con), name)
    sure = {t.name: t.source for t in found.targets if t.source is not None}
    guessed = {k: v for k, v in sure.items() if k not in chosen and v not in chosen.values()}
    open_ones = {q.field.removeprefix("columns.") for q in found.questions}
    complete = {**chosen, **{k: v for k, v in guessed.items() if k not in open_ones}}
    lacked = missing(name, complete)
    if lacked:
        raise lacking(name, given.rows.columns, lacked)
    return found.mapping.model_copy(update={"columns": complete})


def _unreadable(given: Handed, rejects: tuple[Reject, ...]) -> FrameError:
    first = rejects[0]
    counted = "" if given.rows.first_row else " (counted from 0)"
    counted_zh = "" if given.rows.first_row else "（从 0 数起）"
    return FrameError(
        f"{given.rows.name}, row {first.row}{counted}, column {first.column!r}, value {first.value!r}: {first.reason.en}",
        "mend or leave out such rows and call again; nothing was read",
        zh=f"{given.rows.name} 第 {first.row} 行{counted_zh} {first.column!r} 列的 {first.value!r}：{first.reason.zh}",
        hint_zh="请修正或去掉这样的行后再调用；没有读入任何数据",
        row=first.row,
        column=first.column,
        value=first.value,
        rejects=[reject.model_dump() for reject in rejects],
    )
