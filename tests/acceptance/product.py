"""How the acceptance tests hand a shop to Titian and read what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Protocol

import pyarrow as pa
from hypothesis import HealthCheck, Phase, settings

import titian as tt
from tests.oracle.facts import Traits
from tests.oracle.shop import Customer, Number, Order, Shop, exact

Value = Number | str | datetime | None
Answers = dict[str, dict[str, Value]]
"""Column values by customer."""

QUICK = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""Without shrinking: every try costs queries, and a failure names its customers anyway."""
THOROUGH = settings(QUICK, max_examples=10)

UTC_INSTANT = pa.timestamp("us", tz="UTC")
MONEY = pa.decimal128(18, 4)
ORDERS = pa.schema(
    {
        "order_id": pa.string(),
        "customer_id": pa.string(),
        "ordered_at": UTC_INSTANT,
        "amount": MONEY,
        "status": pa.string(),
        "refunded_amount": MONEY,
        "refunded_at": UTC_INSTANT,
    }
)
CUSTOMERS = pa.schema({"customer_id": pa.string(), "first_seen_at": UTC_INSTANT})


class Tabular(Protocol):
    """Anything that becomes an Arrow table."""

    def to_arrow(self) -> pa.Table: ...


def orders_table(orders: tuple[Order, ...]) -> pa.Table:
    """The rows as Arrow, instants in UTC."""
    return pa.Table.from_pylist([vars(order) for order in orders], schema=ORDERS)


def customers_table(customers: tuple[Customer, ...]) -> pa.Table:
    """The rows as Arrow, instants in UTC."""
    return pa.Table.from_pylist([vars(customer) for customer in customers], schema=CUSTOMERS)


def dataset(shop: Shop) -> tt.Dataset:
    """The shop as Titian reads it."""
    return tt.Dataset(
        orders=orders_table(shop.orders),
        customers=customers_table(shop.customers),
        timezone=shop.zone,
        currency="CNY",
    )


def answers(got: Tabular) -> Answers:
    """What was said of each customer; nobody may come twice."""
    rows = got.to_arrow().to_pylist()
    said = {row.pop("customer_id"): row for row in rows}
    assert len(said) == len(rows)
    return said


def layers(got: Tabular) -> dict[str, str]:
    """The layer of each customer."""
    return {who: str(row["layer"]) for who, row in answers(got).items()}


def close(found: Value, expected: Value) -> bool:
    """The same, where a double may stand for the exact number."""
    if expected is None or found is None or isinstance(expected, str | datetime) or isinstance(found, str | datetime):
        return found == expected
    difference = abs(exact(found) - exact(expected))
    return difference <= Fraction(1, 10**9) * max(Fraction(1), abs(exact(expected)))


def differences(found: Mapping[str, object], expected: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Where two answers by customer are not equal: (found, expected)."""
    everyone = found.keys() | expected.keys()
    return {who: pair for who in everyone if (pair := (found.get(who), expected.get(who)))[0] != pair[1]}


def wrong(said: Answers, expected: dict[str, Traits], traits: list[str], suffix: str = "") -> list[tuple[Value, ...]]:
    """Where Titian says something else: customer, trait, found, expected."""
    return [
        (who, trait, said[who][trait + suffix], getattr(row, trait))
        for who, row in expected.items()
        for trait in traits
        if not close(said[who][trait + suffix], getattr(row, trait))
    ]
