"""Rows: customers with their layer, the layering's own traits, and the traits that every list and portrait shows."""

from __future__ import annotations

import ibis.expr.types as ir

from titian.app import masking
from titian.layering.assignment import Assignment
from titian.traits.catalogue import trait
from titian.traits.planner import TraitTable, trait_table, with_bases
from titian.traits.trait import Trait

SHOWN = (
    "recency_days",
    "order_count",
    "spend",
    "average_order_value",
    "active_days",
    "typical_gap_days",
    "tenure_days",
    "refund_share",
    "first_order_at",
    "last_order_at",
)
"""Over all history, beside what the layering itself reads."""


def shown_traits() -> dict[str, Trait]:
    """The traits of every list, by column."""
    return {name: trait(name) for name in SHOWN}


def wide(got: Assignment) -> TraitTable:
    """The shown traits of everyone as of the assignment's instant; computed once per state of the data."""
    return trait_table(with_bases(shown_traits().values()), got.data, got.as_of)


def columns_of(got: Assignment) -> dict[str, Trait]:
    """The traits of `described`, by column: the layering's own first; personal ones only for whom may see them."""
    own = got.definition.traits()
    shown = {**own, **{name: trait for name, trait in shown_traits().items() if name not in own}}
    return {name: trait for name, trait in shown.items() if masking.shows(trait)}


def described(got: Assignment) -> ir.Table:
    """customer_id, layer, and a column per trait of `columns_of`."""
    rows = got.table.select("customer_id", "layer", *got.definition.traits())
    return _joined(rows, wide(got).rows, [k for k in shown_traits() if k not in got.definition.traits()])


def with_money(got: Assignment) -> ir.Table:
    """The assignment with `money`: what `money_trait` says."""
    if "spend" in got.definition.traits():
        return got.table.mutate(money=got.table.spend)
    rows = trait_table(with_bases([money_trait(got)]), got.data, got.as_of).rows
    return _joined(got.table, rows.select("customer_id", money=rows.spend), ["money"])


def money_trait(got: Assignment) -> Trait:
    """Spend in the layering's own window, else over all history."""
    return got.definition.traits().get("spend", trait("spend"))


def _joined(rows: ir.Table, others: ir.Table, names: list[str]) -> ir.Table:
    return rows.left_join(others.select("customer_id", *names), "customer_id").drop("customer_id_right")
