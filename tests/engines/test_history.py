"""Histories are the same on DuckDB and on a Spark cluster, followed and assigned day by day, told at once and on."""

from __future__ import annotations

from datetime import timedelta

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.conftest import Twins

pytestmark = pytest.mark.full

END = nasty.AS_OF.date()
START = END - timedelta(days=30)
FOLLOWED = {"rfm": tt.RFM(window_days=60), "levels": tt.ValueLevels(warning_days=7, churn_days=20)}


def told(layering: tt.Layering, data: tt.Dataset, end: object = END, every: str = "day") -> list[tuple[object, ...]]:
    got = tt.history(layering, data, start=START, end=end, every=every)  # type: ignore[arg-type]
    return list(got.to_pandas().astype(str).itertuples(index=False, name=None))


@pytest.mark.parametrize("layering", FOLLOWED.values(), ids=FOLLOWED)
def test_followed_days_are_the_same(small_shop: Twins, layering: tt.Layering) -> None:
    here = told(layering, small_shop.here)
    assert len({line[1] for line in here}) > 2
    assert told(layering, small_shop.there) == here


def test_weeks_are_the_same(small_shop: Twins) -> None:
    assert told(tt.RFM(), small_shop.there, every="week") == told(tt.RFM(), small_shop.here, every="week")


def test_a_history_goes_on_from_what_is_kept(small_shop: Twins) -> None:
    told(tt.RFM(), small_shop.there, END - timedelta(days=3))
    assert told(tt.RFM(), small_shop.there) == told(tt.RFM(), small_shop.here)


def test_days_that_are_assigned_are_the_same(small_shop: Twins) -> None:
    near = START + timedelta(days=1)
    assert told(tt.Lifecycle(), small_shop.there, near) == told(tt.Lifecycle(), small_shop.here, near)


def test_sizes_and_flows_of_a_history_are_the_same(small_shop: Twins) -> None:
    here, there = (tt.history(tt.RFM(), data, start=START, end=END) for data in (small_shop.here, small_shop.there))
    assert here.sizes().equals(there.sizes())
    assert here.flows(START, END) == there.flows(START, END)
    assert here.arrivals() == there.arrivals()
