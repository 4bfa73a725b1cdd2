"""Flows and impact: everyone is accounted for."""

from __future__ import annotations

import pytest

import titian as tt
from tests.shops import shop, spread
from titian.errors import InputError

LINES = (
    ("stays", "2024-01-10", 50.0),
    ("stays", "2024-05-10", 50.0),
    ("drifts", "2024-01-20", 80.0),
    ("drifts", "2024-01-21", 80.0),
    ("climbs", "2024-01-05", 5.0),
    ("climbs", "2024-05-20", 200.0),
    ("comes", "2024-05-01", 9.0),
)


def test_start_and_end_are_conserved() -> None:
    got = tt.flows(tt.RFM(), shop(*LINES), start="2024-02-01", end="2024-06-01")
    inside = got.stayed + got.up + got.down + got.across
    assert (inside + got.left, inside + got.entered) == (3, 4)
    assert got.matrix.to_numpy().sum() == inside


def test_cuts_are_frozen_at_the_start() -> None:
    got = tt.flows(tt.RFM(), shop(*LINES), start="2024-02-01", end="2024-06-01")
    assert got.after.fitted == got.before.fitted == tt.RFM().assign(shop(*LINES), as_of="2024-02-01").fitted


def test_a_first_order_moves_across_from_none() -> None:
    data = shop(
        ("a", "2024-01-01", 1), ("b", "2024-01-01", 1), ("b", "2024-03-01", 1), status=["paid", "unpaid", "paid"]
    )
    got = tt.flows(tt.RFM(), data, start="2024-02-01", end="2024-04-01")
    assert (got.across, got.matrix.loc["none"].sum()) == (1, 1)


def test_refit_splits_moves_into_customer_and_cut() -> None:
    data = spread()
    got = tt.flows(tt.RFM(), data, start="2024-03-01", end="2024-06-01", refit=True)
    frozen = tt.flows(tt.RFM(), data, start="2024-03-01", end="2024-06-01")
    assert got.by_customer.matrix().equals(frozen.matrix)
    assert got.by_cut is not None
    assert got.by_cut.matrix().to_numpy().sum() == got.matrix.to_numpy().sum()


def test_the_end_lies_after_the_start() -> None:
    with pytest.raises(InputError, match="after the start"):
        tt.flows(tt.RFM(), spread(), start="2024-06-01", end="2024-06-01")


def test_impact_of_the_same_definition_is_nothing() -> None:
    assert tt.impact(tt.RFM(), tt.RFM(), spread(), as_of="2024-06-01").moved == 0


def test_impact_counts_who_would_be_elsewhere() -> None:
    got = tt.impact(tt.RFM(monetary=0), tt.RFM(monetary=10**6), spread(), as_of="2024-06-01")
    assert (got.down, got.up, got.across, got.stayed) == (12, 0, 0, 0)


def test_impact_between_kinds_lists_both_sets_of_layers() -> None:
    got = tt.impact(tt.RFM(), tt.ValueLevels(), spread(), as_of="2024-06-01")
    assert {"important_value", "churned"} <= set(got.matrix.index)
