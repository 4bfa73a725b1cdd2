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
from titian.warehouse.dataset import Dataset
from titian.warehouse.keeping import KeptRelation


def daily(
    definition: Layering, data: Dataset, days: tuple[date, ...], fitted: Fitted | None
) -> tuple[ir.Table, tuple[KeptRelation, ...]]:
    """customer_id, layer, valid_from, valid_to, reason; `fitted` on each day anew when None.

    Only who is in another layer than the day before is kept of a day.
    """
    named = (definition.kind, definition.model_dump_json(), None if fitted is None else fitted.model_dump_json())
    key = ("daily", data.version, data.meanings.digest, *named)
    parts: list[ir.Table] = []
    kept: list[KeptRelation] = []
    before: ir.Table | None = None
    for day in days:
        here = assign(definition, data, instant(day, data.timezone), fitted).table.select("customer_id", "layer")
        here, held = data.engine.keep((*key, day), partial(_same, here))
        turned, also = data.engine.keep((*key, days[0], day), partial(_turned, before, here, day))
        parts.append(turned)
        kept += [held, also]
        before = here
    return _intervals(ibis.union(*parts) if len(parts) > 1 else parts[0]), tuple(kept)


def _same(rows: ir.Table) -> ir.Table:
    return rows


def _turned(before: ir.Table | None, here: ir.Table, day: date) -> ir.Table:
    """Who is in another layer than before, or is new."""
    if before is None:
        return here.mutate(day=ibis.literal(day), reason=ibis.literal("start"))
    old = before.select("customer_id", source="layer")
    joined = here.left_join(old, "customer_id")
    turned = joined.filter(joined.source.isnull() | (joined.source != joined.layer))
    reason = ibis.ifelse(turned.source.isnull(), "entered", "changed")
    return turned.select("customer_id", "layer", day=ibis.literal(day), reason=reason)


def _intervals(turned: ir.Table) -> ir.Table:
    by_day = ibis.window(group_by="customer_id", order_by="day")
    return turned.select(
        "customer_id", "layer", valid_from="day", valid_to=turned.day.lead().over(by_day), reason="reason"
    )
