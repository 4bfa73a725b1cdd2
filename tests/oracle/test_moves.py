"""Gaps and flows, checked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.oracle.cuts import Cut
from tests.oracle.flows import flow, split
from tests.oracle.gaps import gap, gaps
from tests.oracle.matrix import Dimension, rfm
from tests.oracle.shop import Number

MODEL = rfm()
RECENCY, COUNT, SPEND = MODEL.dimensions


def cut(value: str, inclusive: bool = False) -> Cut:
    return Cut(Fraction(value), inclusive)


@pytest.mark.parametrize(
    ("dimension", "value", "limit", "expected"),
    [
        (RECENCY, 10, cut("10"), "1"),
        (RECENCY, 10, cut("10", inclusive=True), "0"),
        (RECENCY, 12, cut("10.5"), "2"),
        (RECENCY, 9, cut("10"), "0"),
        (COUNT, 2, cut("2"), "1"),
        (COUNT, 1, cut("2.5"), "2"),
        (COUNT, 1, cut("3", inclusive=True), "2"),
        (SPEND, Decimal("10.00"), cut("10"), "0.01"),
        (SPEND, Decimal("9.995"), cut("10"), "0.01"),
        (SPEND, Decimal("-5"), cut("10", inclusive=True), "15"),
    ],
)
def test_the_smallest_step_beyond_which_it_is_high(
    dimension: Dimension, value: Number, limit: Cut, expected: str
) -> None:
    assert gap({dimension.trait: value}, limit, dimension) == Fraction(expected)


def test_the_largest_share_is_what_lacks() -> None:
    cuts = {"recency_days": cut("10"), "order_count": cut("4"), "spend": cut("100")}
    found = gaps(MODEL, {"recency_days": 14, "order_count": 2, "spend": Decimal(1)}, cuts)
    assert (found.gaps, found.lacking) == ({"recency_days": 5, "order_count": 3, "spend": Fraction("99.01")}, "spend")


def test_equal_shares_lack_in_the_order_of_the_dimensions() -> None:
    cuts = {"recency_days": cut("1"), "order_count": cut("1"), "spend": cut("0")}
    found = gaps(MODEL, {"recency_days": 1, "order_count": 1, "spend": Decimal(0)}, cuts)
    assert (set(found.shares.values()), found.lacking) == ({1}, "recency_days")


def test_nothing_lacks_when_all_is_high() -> None:
    cuts = {"recency_days": cut("10"), "order_count": cut("4"), "spend": cut("100")}
    assert gaps(MODEL, {"recency_days": 1, "order_count": 9, "spend": Decimal(999)}, cuts).lacking is None


def test_moves_from_and_to_an_unranked_layer_are_across() -> None:
    start = {"a": "gold", "b": "iron", "c": "none", "d": "iron", "e": "gold"}
    end = {"a": "iron", "b": "gold", "c": "iron", "d": "iron", "f": "gold"}
    found = flow(start, end, ("gold", "iron"))
    assert (found.stayed, found.up, found.down, found.across) == (1, 1, 1, 1)
    assert (found.entered, found.left) == ({"gold": 1}, {"gold": 1})


def test_a_split_goes_by_the_start_fit_first() -> None:
    found = split({"a": "iron"}, {"a": "gold"}, {"a": "iron", "z": "gold"})
    assert (found.by_customer, found.by_cut) == ({("iron", "gold"): 1}, {("gold", "iron"): 1})
