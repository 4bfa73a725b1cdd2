"""The planner: all traits that are asked for, in one scan per source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from titian.traits.moment import Moment
from titian.traits.sources import SOURCES
from titian.traits.trait import Fold, Match, Term, Trait, Unit
from titian.warehouse.dataset import Dataset
from titian.warehouse.engine import KeptRelation
from titian.warehouse.tables import TABLES


@dataclass(frozen=True)
class TraitTable:
    """One row per customer seen before `as_of`: customer_id and a column per trait, kept in the engine."""

    rows: ir.Table
    data: Dataset
    as_of: datetime
    kept: KeptRelation
    """Holding this holds the computed rows."""

    def view(self, columns: Mapping[str, Trait]) -> ir.Table:
        """customer_id, `ranked` (some trait has its basis) and the traits under a layering's own names."""
        named = {name: self.rows[trait.column] for name, trait in columns.items()}
        bases = {trait.basis.column for trait in columns.values() if trait.basis is not None}
        ranked = [self.rows[basis].notnull() for basis in sorted(bases)] or [ibis.literal(True)]
        return self.rows.select("customer_id", ranked=ibis.or_(*ranked), **named)

    def source(self, name: str) -> ir.Table:
        """The rows of a source of traits, before the as_of."""
        return SOURCES[name].rows(self.data, Moment(self.as_of, self.data.timezone, self.data.earliest))


def tables_of(traits: Iterable[Trait]) -> list[str]:
    """The canonical tables that these traits read."""
    sources = _by_source([trait for trait in _with_needs(traits) if isinstance(trait.made, Fold)])
    return list(dict.fromkeys(SOURCES[source].needs for source in sources))


def with_bases(traits: Iterable[Trait]) -> list[Trait]:
    """The traits and the bases that tell whom they mean anything for."""
    asked = list(traits)
    return [*asked, *(trait.basis for trait in asked if trait.basis is not None)]


def trait_table(traits: Iterable[Trait], data: Dataset, as_of: datetime) -> TraitTable:
    """The traits of every customer as of an instant, computed once per state of the data and kept.

    Columns: customer_id and one per trait, named `Trait.column`. The population is everyone seen strictly before.
    """
    wanted = sorted(set(traits), key=lambda trait: trait.column)
    key = (data.version, as_of, tuple(trait.column for trait in wanted))
    rows, kept = data.engine.keep(key, lambda: trait_query(wanted, data, as_of))
    return TraitTable(rows, data, as_of, kept)


def trait_query(traits: Iterable[Trait], data: Dataset, as_of: datetime) -> ir.Table:
    """The query behind `trait_table`, from the canonical tables, not yet computed."""
    wanted = tuple(dict.fromkeys(traits))
    moment = Moment(as_of, data.timezone, data.earliest)
    everything = _with_needs(wanted)
    folds = [trait for trait in everything if isinstance(trait.made, Fold)]
    parts = {source: _folded(source, group, data, moment) for source, group in _by_source(folds).items()}
    rows = _on_population(parts, data, moment)
    rows = rows.mutate(**{trait.column: _filled(rows[trait.column], trait) for trait in folds})
    for trait in everything:
        if not isinstance(trait.made, Fold):
            rows = rows.mutate(**{trait.column: _derived(trait, rows, moment)})
    return rows.select("customer_id", *(trait.column for trait in wanted))


def _with_needs(traits: Iterable[Trait]) -> list[Trait]:
    """The traits and all they are derived from, each after its needs."""
    ordered: dict[str, Trait] = {}
    for trait in traits:
        for need in _with_needs(trait.needed()):
            ordered.setdefault(need.column, need)
        ordered.setdefault(trait.column, trait)
    return list(ordered.values())


def _by_source(folds: list[Trait]) -> dict[str, list[Trait]]:
    groups: dict[str, list[Trait]] = {}
    for trait in folds:
        assert isinstance(trait.made, Fold)
        groups.setdefault(trait.made.source, []).append(trait)
    return groups


