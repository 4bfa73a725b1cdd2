"""Placed: tables that already live on an engine, as canonical tables on that engine; no row is copied or checked."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from titian.domain.mapping import Mapping
from titian.errors import InputError
from titian.warehouse.abilities import LIMITS, Ability
from titian.warehouse.engine import Engine
from titian.warehouse.naming import lacking, missing, named
from titian.warehouse.parsing.status import meanings
from titian.warehouse.parsing.targets import PAID_AT, is_lines, targets
from titian.warehouse.tables import Column, table
from titian.warehouse.zones import local_to_utc

MOST_WORDS = 300
"""Different status words that a shop may have."""
EDGES = "^[\\s\xa0\u200b\u3000\ufeff]+|[\\s\xa0\u200b\u3000\ufeff]+$"


@dataclass(frozen=True)
class Place:
    """Where a canonical table is found on an engine, and which of its columns are meant where names differ."""

    place: str
    columns: ReadOnly[str, str] = field(default_factory=dict)


def canonical_on(engine: Engine, name: str, rows: ir.Table, said: ReadOnly[str, str] | Mapping, zone: str) -> ir.Table:
    """`rows` of the engine as the canonical table called `name`, a projection with casts.

    Columns have canonical names, or `said` tells which they are. Wall times are in `zone`. Raises InputError for a
    column that is missing, of a type that can't be meant, or for a status word that nobody knows.
    """
    mapping = _mapping(engine, name, rows, said)
    zone = mapping.timezone or zone
    given = {
        target.column.name: _value(engine, target.column, rows[target.source], zone)
        for target in targets(mapping, tuple(rows.columns), name)
    }
    if "status" in given:
        given["status"] = _status(engine, rows, given["status"], mapping)
    typed = rows.select(
        **{c.name: given.get(c.name, ibis.null(c.ibis_type)) for c in (*table(name).columns, PAID_AT)},
    )
    shaped = _orders(typed, "paid_at" in given) if name == "orders" else typed
    return shaped.select(*(column.name for column in table(name).columns))


def _mapping(engine: Engine, name: str, rows: ir.Table, said: ReadOnly[str, str] | Mapping) -> Mapping:
    mapping = said
    if not isinstance(mapping, Mapping):
        chosen = named(name, rows.columns, mapping)
        mapping = Mapping(table=name, columns={k: v for k, v in chosen.items() if k in _own(name) or k in mapping})
    lacked = missing(name, mapping.columns)
    if lacked:
        raise lacking(name, rows.columns, lacked)
    if is_lines(mapping):
        engine.need(Ability.LINES)
    return mapping


def _own(name: str) -> set[str]:
    """The columns that are taken by name alone; those of an order's lines are only taken when they are said."""
    return {column.name for column in (*table(name).columns, PAID_AT)}


def _value(engine: Engine, column: Column, given: ir.Value, zone: str) -> ir.Value:
    """A column cast to what its canonical column holds."""
    found = given.type()
    if found.is_null():
        return ibis.null(column.ibis_type)
    match column.kind:
        case "instant" if found.is_timestamp() and found.timezone is not None:
            return given.cast("timestamp")
        case "instant" if found.is_timestamp() or found.is_date():
            return local_to_utc(given.cast("timestamp"), zone)
        case "date" if found.is_timestamp() or found.is_date():
            return given.cast("date")
        case "money" if found.is_numeric():
            return _money(_known(given))
        case "number" | "integer" if found.is_numeric():
            return _known(given).cast(column.ibis_type)
        case "id" if found.is_string() or found.is_integer():
            return _text(given)
        case "text" | "status" | "json" if not found.is_nested():
            return _text(given)
    raise _untyped(engine, column, given)


def _known(given: ir.Value) -> ir.Value:
    """Not a number, as pandas writes what is missing, is no value."""
    return ibis.cases((~given.isnan(), given)) if given.type().is_floating() else given


