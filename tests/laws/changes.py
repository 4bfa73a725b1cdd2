"""Changes of a shop that must, or must not, change where its customers are."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from tests.oracle.shop import Order, Shop


def with_orders(shop: Shop, *more: Order) -> Shop:
    return replace(shop, orders=(*shop.orders, *more))


def shuffled(shop: Shop, seed: int) -> Shop:
    """The same rows in another order."""
    rows, people = list(shop.orders), list(shop.customers)
    random.Random(seed).shuffle(rows)
    random.Random(seed).shuffle(people)
    return replace(shop, orders=tuple(rows), customers=tuple(people))


def renamed(shop: Shop, name: Callable[[str], str]) -> Shop:
    """The same people under other ids."""
    orders = (replace(o, customer_id=None if o.customer_id is None else name(o.customer_id)) for o in shop.orders)
    people = (replace(c, customer_id=name(c.customer_id)) for c in shop.customers)
    return replace(shop, orders=tuple(orders), customers=tuple(people))


def priced(shop: Shop, factor: int) -> Shop:
    """The same orders in a smaller coin."""
    return replace(
        shop,
        orders=tuple(
            replace(
                o,
                amount=o.amount * factor,
                refunded_amount=None if o.refunded_amount is None else o.refunded_amount * factor,
            )
            for o in shop.orders
        ),
    )


def moved(shop: Shop, days: int) -> Shop:
    """Everything so many days later."""
    by = timedelta(days=days)
    return replace(
        shop,
        orders=tuple(
            replace(o, ordered_at=o.ordered_at + by, refunded_at=None if o.refunded_at is None else o.refunded_at + by)
            for o in shop.orders
        ),
        customers=tuple(
            replace(c, first_seen_at=None if c.first_seen_at is None else c.first_seen_at + by) for c in shop.customers
        ),
    )


def with_twins(shop: Shop) -> Shop:
    """Everybody twice: the twin does the same at the same time."""
    twins = renamed(shop, lambda who: f"{who} twin")
    orders = tuple(replace(o, order_id=f"{o.order_id} twin") for o in twins.orders)
    return replace(shop, orders=shop.orders + orders, customers=shop.customers + twins.customers)


def with_noise(shop: Shop, as_of: datetime) -> Shop:
    """More rows that are no purchase of anybody: unpaid, cancelled, of nobody, and after the day."""
    known = [o for o in shop.orders if o.customer_id is not None and o.ordered_at < as_of]
    noise = [
        replace(o, order_id=f"{o.order_id} {status}", status=status, refunded_amount=None, refunded_at=None, amount=Decimal(7777))
        for o in known[:12]
        for status in ("unpaid", "cancelled")
    ]  # fmt: skip
    nobodys = [replace(o, order_id=f"{o.order_id} nobody", customer_id=None) for o in shop.orders[:12]]
    tomorrow = as_of + timedelta(days=1)
    later = [replace(o, order_id=f"{o.order_id} later", ordered_at=tomorrow, refunded_at=None) for o in known[:12]]
    return with_orders(shop, *noise, *nobodys, *later)


def in_halves(shop: Shop) -> Shop:
    """Every paid order that kept its money comes as two of half the amount, the odd ten-thousandth in the first."""
    whole = [o for o in shop.orders if o.status == "paid" and o.refunded_amount is None]
    kept = tuple(o for o in shop.orders if o not in whole)
    parts = []
    for order in whole:
        half = (order.amount / 2).quantize(Decimal("0.0001"), rounding="ROUND_DOWN")
        parts += [
            replace(order, order_id=f"{order.order_id}/1", amount=order.amount - half),
            replace(order, order_id=f"{order.order_id}/2", amount=half),
        ]
    return replace(shop, orders=(*kept, *parts))
