"""Which orders count, what was spent, and every trait of one customer as of an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tests.oracle.shop import Order, Shop

NOTHING = Decimal(0)


def refund_at(shop: Shop, order: Order) -> datetime:
    """When money of a paid order went back: its refund's own date, else the order's."""
    return shop.instant(order.refunded_at or order.ordered_at)


def given_back(shop: Shop, order: Order, as_of: datetime) -> Decimal:
    """Money of a paid order that had gone back before `as_of`."""
    refunded = order.refunded_amount or NOTHING
    return refunded if refund_at(shop, order) < as_of else NOTHING


def counts(shop: Shop, order: Order, as_of: datetime) -> bool:
    """A purchase: paid, before `as_of`, and not fully refunded by then. An amount of zero is a purchase."""
    if order.status != "paid" or shop.instant(order.ordered_at) >= as_of:
        return False
    back = given_back(shop, order, as_of)
    return not (back > 0 and back >= order.amount)


@dataclass(frozen=True)
class Window:
    """From `start` (None: ever) up to, and without, `end`."""

    start: datetime | None
    end: datetime

    def holds(self, at: datetime) -> bool:
        return at < self.end and (self.start is None or at >= self.start)


def window(shop: Shop, as_of: datetime, days: int | None) -> Window:
    """[as_of − days, as_of) on local clocks, or all of history."""
    end = shop.instant(as_of)
    return Window(None if days is None else shop.days_before(end, days), end)


def paid(shop: Shop, orders: Iterable[Order], within: Window) -> Decimal:
    """Money paid, by the orders' own dates, before anything went back."""
    return sum((o.amount for o in orders if o.status == "paid" and within.holds(shop.instant(o.ordered_at))), NOTHING)


def returned(shop: Shop, orders: Iterable[Order], within: Window) -> Decimal:
    """Money that went back within the window: parts of paid orders, and refund rows, each by its own date."""
    total = NOTHING
    for order in orders:
        if order.status == "refund" and within.holds(shop.instant(order.ordered_at)):
            total += order.amount
        if order.status == "paid" and within.holds(refund_at(shop, order)):
            total += order.refunded_amount or NOTHING
    return total


@dataclass(frozen=True)
class Traits:
    """What is known of one customer as of an instant; None where there is nothing to say."""

    recency_days: int | None
    order_count: int
    spend: Decimal
    average_order_value: Fraction | None
    first_order_at: datetime | None
    last_order_at: datetime | None
    tenure_days: int | None
    active_days: int
    typical_gap_days: Fraction | None
    refund_share: Fraction | None

    @property
    def bought(self) -> bool:
        return self.order_count > 0


def median(values: list[int]) -> Fraction:
    """The middle, or half-way between the two middles."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def traits_of(shop: Shop, orders: list[Order], as_of: datetime, days: int | None = None) -> Traits:
    """The traits of the customer whose rows are `orders`, within the last `days` days (None: all history)."""
    end, within = shop.instant(as_of), window(shop, as_of, days)
    bought = [shop.instant(o.ordered_at) for o in orders if counts(shop, o, end)]
    bought = sorted(at for at in bought if within.holds(at))
    purchase_days = sorted({shop.day(at) for at in bought})
    gaps = [(later - sooner).days for sooner, later in pairwise(purchase_days)]
    came_in, went_back = paid(shop, orders, within), returned(shop, orders, within)
    today = shop.day(end)
    return Traits(
        recency_days=(today - purchase_days[-1]).days if bought else None,
        order_count=len(bought),
        spend=came_in - went_back,
        average_order_value=Fraction(came_in - went_back) / len(bought) if bought else None,
        first_order_at=bought[0] if bought else None,
        last_order_at=bought[-1] if bought else None,
        tenure_days=(today - purchase_days[0]).days if bought else None,
        active_days=len(purchase_days),
        typical_gap_days=median(gaps) if gaps else None,
        refund_share=Fraction(went_back) / Fraction(came_in) if came_in else None,
    )


def population(shop: Shop, as_of: datetime) -> set[str]:
    """Everyone seen strictly before `as_of`: in an order row of any status, or in a row of customers."""
    end = shop.instant(as_of)
    ordered = {o.customer_id for o in shop.orders if o.customer_id is not None and shop.instant(o.ordered_at) < end}
    known = {c.customer_id for c in shop.customers if c.first_seen_at is None or shop.instant(c.first_seen_at) < end}
    return ordered | known


def all_traits(shop: Shop, as_of: datetime, days: int | None = None) -> dict[str, Traits]:
    """The traits of everyone seen before `as_of`."""
    rows: dict[str, list[Order]] = defaultdict(list)
    for order in shop.orders:
        if order.customer_id is not None:
            rows[order.customer_id].append(order)
    return {who: traits_of(shop, rows[who], as_of, days) for who in population(shop, as_of)}
