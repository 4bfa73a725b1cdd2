"""Cuts, the eight layers, scores and levels, checked by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.oracle.cuts import Cut, Rule, better, fit_cut
from tests.oracle.matrix import RFM_NAMES, Dimension, Matrix, rfm
from tests.oracle.score import scores
from tests.oracle.shop import Number, Order, Shop
from tests.oracle.value_levels import ValueLevels

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)


def shop(**customers: tuple[int, int, int]) -> Shop:
    """Customers by (days since the last order, number of orders, money in all)."""
    rows = []
    for who, (silent, count, spend) in customers.items():
        money = [Decimal(spend), *[Decimal(0)] * (count - 1)]
        at = AS_OF - timedelta(days=silent)
        rows += [Order(f"{who}{i}", who, at, amount) for i, amount in enumerate(money)]
    return Shop(tuple(rows), "UTC")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("mean", 4), ("median", Fraction(5, 2)), ("q0.8", Fraction(29, 5)), ("q0", 1), ("q1", 10), (0.1, Fraction(1, 10))],
)
def test_cuts(rule: Rule, expected: Fraction) -> None:
    assert fit_cut(rule, [10, 1, 3, 2]).value == expected


@pytest.mark.parametrize(
    ("value", "cut", "smaller", "high"),
    [
        (2, Cut(Fraction(2), inclusive=False), False, False),
        (2, Cut(Fraction(2), inclusive=True), False, True),
        (2, Cut(Fraction(2), inclusive=True), True, True),
        (1, Cut(Fraction(2), inclusive=False), True, True),
        (3, Cut(Fraction(2), inclusive=True), True, False),
        (None, Cut(Fraction(2), inclusive=True), True, False),
    ],
)
def test_better(value: Number | None, cut: Cut, smaller: bool, high: bool) -> None:
    assert better(value, cut, smaller) is high


def test_the_eight_layers_are_in_the_order_of_the_trade() -> None:
    bits = {name: "".join("1" if s == "high" else "0" for s in key.split("_")) for key, name in RFM_NAMES.items()}
    assert list(bits.values()) == ["111", "101", "011", "001", "110", "100", "010", "000"]
    assert list(bits)[:4] == [f"important_{x}" for x in ("value", "develop", "keep", "retain")]


def test_the_eight_layers_split() -> None:
    bits = {name: [side == "high" for side in key.split("_")] for key, name in RFM_NAMES.items()}
    rows = {name: (10 if r else 50, 9 if f else 1, 99 if m else 2) for name, (r, f, m) in bits.items()}
    assert rfm(30, 5, 50).assign(shop(**rows), AS_OF) == {name: name for name in rows}


def test_ties_at_a_statistic_are_low() -> None:
    alike = shop(a=(10, 1, 5), b=(10, 1, 5), c=(10, 1, 5))
    assert set(rfm("mean", "median", "q0.2").assign(alike, AS_OF).values()) == {"general_retain"}


def test_matrix_ranks_by_the_first_dimension_then_the_second() -> None:
    model = Matrix((Dimension("spend", 5), Dimension("order_count", 2)))
    assert model.layers == ("high_high", "high_low", "low_high", "low_low", "none")
    assert model.assign(shop(a=(1, 1, 9), b=(1, 2, 5), c=(1, 3, 4)), AS_OF) == {
        "a": "high_low",
        "b": "high_high",
        "c": "low_high",
    }


def test_scores_of_five_customers() -> None:
    five = shop(a=(1, 5, 50), b=(2, 4, 40), c=(3, 3, 30), d=(4, 2, 20), e=(5, 1, 10))
    found = scores(five, AS_OF)
    assert [found[who].total for who in "abcde"] == [5, 4, 3, 2, 1]
    assert [found[who].layer for who in "abcde"] == ["s5", "s4", "s3", "s2", "s1"]


def test_scores_of_equal_customers_are_one() -> None:
    assert {s.layer for s in scores(shop(a=(1, 1, 1), b=(1, 1, 1)), AS_OF).values()} == {"s1"}


def test_half_a_point_rounds_up() -> None:
    half = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    five = shop(a=(1, 1, 1), b=(2, 1, 1), c=(3, 1, 1), d=(4, 1, 1), e=(5, 1, 1))
    found = scores(five, AS_OF, weights=half)
    assert (found["b"].total, found["b"].layer) == (Fraction(5, 2), "s3")


def test_value_levels_ask_for_silence_first() -> None:
    rows = shop(a=(90, 1, 9), b=(90, 1, 1), c=(91, 1, 99), d=(180, 1, 1), e=(181, 1, 99))
    expected = {"a": "potential", "b": "potential", "c": "at_risk", "d": "at_risk", "e": "churned"}
    assert ValueLevels().assign(rows, AS_OF) == expected
    assert ValueLevels(spend=9).assign(rows, AS_OF)["a"] == "active"