def _text(given: ir.Value) -> ir.Value:
    """Without the white space that the importer takes off both ends too."""
    return given.cast("string").re_replace(EDGES, "").nullif("")


def _money(given: ir.Value) -> ir.Value:
    """Four decimals, a tie to the even digit, of the number as it is written: as the importer reads it."""
    written = given.cast("string") if given.type().is_floating() else given
    exact = written.cast("decimal(38, 24)")
    near = exact.cast("decimal(18, 4)")
    odd = (near * 10_000).cast("int64") % 2 != 0
    tie = (exact - near).abs() == _exactly("0.00005")
    even = near - ibis.ifelse(exact < 0, -1, 1).cast("decimal(18, 4)") * _exactly("0.0001")
    return ibis.ifelse(tie & odd, even.cast("decimal(18, 4)"), near)


def _exactly(number: str) -> ir.DecimalScalar:
    # A bare literal is one of three decimals to DuckDB.
    return ibis.literal(number).cast("decimal(38, 24)")


def _status(engine: Engine, rows: ir.Table, words: ir.Value, mapping: Mapping) -> ir.Value:
    """What the shop's words mean; the different ones are looked at once."""
    seen = rows.select(word=words).filter(ibis._.word.notnull()).distinct().limit(MOST_WORDS + 1)
    found = [str(row["word"]) for row in engine.arrow(seen).to_pylist()]
    if len(found) > MOST_WORDS:
        raise _too_many(mapping, found[0])
    known = meanings(mapping, found)
    strange = [word for word in found if word not in known]
    if strange:
        raise InputError(
            f"{mapping.table}: the status {strange[0]!r} is not known",
            "say in status_values of a Mapping whether it means paid, unpaid, cancelled or refund",
            zh=f"{mapping.table}：不认识状态 {strange[0]!r}",
            hint_zh="请在 Mapping 的 status_values 中说明它是 paid、unpaid、cancelled 还是 refund",
            table=mapping.table,
            words=strange,
        )
    return ibis.cases(*((words == word, status) for word, status in known.items())) if known else words


def _too_many(mapping: Mapping, example: str) -> InputError:
    column = mapping.columns["status"]
    return InputError(
        f"{mapping.table}: {column} has more than {MOST_WORDS} different values, such as {example!r}",
        "say which column holds the status, or leave the status out: then every order counts as paid",
        zh=f"{mapping.table}：{column} 有超过 {MOST_WORDS} 种不同的值，例如 {example!r}",
        hint_zh="请指明哪一列是订单状态，或不指定状态列：所有订单将视为已支付",
        table=mapping.table,
        column=column,
        value=example,
    )


def _orders(rows: ir.Table, payment_told: bool) -> ir.Table:
    """One order a row: a negative amount is money back; unpaid when the payment time is known to be empty."""
    back = rows.amount < 0
    unpaid = rows.paid_at.isnull() & (rows.refunded_amount.coalesce(0) == 0) if payment_told else ibis.literal(False)
    zero = ibis.literal(0).cast("decimal(18, 4)")
    return rows.mutate(
        amount=rows.amount.coalesce(zero).abs().cast("decimal(18, 4)"),
        refunded_amount=rows.refunded_amount.abs().cast("decimal(18, 4)"),
        status=ibis.cases((back, "refund"), (rows.status.notnull(), rows.status), (unpaid, "unpaid"), else_="paid"),
    )


def _untyped(engine: Engine, column: Column, given: ir.Value) -> InputError:
    reason = LIMITS[engine.key][Ability.TEXT]
    kind = str(given.type())
    return InputError(
        f"{given.get_name()} is of type {kind}, and {column.name} needs {column.ibis_type}",
        reason.en,
        zh=f"{given.get_name()} 的类型是 {kind}，而 {column.name} 需要 {column.ibis_type}",
        hint_zh=reason.zh,
        column=column.name,
        type=kind,
    )
