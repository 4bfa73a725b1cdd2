"""A funnel counts the same on DuckDB and on a Spark cluster, and so does a rule that asks how far somebody went."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.conftest import Twins

pytestmark = [pytest.mark.full, pytest.mark.xdist_group("spark")]

START = str((nasty.AS_OF - timedelta(days=300)).date())
FUNNELS: dict[str, dict[str, Any]] = {
    "events": {"steps": ["view", "cart", "purchase"], "within_days": 60},
    "orders and something excluded": {"steps": ["view", {"orders": "paid"}, "view"], "exclude": ["search"]},
    "by layer": {"steps": ["view", {"orders": "paid"}], "by": tt.RFM(), "start": START, "within_days": 90},
    "of an audience": {"steps": ["view", "view", "cart"], "start": START, "audience": {"did": "view"}},
    "ten steps": {"steps": ["view", {"orders": "paid"}] * 5},
}


@pytest.mark.parametrize("name", FUNNELS)
def test_every_number_is_the_same(small_shop: Twins, name: str) -> None:
    here, there = (tt.funnel(data, **FUNNELS[name], as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there))
    assert here.everybody.entered, "an empty answer proves nothing"
    assert there.to_arrow().to_pylist() == here.to_arrow().to_pylist()
    assert (there.sentence, there.notes) == (here.sentence, here.notes)


@pytest.mark.parametrize("asked", [{"stopped_at": 1}, {"reached": 2, "between": [START, {"days_before": 3}]}])
def test_the_same_customers_went_as_far(small_shop: Twins, asked: dict[str, Any]) -> None:
    rule = {"funnel": {"steps": ["view", {"orders": "paid"}]}, **asked}
    here, there = (
        list(tt.select(rule, data, as_of=nasty.AS_OF).to_pandas().customer_id)
        for data in (small_shop.here, small_shop.there)
    )
    assert here == there != []
