"""Scaling: mean zero and deviation one, long tails by their logarithm, constants left out."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.scaling import Scale, checked, in_order, scales_of

COLUMN = st.lists(st.integers(-1000, 1000), min_size=2, max_size=30)


def scale_of(column) -> Scale:
    (found,) = scales_of(["x"], np.array(column, dtype=float)[:, None])
    return found


@law
@given(COLUMN)
def test_scaled_values_have_mean_zero_and_deviation_one(column):
    for scale in scales_of(["x"], np.array(column, dtype=float)[:, None]):
        scaled = scale.scaled(column)
        assert (scaled.mean(), scaled.std()) == (pytest.approx(0, abs=1e-9), pytest.approx(1))


@law
@given(COLUMN)
def test_only_constants_have_no_scale(column):
    assert len(scales_of(["x"], np.array(column, dtype=float)[:, None])) == (len(set(column)) > 1)


@law
@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=30))
def test_a_logarithm_is_taken_of_long_tails_that_it_shortens(column):
    if len(set(column)) > 1:
        plain, shorter = stats.skew(column), stats.skew(np.log1p(column))
        assume(min(abs(plain - 1), abs(plain - abs(shorter))) > 1e-9)
        assert scale_of(column).logarithm == (plain > 1 and plain > abs(shorter))


def test_of_two_values_no_logarithm_is_taken():
    assert not scale_of([0, 0, 0, 59]).logarithm
    assert not scale_of([0, 0, 0, 0, 7]).logarithm


def test_money_spent_is_taken_by_its_logarithm():
    scale = scale_of([0, 9, 20, 35, 50, 4000])
    assert scale.logarithm
    assert scale.scaled([9])[0] == pytest.approx((math.log(10) - scale.centre) / scale.spread)


def test_what_may_be_below_zero_is_taken_as_it_is():
    assert not scale_of([-1, 9, 20, 35, 50, 4000]).logarithm


def test_a_constant_with_a_trace_of_rounding_is_a_constant():
    assert scales_of(["x"], np.array([[0.1 + 0.2], [0.3], [0.3]])) == ()


def test_what_is_kept_has_twelve_digits():
    assert scale_of([1, 2, 2]).centre == 1.66666666667


@given(st.permutations([(1, 2), (1, 3), (0, 9), (2, 0), (1, 2)]))
def test_rows_are_put_in_one_order(rows):
    assert in_order(np.array(rows, dtype=float)).tolist() == [[0, 9], [1, 2], [1, 2], [1, 3], [2, 0]]


@pytest.mark.parametrize("values", [[[1, 2]], [1, 2], [[float("nan")]], [[float("inf")]]])
def test_what_is_no_table_of_numbers_is_refused(values):
    with pytest.raises(InputError):
        checked(["x"], values)
