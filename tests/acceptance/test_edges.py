"""Small and flat shops: defined layers, and a note that says what the numbers rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import titian as tt
from tests.acceptance.product import dataset, layers
from tests.oracle.shop import Customer, Order, Shop

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
ALL = [tt.RFM(), tt.RFMScore(), tt.ValueLevels()]


def shop(*orders: tuple[str, int, str], known: tuple[str, ...] = ()) -> Shop:
    """Orders as (customer, days ago, amount)."""
    rows = (
        Order(str(i), who, AS_OF - timedelta(days=ago), Decimal(amount)) for i, (who, ago, amount) in enumerate(orders)
    )
    return Shop(tuple(rows), "UTC", tuple(Customer(who) for who in known))


def everyone_once(customers: int) -> Shop:
    return shop(*((f"c{i:02}", i + 1, str(i)) for i in range(customers)))


@pytest.mark.parametrize("layering", ALL, ids=lambda layering: layering.kind)
def test_nobody_at_all(layering: tt.RFM) -> None:
    got = layering.assign(dataset(shop()), as_of=AS_OF)
    assert layers(got) == {}
    assert got.notes


@pytest.mark.parametrize("layering", ALL, ids=lambda layering: layering.kind)
def test_only_people_who_never_bought(layering: tt.RFM) -> None:
    got = layering.assign(dataset(shop(known=("a", "b"))), as_of=AS_OF)
    assert layers(got) == {"a": "none", "b": "none"}
    assert got.notes


def test_as_of_before_all_data_is_refused_with_the_day_they_begin() -> None:
    with pytest.raises(tt.TitianError, match="2024-06-28"):
        tt.RFM().assign(dataset(everyone_once(3)), as_of=AS_OF - timedelta(days=900))


@pytest.mark.parametrize("seen_at", [None, AS_OF - timedelta(days=60)], ids=["undated", "dated"])
def test_customers_known_before_the_first_order_are_data(seen_at: datetime | None) -> None:
    early = replace(everyone_once(3), customers=(Customer("known", seen_at),))
    assert layers(tt.RFM().assign(dataset(early), as_of=AS_OF - timedelta(days=30))) == {"known": "none"}


@pytest.mark.parametrize(
    ("layering", "expected"),
    [(tt.RFM(), "general_retain"), (tt.RFMScore(), "s1"), (tt.ValueLevels(), "potential")],
    ids=["rfm", "rfm_score", "value_levels"],
)
def test_one_customer_ties_with_the_statistics_and_is_low(layering: tt.RFM, expected: str) -> None:
    got = layering.assign(dataset(shop(("a", 3, "9.90"))), as_of=AS_OF)
    assert layers(got) == {"a": expected}
    assert got.notes


@pytest.mark.parametrize("cut", ["mean", "median", "q0.2", "q0.8"])
@pytest.mark.parametrize("amount", ["0", "0.1", "33.33", "9999999.9999"])
def test_customers_who_are_all_alike_are_all_low(cut: str, amount: str) -> None:
    alike = shop(*((f"c{i}", 7, amount) for i in range(3)))
    got = tt.RFM(recency=cut, frequency=cut, monetary=cut).assign(dataset(alike), as_of=AS_OF)
    assert set(layers(got).values()) == {"general_retain"}
    assert got.notes


def test_where_everyone_bought_once_nobody_is_frequent_and_it_says_so() -> None:
    got = tt.RFM().assign(dataset(everyone_once(40)), as_of=AS_OF)
    assert set(layers(got).values()) <= {"important_develop", "important_retain", "general_develop", "general_retain"}
    assert got.notes