def _folded(source: str, traits: list[Trait], data: Dataset, moment: Moment) -> ir.Table:
    """One scan of a source: its rows as one column per trait, then one aggregate per customer.

    Adding a CASE per row is over twice as fast in DuckDB as aggregates with FILTER.
    """
    declared = SOURCES[source]
    rows = declared.rows(data, moment)
    columns = {trait.column: _row_value(trait, rows, declared.at, moment) for trait in traits}
    values = rows.select("customer_id", **columns)
    return values.group_by("customer_id").aggregate(
        **{trait.column: _aggregate(trait, values[trait.column]) for trait in traits}
    )


def _row_value(trait: Trait, rows: ir.Table, source_at: str, moment: Moment) -> ir.Value:
    assert isinstance(trait.made, Fold)
    parts = [_term_value(term, trait, rows, source_at, moment) for term in trait.made.terms]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total.cast("decimal(18, 4)") if trait.unit is Unit.MONEY else total


def _term_value(term: Term, trait: Trait, rows: ir.Table, source_at: str, moment: Moment) -> ir.Value:
    assert isinstance(trait.made, Fold)
    counts = _counts(term, trait.window_days, rows, source_at, moment)
    value = ibis.literal(1, "int64") if term.value is None else rows[term.value]
    if trait.made.how != "sum":
        return value if counts is None else ibis.cases((counts, value))
    value = -value if term.sign < 0 else value
    return value if counts is None else ibis.cases((counts, value), else_=ibis.literal(0).cast(value.type()))


def _counts(
    term: Term, window_days: int | None, rows: ir.Table, source_at: str, moment: Moment
) -> ir.BooleanValue | None:
    conditions: list[ir.BooleanValue] = []
    if isinstance(term.where, Match):
        conditions.append(rows[term.where.column] == term.where.value)
    elif term.where is not None:
        conditions.append(rows[term.where])
    if window_days is not None:
        conditions.append(rows[term.at] >= moment.window_start(window_days))
    if term.at != source_at:
        conditions.append(rows[term.at] < moment.until)
    return ibis.and_(*conditions) if conditions else None


def _aggregate(trait: Trait, column: ir.Column) -> ir.Value:
    assert isinstance(trait.made, Fold)
    match trait.made.how:
        case "sum":
            total = column.sum()
            return total.cast("float64") if trait.unit is Unit.MONEY else total
        case "count":
            return column.count()
        case "distinct":
            return column.nunique()
        case "median":
            return column.cast("float64").median()
        case how:
            return column.min() if how == "min" else column.max()


def _on_population(parts: dict[str, ir.Table], data: Dataset, moment: Moment) -> ir.Table:
    """The parts side by side for everyone seen before the as_of in any table."""
    seen_in = [table for table in ("customers", "orders", "events") if data.has(table)]
    if seen_in in (["orders"], []) and list(parts) == ["orders"]:
        return parts["orders"]
    rows = _population(seen_in or ["orders"], data, moment)
    for part in parts.values():
        rows = rows.left_join(part, "customer_id").drop("customer_id_right")
    return rows


def _population(seen_in: list[str], data: Dataset, moment: Moment) -> ir.Table:
    parts = []
    for name in seen_in:
        rows = data.table(name)
        at = rows.first_seen_at.coalesce(rows.registered_at) if name == "customers" else rows[TABLES[name].at]
        # A customer without a date of first sight is an undated fact: known from the start.
        seen = (at < moment.until) | at.isnull()
        parts.append(rows.filter(rows.customer_id.notnull(), seen).select("customer_id"))
    return ibis.union(*parts, distinct=True) if len(parts) > 1 else parts[0].distinct()


def _filled(column: ir.Value, trait: Trait) -> ir.Value:
    return column if trait.empty is None else column.fill_null(ibis.literal(trait.empty).cast(column.type()))


def _derived(trait: Trait, rows: ir.Table, moment: Moment) -> ir.Value:
    assert not isinstance(trait.made, Fold)
    values = {need.key: rows[need.column] for need in trait.needed()}
    return trait.made.compute(values, moment)
