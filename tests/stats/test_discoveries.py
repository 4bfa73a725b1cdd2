"""Discoveries: scipy's correction, with what was not tested left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from tests.stats.laws import law
from titian.stats.discoveries import corrected


@law
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_it_is_scipys(p_values):
    assert corrected(p_values) == pytest.approx(list(false_discovery_control(p_values)))


def test_what_was_not_tested_is_not_counted():
    assert corrected([0.01, None, 0.04]) == [pytest.approx(0.02), None, pytest.approx(0.04)]
    assert corrected([None]) == [None]
    assert corrected([]) == []
