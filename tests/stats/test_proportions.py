"""Shares and their differences: a published table, other people's code, how often they hold the truth, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.proportions import Difference, Share, difference, level_of_each, share_of

LEVELS = st.sampled_from([0.8, 0.95, 0.99])


@st.composite
def parts(draw, least: int = 1) -> tuple[int, int]:
    """A count and the size that it is a part of."""
    size = draw(st.integers(least, 400))
    return draw(st.integers(0, size)), size


@law
@given(parts(), LEVELS)
def test_the_interval_of_a_share_is_statsmodels_score_interval(part, level):
    found = share_of(*part, level=level)
    theirs = proportion_confint(*part, alpha=1 - level, method="wilson")
    assert (found.low, found.high) == pytest.approx(theirs, abs=1e-12)


@law
@given(parts(), parts(), LEVELS)
def test_the_interval_of_a_difference_is_statsmodels_newcombe_interval(one, other, level):
    found = difference(one, other, level=level)
    theirs = confint_proportions_2indep(*one, *other, compare="diff", method="newcomb", alpha=1 - level)
    assert (found.low, found.high) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_table_of_newcombe_1998(one, other, low, high):
    found = difference(one, other)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@law
@given(parts(), parts())
def test_the_difference_lies_in_its_interval_and_turns_round_with_its_sides(one, other):
    there, back = difference(one, other), difference(other, one)
    assert -1 <= there.low <= there.value <= there.high <= 1
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low))


@law
@given(parts(), parts())
def test_a_higher_level_is_a_wider_interval(one, other):
    narrow, wide = difference(one, other, level=0.8), difference(one, other, level=0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def test_of_nobody_nothing_is_said():
    assert share_of(0, 0) == Share(None, None, None)
    assert difference((0, 0), (1, 2)) == difference((1, 2), (0, 0)) == Difference(None, None, None)


@pytest.mark.parametrize("part", [(-1, 5), (6, 5), (1, 0)])
def test_a_count_that_is_no_part_is_refused(part):
    with pytest.raises(InputError, match="no part"):
        share_of(*part)


@pytest.mark.parametrize("count", [1, 2, 24])
def test_all_of_several_intervals_miss_together_as_seldom_as_one_may(count):
    each = level_of_each(count, level=0.95)
    assert count * (1 - each) == pytest.approx(0.05)


def test_twenty_corrected_intervals_all_hold_the_truth_in_nineteen_of_twenty_tries():
    chance, level, tries = np.random.default_rng(7), level_of_each(20), 400
    counts = chance.binomial(200, 0.3, size=(tries, 20, 2))
    missed = sum(
        any(not one.low <= 0 <= one.high for one in (difference((a, 200), (b, 200), level=level) for a, b in row))
        for row in counts.tolist()
    )
    assert missed / tries <= 0.05 + 3 * (0.05 * 0.95 / tries) ** 0.5
