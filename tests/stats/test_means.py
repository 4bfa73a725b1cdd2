"""Intervals of means: other people's code, and what can not be said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.means import interval_of_mean

VALUES = st.lists(st.integers(-900, 900), min_size=2, max_size=30)


@law
@given(VALUES, st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_the_interval_is_scipys(values, level):
    found = interval_of_mean(len(values), np.mean(values), np.var(values, ddof=1), level=level)
    if len(set(values)) == 1:
        assert found == pytest.approx((values[0], values[0]))
        return
    theirs = stats.ttest_1samp(values, 0).confidence_interval(level)
    assert found == pytest.approx((theirs.low, theirs.high))


@pytest.mark.parametrize("size", [0, 1])
def test_without_a_spread_there_is_no_interval(size):
    assert interval_of_mean(size, 5.0, 0.0) == (None, None)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(InputError):
        interval_of_mean(9, 5.0, 2.0, level=level)
