"""Gap: what a customer lacks to be in a better layer, and where it lacks most."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from titian.domain.cut import FittedCut
from titian.layering.cuts import is_high
from titian.traits.trait import Trait


def gap_table(rows: ir.Table, traits: Mapping[str, Trait], cuts: Mapping[str, FittedCut]) -> ir.Table:
    """customer_id, `<trait>_gap` and `<trait>_share` per cut, and `lacking`.

    A gap is the smallest number of steps beyond which the dimension becomes high. The share is the gap divided by
    max(|cut|, one step). `lacking` is the dimension with the largest share, the earlier one in a tie; a dimension
    without a value lacks everything.
    """
    gaps = {name: _gap(rows[name], cut, traits[name].unit.step) for name, cut in cuts.items()}
    rows = rows.select("customer_id", "layer", **{f"{name}_gap": gap for name, gap in gaps.items()})
    shares = {
        f"{name}_share": rows[f"{name}_gap"] / max(abs(cut.value or 0.0), traits[name].unit.step)
        for name, cut in cuts.items()
    }
    rows = rows.mutate(**shares)
    return rows.mutate(lacking=_lacking(rows, list(cuts)))


def _gap(column: ir.Column, cut: FittedCut, step: float) -> ir.Value:
    value = column.cast("float64")
    if cut.value is None:
        return ibis.null("float64")
    behind = (cut.value - value) if cut.better == "high" else (value - cut.value)
    # A millionth of a step is below what decimals of money can hold and above what binary fractions blur.
    steps = (behind / step).round(6)
    needed = steps.ceil() if cut.inclusive else steps.floor() + 1
    gap = needed.cast("float64") / round(1 / step) if step < 1 else needed.cast("float64") * step
    return ibis.cases((is_high(column, cut), 0.0), else_=gap)


def _lacking(rows: ir.Table, names: list[str]) -> ir.Value:
    shares = {name: rows[f"{name}_share"].fill_null(float("inf")) for name in names}
    largest = reduce(lambda a, b: ibis.greatest(a, b), shares.values(), ibis.literal(0.0))
    branches = [(shares[name] == largest, name) for name in names]
    return ibis.cases((largest == 0, ibis.null("string")), *branches, else_=ibis.null("string"))
