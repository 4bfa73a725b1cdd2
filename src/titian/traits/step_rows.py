"""Step rows: the events and orders that are a step of a trajectory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from titian.domain.trajectory import Step, Trajectory
from titian.traits.exact import exactly
from titian.traits.moment import Moment
from titian.traits.sources import Needs, order_rows
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class Stretch:
    """From `since` on up to before `before`, in UTC without a zone as the warehouse stores instants; None: without end."""

    since: datetime | None = None
    before: datetime | None = None

    def of(self, rows: ir.Table) -> ir.Table:
        """Those of rows with `at` that lie in it."""
        if self.since is not None:
            rows = rows.filter(rows.at >= ibis.literal(self.since))
        return rows if self.before is None else rows.filter(rows.at < ibis.literal(self.before))


def step_rows(step: Step, data: Dataset, moment: Moment, stretch: Stretch) -> ir.Table:
    """customer_id and `at` of all that is this step, of known customers, before the as_of and in a stretch of time."""
    rows = _events(step, data) if step.event else _orders(step, data, moment)
    if step.channel is not None:
        rows = rows.filter(rows.channel.isin(step.channel))
    if step.value_from is not None:
        rows = rows.filter(rows.value >= exactly(step.value_from))
    if step.value_to is not None:
        rows = rows.filter(rows.value <= exactly(step.value_to))
    rows = stretch.of(rows.filter(rows.at < moment.until))
    return rows.select("customer_id", at=rows.at.cast("timestamp"))


def tables_of_steps(trajectory: Trajectory) -> Needs:
    """The canonical tables that a trajectory rests on."""
    said = (*trajectory.steps, *trajectory.exclude)
    named = {"events" if step.event else "orders" for step in said}
    lines = {"order_items" for step in said if step.orders and step.product_id}
    return frozenset(frozenset({name}) for name in named | lines)


def _events(step: Step, data: Dataset) -> ir.Table:
    assert step.event is not None
    rows = data.table("events")
    rows = rows.filter(rows.customer_id.notnull(), rows.event.isin(data.names_of(step.event)))
    if step.product_id is not None:
        rows = rows.filter(rows.product_id.isin(step.product_id))
    return rows.select("customer_id", "channel", "value", at=rows.occurred_at)


def _orders(step: Step, data: Dataset, moment: Moment) -> ir.Table:
    rows = order_rows(data, moment)
    rows = rows.filter(rows.is_purchase)
    if step.product_id is not None:
        lines = data.table("order_items")
        rows = rows.semi_join(lines.filter(lines.product_id.isin(step.product_id)), "order_id")
    return rows.select("customer_id", "channel", value=rows.amount.cast("float64"), at=rows.ordered_at)
