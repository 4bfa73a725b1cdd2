"""Standings: one customer's traits, and which share of the ranked customers lies below each.

The values that customers have are kept for every day that is asked for, thinned out to so many steps of equal numbers of
customers; a share is exact where a trait has fewer values than that, and else at most one step too small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ibis
import ibis.expr.types as ir

from titian.app.answers.customers import TraitMark
from titian.app.desk import Reading
from titian.app.rows import shown_traits
from titian.app.showing import cell, number, trait_info
from titian.traits.planner import TraitTable

STEPS = 2_000


def marks(reading: Reading, everyone: TraitTable, mine: ir.Table, customer_id: str) -> tuple[TraitMark, ...]:
    """The shown traits with the share of ranked customers below, ties counted half; `mine` is the customer's row."""
    traits, zone = shown_traits(), reading.desk.workspace.zone
    numeric = [name for name, trait in traits.items() if trait.unit.numeric]
    kept = everyone.kept.name if everyone.kept else None
    spread = everyone.computed(("spread", kept), lambda: _spread(everyone.rows, numeric))
    asked = reading.desk.questions.ask
    (own,) = asked(everyone.data, customer_id, ("own", kept), lambda _: mine.select(*traits))
    stands = asked(everyone.data, customer_id, ("stands", kept), lambda _: _stands(spread, mine, numeric))
    found = {str(row["trait"]): row for row in stands}
    return tuple(
        TraitMark(
            trait=trait_info(name, trait),
            value=cell(own[name], zone),
            percentile=_percentile(found[name]) if name in found and own[name] is not None else None,
        )
        for name, trait in traits.items()
    )


def _spread(rows: ir.Table, names: Iterable[str]) -> ir.Table:
    """Of each trait the values that ranked customers have: how many have it, and how many have it or less."""
    ranked = rows.filter(rows.last_order_at.notnull())
    return ibis.union(*(_values(ranked, name) for name in names)).order_by("trait", "value")


def _values(ranked: ir.Table, name: str) -> ir.Table:
    valued = ranked.select(value=ranked[name].cast("float64")).drop_null("value")
    counted = valued.group_by("value").aggregate(same=valued.count())
    upto = counted.same.sum().over(ibis.cumulative_window(order_by=counted.value))
    found = counted.select("value", "same", trait=ibis.literal(name), upto=upto, everyone=counted.same.sum().over())
    step = (found.upto * STEPS).floordiv(found.everyone)
    last = found.mutate(last=found.value == found.value.max().over(ibis.window(group_by=step)))
    # What many share is kept whatever its step.
    return last.filter(last.last | (last.same * STEPS >= last.everyone)).drop("last")


def _stands(spread: ir.Table, mine: ir.Table, names: Iterable[str]) -> ir.Table:
    """Of each trait how many ranked customers have one, a lower one than `mine`, and the same."""
    own = ibis.union(*(mine.select(trait=ibis.literal(name), own=mine[name].cast("float64")) for name in names))
    both = spread.join(own, "trait")
    return both.group_by("trait").aggregate(
        below=both.upto.max(where=both.value < both.own),
        same=both.same.max(where=both.value == both.own),
        everyone=both.everyone.max(),
    )


def _percentile(found: Mapping[str, object]) -> float | None:
    everyone = number(found["everyone"])
    if not everyone:
        return None
    return ((number(found["below"]) or 0) + (number(found["same"]) or 0) / 2) / everyone
