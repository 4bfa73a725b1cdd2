"""Day by day: the history of any layering, by assigning every day and keeping what changed."""

from __future__ import annotations

from datetime import date
from functools import partial

import ibis
import ibis.expr.types as ir

from titian.domain.instants import instant
from titian.layering.assignment import assign
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.traits.changes import day_number
from titian.warehouse.dataset import Dataset
from titian.warehouse.keeping import KeptRelation


def arrivals(
    definition: Layering,
    data: Dataset,
    before: tuple[date, ir.Table],
    days: tuple[date, ...],
    fitted: Fitted | None,
) -> tuple[ir.Table, tuple[KeptRelation, ...]]:
    """Who came to a layer on each of `days`; `fitted` anew each day when None.

    `before` is a day and who was where then (customer_id, layer). Only who is in another layer than on the day before
    is kept of a day.
    """
    named = (definition.kind, definition.model_dump_json(), None if fitted is None else fitted.model_dump_json())
    key = ("daily", data.version, *named)
    parts: list[ir.Table] = []
    kept: list[KeptRelation] = []
    last, there = before
    for day in days:
        here = assign(definition, data, instant(day, data.timezone), fitted).table.select("customer_id", "layer")
        here, held = data.engine.keep((*key, day), partial(_same, here))
        came, also = data.engine.keep((*key, last, day), partial(_came, there, here, day))
        parts.append(came)
        kept += [held, also]
        last, there = day, here
    return ibis.union(*parts) if len(parts) > 1 else parts[0], tuple(kept)


def _same(rows: ir.Table) -> ir.Table:
    return rows


def _came(before: ir.Table, here: ir.Table, day: date) -> ir.Table:
    """Who is in another layer than before, or is new."""
    joined = here.left_join(before.select("customer_id", source="layer"), "customer_id")
    turned = joined.filter(joined.source.isnull() | (joined.source != joined.layer))
    no_cut = ibis.literal(0).cast("int64")
    before = ibis.ifelse(turned.source.isnull(), ibis.null("int64"), no_cut)
    since = ibis.literal(day_number(day)).cast("int64")
    return turned.select("customer_id", "layer", since=since, sides=no_cut, sides_before=before)
