"""Gaps: the smallest step beyond which a dimension becomes high."""

from __future__ import annotations

import math

import pytest

import titian as tt
from tests.shops import shop

DAY = "2024-06-01"


def gap_of(
    definition: tt.RFM, amount: float, day: str = "2024-05-22", target: str = "important_value"
) -> dict[str, object]:
    got = definition.assign(shop(("a", day, amount), ("b", "2024-05-12", 20), ("b", "2024-05-12", 0)), as_of=DAY)
    return got.gap(target).set_index("customer_id").loc["a"].to_dict()


@pytest.mark.parametrize(
    ("cut", "gap"), [(10, 0), (9, 1), ("mean", 0)], ids=["number includes itself", "one day", "better than the mean"]
)
def test_the_gap_in_days(cut: float | str, gap: float) -> None:
    assert gap_of(tt.RFM(recency=cut), 5)["recency_days_gap"] == gap


@pytest.mark.parametrize(
    ("cut", "gap"), [(1, 0), (2, 1), ("mean", 1)], ids=["has it", "one order", "tie with the mean"]
)
def test_the_gap_in_orders(cut: float | str, gap: float) -> None:
    mean_is_one_and_a_half = gap_of(tt.RFM(frequency=cut), 5)
    assert mean_is_one_and_a_half["order_count_gap"] == gap


@pytest.mark.parametrize(("cut", "gap"), [(10.03, 0.02), ("median", 5.0)], ids=["to the cent", "beyond a statistic"])
def test_the_gap_in_money(cut: float | str, gap: float) -> None:
    amount = 10.01
    expected = gap if cut == 10.03 else round(math.floor(((20 + amount) / 2 - amount) * 100 + 1) / 100, 2)
    assert gap_of(tt.RFM(monetary=cut), amount)["spend_gap"] == pytest.approx(expected, abs=1e-9)


def test_lacking_is_the_largest_share_of_the_cut() -> None:
    got = gap_of(tt.RFM(recency=5, frequency=2, monetary=100), 40)
    assert (got["recency_days_share"], got["order_count_share"], got["spend_share"]) == (1.0, 0.5, 0.6)
    assert got["lacking"] == "recency_days"


def test_ties_go_to_recency_then_frequency() -> None:
    assert gap_of(tt.RFM(recency=8, frequency=4, monetary=20), 5)["lacking"] == "order_count"
    assert gap_of(tt.RFM(recency=5, frequency=1, monetary=10), 0)["lacking"] == "recency_days"


def test_a_core_customer_lacks_nothing() -> None:
    got = gap_of(tt.RFM(recency=30, frequency=1, monetary=1), 5)
    assert got["lacking"] is None
    assert (got["recency_days_gap"], got["spend_gap"]) == (0, 0)


def test_only_what_the_target_asks_for_is_lacking() -> None:
    assert "order_count_gap" not in gap_of(tt.RFM(), 5, target="important_develop")


def test_who_never_bought_lacks_a_first_order() -> None:
    data = shop(("a", "2024-05-01", 5), ("b", "2024-05-01", 9), status=["paid", "cancelled"])
    gaps = tt.RFM(recency=3, frequency=2, monetary=8).assign(data, as_of=DAY).gap("important_value")
    assert gaps.set_index("customer_id").loc["b", "lacking"] == "recency_days"
