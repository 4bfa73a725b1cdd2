"""Cuts are exact: who is equal to a statistic is low, however doubles would have it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import titian as tt
from tests.acceptance.product import dataset, differences, layers
from tests.oracle.matrix import rfm
from tests.oracle.shop import Order, Shop

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)


def shop(*amounts: str) -> Shop:
    """One order each, all on one day."""
    day = AS_OF - timedelta(days=9)
    return Shop(tuple(Order(str(i), f"c{i:03}", day, Decimal(amount)) for i, amount in enumerate(amounts)), "UTC")


@pytest.mark.parametrize(
    ("cut", "amounts"),
    [
        ("mean", ["0.1", "0.2", "0.3"]),
        ("mean", ["0.7", "0.1", "0.4"]),
        ("mean", ["1.1", "2.2", "3.3", "2.2", "2.2"]),
        ("mean", ["19.99", "20.01", "20", "20.03", "19.97"]),
        ("median", ["1.0001", "1.0002"]),
        ("median", ["0.0001", "0.0002", "0.0002", "0.0003"]),
        ("q0.8", [str(i / 10) for i in range(11)]),
        ("q0.29", [str(i) for i in range(101)]),
        ("q0.57", [str(i) for i in range(101)]),
        ("q0.07", [str(i / 100) for i in range(101)]),
        (0.1, ["0.1", "0.0999", "0.1001"]),
        (0.3, ["0.3", "0.2999", "0.1"]),
    ],
    ids=lambda given: (
        given if isinstance(given, str) else f"of {len(given)}" if isinstance(given, list) else str(given)
    ),
)
def test_money_at_and_beside_a_cut(cut: str | float, amounts: list[str]) -> None:
    given = shop(*amounts)
    got = tt.RFM(monetary=cut).assign(dataset(given), as_of=AS_OF)
    assert differences(layers(got), rfm(monetary=cut).assign(given, AS_OF)) == {}


def test_several_orders_that_add_up_to_the_cut_equal_it() -> None:
    day = AS_OF - timedelta(days=9)
    rows = [Order(f"a{i}", "a", day, Decimal("0.1")) for i in range(3)] + [Order("b", "b", day, Decimal("0.3"))]
    given = Shop(tuple(rows), "UTC")
    got = tt.RFM(monetary="mean").assign(dataset(given), as_of=AS_OF)
    assert differences(layers(got), rfm(monetary="mean").assign(given, AS_OF)) == {}
    assert layers(tt.RFM(monetary=0.3).assign(dataset(given), as_of=AS_OF))["a"].startswith("important")


@pytest.mark.parametrize("customers", range(2, 13))
@pytest.mark.parametrize("trait", ["average_order_value", "refund_share"])
def test_equal_shares_and_averages_are_equal_to_their_mean(trait: str, customers: int) -> None:
    day = AS_OF - timedelta(days=9)
    thirds = [
        Order(f"{who} {i}", f"c{who}", day, Decimal("0.1"), refunded_amount=Decimal("0.01"))
        for who in range(customers)
        for i in range(3)
    ]
    model = tt.Matrix(dimensions=(tt.MatrixDimension(trait=trait, cut="mean", better="high"),))
    assert set(layers(model.assign(dataset(Shop(tuple(thirds), "UTC")), as_of=AS_OF)).values()) == {"low"}


def test_a_mean_of_averages_is_not_rounded_to_money() -> None:
    day = AS_OF - timedelta(days=9)
    prices = {"a": ("0.0001", "0.0002"), "b": ("0.0001", "0.0001"), "c": ("0.0002", "0.0002")}
    rows = [Order(f"{who}{i}", who, day, Decimal(p)) for who, each in prices.items() for i, p in enumerate(each)]
    model = tt.Matrix(dimensions=(tt.MatrixDimension(trait="average_order_value", cut="mean"),))
    got = model.assign(dataset(Shop(tuple(rows), "UTC")), as_of=AS_OF)
    assert got.fitted.cuts[0].value == pytest.approx(0.00015, abs=1e-12)
    assert layers(got) == {"a": "low", "b": "low", "c": "high"}
