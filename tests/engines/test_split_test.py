"""The test of a split says the same on DuckDB and on a Spark cluster."""

from __future__ import annotations

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.conftest import Twins

pytestmark = [pytest.mark.full, pytest.mark.xdist_group("spark")]


@pytest.mark.parametrize("outcome", ["spend_90d", "order_count", "typical_gap_days", "part_of_day", "city"])
def test_effects_and_figures_are_the_same(small_shop: Twins, outcome: str) -> None:
    here, there = (
        tt.split_test(tt.RFM(), data, as_of=nasty.EARLIER, outcome=outcome, outcome_at=nasty.AS_OF)
        for data in (small_shop.here, small_shop.there)
    )
    assert (there.effect_size, there.low, there.high) == pytest.approx((here.effect_size, here.low, here.high))
    assert (there.p_value, there.values) == (pytest.approx(here.p_value), here.values)
    assert [note.code for note in there.notes] == [note.code for note in here.notes]
    for one, other in zip(here.layers, there.layers, strict=True):
        assert (other.customers, other.valued, other.counts) == (one.customers, one.valued, one.counts)
        assert (other.mean, other.median, other.low) == pytest.approx((one.mean, one.median, one.low))
