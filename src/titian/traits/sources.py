"""Sources: the row sets that traits fold, each with the facts a fold may name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from titian.traits.moment import Moment
from titian.warehouse.dataset import Dataset

Rows = Callable[[Dataset, Moment], ir.Table]


@dataclass(frozen=True)
class Source:
    """A set of rows, one scan: those of known customers strictly before the as_of, with their facts as columns."""

    name: str
    needs: str
    """The canonical table it reads."""
    at: str
    rows: Rows


def _before(data: Dataset, table: str, at: str, moment: Moment) -> ir.Table:
    rows = data.table(table)
    return rows.filter(rows.customer_id.notnull(), rows[at] < moment.until)


def order_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Orders with `is_paid`, `is_refund`, `refund_at`, `is_purchase` and `customer_day`.

    A purchase is a paid order that was not fully refunded by the as_of. An undated refund counts at its order's time.
    """
    rows = _before(data, "orders", "ordered_at", moment)
    rows = rows.mutate(
        is_paid=rows.status == "paid",
        is_refund=rows.status == "refund",
        refund_at=rows.refunded_at.coalesce(rows.ordered_at),
        refunded=rows.refunded_amount.coalesce(ibis.literal(0).cast("decimal(18, 4)")),
    )
    gone = (rows.refunded > 0) & (rows.refunded >= rows.amount) & (rows.refund_at < moment.until)
    return rows.mutate(is_purchase=rows.is_paid & ~gone)


def purchase_day_rows(data: Dataset, moment: Moment) -> ir.Table:
    """One row per customer and local day with a purchase: `day`, the `gap_days` since the one before, and `at`."""
    orders = order_rows(data, moment)
    orders = orders.filter(orders.is_purchase)
    orders = orders.mutate(day=moment.local_day_number(orders.ordered_at))
    days = orders.group_by("customer_id", "day").aggregate(at=orders.ordered_at.max())
    before = days.day.lag().over(group_by=days.customer_id, order_by=days.day)
    return days.mutate(gap_days=days.day - before, has_gap=before.notnull())


def event_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Events of known customers before the as_of."""
    return _before(data, "events", "occurred_at", moment)


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source("orders", "orders", "ordered_at", order_rows),
        Source("purchase_days", "orders", "at", purchase_day_rows),
        Source("events", "events", "occurred_at", event_rows),
    )
}
