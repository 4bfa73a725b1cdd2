"""What sets a cluster apart: the difference of means on the feature's scale, sum by sum."""

from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.laws import law
from titian.stats.contrasts import contrasts
from titian.stats.scaling import Scale

SCALES = (
    Scale("days", logarithm=False, centre=3.0, spread=2.0),
    Scale("money", logarithm=True, centre=1.0, spread=0.5),
)
rows = st.tuples(st.integers(0, 2), st.integers(0, 50), st.integers(0, 900))


def made(given_rows: list[tuple[int, int, int]], clusters: int):
    labels, days, money = (np.array(column) for column in zip(*given_rows, strict=True))
    return contrasts(SCALES, [days.astype(float), money.astype(float)], labels, clusters)


@law
@given(st.lists(rows, max_size=30))
def test_marks_are_means_inside_less_means_outside(more):
    given_rows = [(0, 1, 5), (1, 9, 70), (2, 4, 0), *more]
    for cluster, marks in enumerate(made(given_rows, 3)):
        for mark in marks:
            place = 1 if mark.feature == "days" else 2
            inside = [row[place] for row in given_rows if row[0] == cluster]
            outside = [row[place] for row in given_rows if row[0] != cluster]
            scale = SCALES[place - 1]
            apart = fmean(scale.scaled(inside)) - fmean(scale.scaled(outside))
            assert (mark.inside, mark.outside) == pytest.approx((fmean(inside), fmean(outside)))
            assert mark.difference == pytest.approx(apart, abs=1e-9)


@law
@given(st.lists(rows, max_size=30))
def test_the_largest_difference_comes_first_whichever_way_it_goes(more):
    for marks in made([(0, 1, 5), (1, 9, 70), (2, 4, 0), *more], 3):
        sizes = [abs(mark.difference) for mark in marks]
        assert sizes == sorted(sizes, reverse=True)
        assert {mark.feature for mark in marks} == {"days", "money"}


def test_equal_differences_stay_in_the_order_of_the_features():
    scales = [Scale(name, logarithm=False, centre=0.0, spread=1.0) for name in "ba"]
    column = np.array([0.0, 0.0, 2.0])
    for marks in contrasts(scales, [column, column], np.array([0, 0, 1]), 2):
        assert [mark.feature for mark in marks] == ["b", "a"]


def test_nothing_sets_apart_those_who_are_all_in_one():
    assert made([(0, 1, 5), (0, 2, 9)], 1) == ((),)
