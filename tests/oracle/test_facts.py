"""Traits of one customer, checked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.oracle.facts import Traits, population, traits_of
from tests.oracle.shop import Customer, Order, Shop

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)


def order(day: str, amount: int, status: str = "paid", refunded: int = 0, refunded_on: str | None = None) -> Order:
    at = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    back = datetime.fromisoformat(refunded_on).replace(hour=12, tzinfo=UTC) if refunded_on else None
    return Order(day, "a", at, Decimal(amount), status, Decimal(refunded), back)


def traits(*orders: Order, days: int | None = None) -> Traits:
    return traits_of(Shop(orders, "UTC"), list(orders), AS_OF, days)


def test_two_purchases() -> None:
    found = traits(order("2024-06-01", 30), order("2024-06-21", 50))
    assert (found.recency_days, found.tenure_days, found.order_count, found.active_days) == (10, 30, 2, 2)
    assert (found.spend, found.average_order_value, found.typical_gap_days) == (80, 40, 20)


def test_who_never_bought_has_spent_nothing() -> None:
    found = traits(order("2024-06-01", 30, "unpaid"), order("2024-06-02", 30, "cancelled"))
    assert (found.order_count, found.spend, found.active_days) == (0, 0, 0)
    assert found.recency_days is found.average_order_value is found.refund_share is found.first_order_at is None


def test_a_refund_row_takes_money_and_is_no_purchase() -> None:
    found = traits(order("2024-06-01", 30), order("2024-06-21", 10, "refund"))
    assert (found.order_count, found.recency_days, found.spend, found.refund_share) == (1, 30, 20, Fraction(1, 3))


def test_spend_may_be_negative_in_a_window() -> None:
    found = traits(order("2024-01-01", 30), order("2024-06-21", 30, "refund"), days=30)
    assert (found.order_count, found.spend) == (0, -30)


@pytest.mark.parametrize(
    ("refunded", "on", "count", "spend"),
    [(29, "2024-06-05", 1, 1), (30, "2024-06-05", 0, 0), (30, "2024-07-01", 1, 30), (30, None, 0, 0)],
    ids=["in part", "in full", "in full but later", "in full, undated: on the order's day"],
)
def test_a_refund_counts_from_its_own_date(refunded: int, on: str | None, count: int, spend: int) -> None:
    found = traits(order("2024-06-01", 30, refunded=refunded, refunded_on=on))
    assert (found.order_count, found.spend) == (count, spend)


def test_an_order_of_zero_is_a_purchase() -> None:
    assert traits(order("2024-06-01", 0)).order_count == 1


def test_the_window_starts_with_its_first_instant_and_ends_before_as_of() -> None:
    edges = (AS_OF - timedelta(days=30, microseconds=1), AS_OF - timedelta(days=30), AS_OF)
    rows = tuple(Order(str(at), "a", at, Decimal(1)) for at in edges)
    assert traits(*rows, days=30).order_count == 1


def test_typical_gap_is_over_distinct_days() -> None:
    days = ("2024-06-01", "2024-06-01", "2024-06-03", "2024-06-10")
    assert traits(*(order(day, 1) for day in days)).typical_gap_days == Fraction(9, 2)
    assert traits(*(order(day, 1) for day in days[:2])).typical_gap_days is None


def test_everyone_seen_before_as_of_and_nobody_else() -> None:
    early, late = datetime(2024, 6, 30, tzinfo=UTC), AS_OF
    rows = (Order("1", "a", early, Decimal(1), "cancelled"), Order("2", "b", late, Decimal(1)))
    nameless = Order("3", None, early, Decimal(1))
    known = (Customer("c"), Customer("d", early), Customer("e", late))
    assert population(Shop((*rows, nameless), "UTC", known), date_of(AS_OF)) == {"a", "c", "d"}


def date_of(at: datetime) -> datetime:
    return datetime.combine(date(at.year, at.month, at.day), datetime.min.time())
