"""Discoveries: the corrections of scipy and statsmodels, with what was not tested left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from tests.stats.laws import law
from titian.stats.discoveries import corrected, stepped_down


@law
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_it_is_scipys(p_values):
    assert corrected(p_values) == pytest.approx(list(false_discovery_control(p_values)))


def test_what_was_not_tested_is_not_counted():
    assert corrected([0.01, None, 0.04]) == [pytest.approx(0.02), None, pytest.approx(0.04)]
    assert corrected([None]) == [None]
    assert corrected([]) == []


@pytest.mark.full
@law
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_stepping_down_is_statsmodels_holm(p_values):
    assert stepped_down(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


@law
@given(st.lists(st.floats(0, 1), max_size=12))
def test_stepping_down_is_never_more_lenient_than_controlling_false_finds(p_values):
    for one, other in zip(stepped_down(p_values), corrected(p_values), strict=True):
        assert one >= other - 1e-12


def test_stepping_down_does_not_count_what_was_not_tested():
    assert stepped_down([None, 0.01, None, 0.04, 0.03]) == [None, pytest.approx(0.03), None, 0.06, 0.06]
