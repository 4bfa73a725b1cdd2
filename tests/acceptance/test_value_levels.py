"""Value levels are the oracle's."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import THOROUGH, dataset, differences, layers
from tests.oracle.cuts import Rule
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops
from tests.oracle.value_levels import ValueLevels

TIMES = st.sampled_from([(90, 180), (1, 2), (30, 365), ("q0.5", "q0.9"), (2, "q0.8")])


@pytest.mark.full
@THOROUGH
@given(asked_shops(), TIMES, st.sampled_from(["median", "mean", "q0.8", 10]), st.sampled_from([365, None, 30]))
def test_every_level(
    asked: tuple[Shop, datetime], times: tuple[int | str, int | str], cut: Rule, window: int | None
) -> None:
    shop, as_of = asked
    warning, churn = times
    levels = tt.ValueLevels(warning_days=warning, churn_days=churn, spend=cut, window_days=window)
    expected = ValueLevels(cut, warning, churn, window).assign(shop, as_of)
    assert differences(layers(levels.assign(dataset(shop), as_of=as_of)), expected) == {}
